import {OK, refuse, type CommandResult} from '../protocol/commands.js';
import type {RealmCommand} from '../protocol/protocol.js';
import {setConditions, type Emulation} from './engine.js';

/** Undefined for what is not the engine's to do. */
export function executeOnEngine(
  emulation: Emulation,
  command: RealmCommand,
): CommandResult | Promise<CommandResult> | undefined {
  const {engine} = emulation;
  switch (command.type) {
    case 'uninstall-hook':
      return undefined;
    case 'set-route':
      return emulation.setRoute(command.route)
        ? OK
        : refuse(
            'The engine did not come into this page or worker. Reload the page.',
          );
    case 'set-conditions':
      // Where there is no engine, there is nothing that could be under them.
      return engine === undefined
        ? OK
        : setConditions(engine, command.conditions);
    case 'control-fetch':
      return engine?.control(command) ?? refuse(NO_ENGINE);
    case 'control-worker': {
      if (engine === undefined) return refuse(NO_ENGINE);
      const {worker} = engine;
      if (worker?.scope !== command.scope) {
        return refuse('The service worker of this scope does not run.');
      }
      const doing =
        command.action === 'clear-storage' ? worker.clear() : worker.restart();
      return doing.then(
        () => OK,
        (error: unknown) => refuse(String(error)),
      );
    }
  }
}

const NO_ENGINE = 'There is no engine here. Reload the page.';
