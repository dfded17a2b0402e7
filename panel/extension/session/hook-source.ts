import {REALM_KEY} from '../../../inspector-core/bridge/bridge.js';
import type {
  ConditionsFile,
  RouteSetting,
} from '../../../inspector-core/protocol/protocol.js';
import type {StandingCommand} from '../../host/session-core.js';

/** The two scripts of `dist/inject/`, as text that a debugger can evaluate. */
export class HookSource {
  /** What realms are told that are hooked from now on. */
  #route: RouteSetting = 'auto';
  #conditions: ConditionsFile | undefined;
  readonly #page: string;
  readonly #worker: string;

  constructor(page: string, worker: string) {
    this.#page = page;
    this.#worker = worker;
  }

  /** Realms to come shall have it before their own first script. */
  stand(command: StandingCommand): void {
    if (command.type === 'set-route') this.#route = command.route;
    else this.#conditions = command.conditions;
  }

  get page(): string {
    return `${this.#wrap(this.#page, {})}\n${nameOf('page')}`;
  }

  /** For a worker whose own scripts ran before. */
  get lateWorker(): string {
    return `${this.#wrap(this.#worker, {timing: 'late'})}\n${nameOf('worker')}`;
  }

  /** For a breakpoint's condition: false, and the hook is in. */
  get workerCondition(): string {
    const hook = this.#wrap(this.#worker, {timing: 'before-scripts'});
    return `globalThis[Symbol.for('${REALM_KEY}')] || ${hook}, false`;
  }

  /** Gives a script its options as a variable that only it can see. */
  #wrap(script: string, own: object): string {
    const options = {
      channel: 'debugger',
      // What a page asks for by itself stands, unless the user has chosen.
      ...(this.#route === 'auto' ? {} : {route: this.#route}),
      ...(this.#conditions === undefined ? {} : {conditions: this.#conditions}),
      ...own,
    };
    return `(() => {
const bgfInspector = ${JSON.stringify(options)};
${script}
})()`;
  }
}

/** Reads the scripts from the extension's own files. */
export async function loadHookSource(): Promise<HookSource> {
  const [page, conditions, worker] = await Promise.all([
    read('page'),
    read('conditions'),
    read('worker'),
  ]);
  return new HookSource(page, `${conditions}\n${worker}`);
}

const read = async (name: string): Promise<string> =>
  (await fetch(chrome.runtime.getURL(`inject/${name}.js`))).text();

/** Tells a developer who reads a stack whose frames these are. */
const nameOf = (script: string): string =>
  `//# sourceURL=background-fetch-inspector/${script}.js`;
