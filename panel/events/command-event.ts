import type {InspectorCommand} from '../../inspector-core/protocol/protocol.js';

/** An element asks for something. Only `<bgf-panel>` listens. */
export class CommandEvent extends Event {
  readonly command: InspectorCommand;

  constructor(command: InspectorCommand) {
    super('bgf-command', {bubbles: true, composed: true});
    this.command = command;
  }
}

declare global {
  interface HTMLElementEventMap {
    'bgf-command': CommandEvent;
  }
}
