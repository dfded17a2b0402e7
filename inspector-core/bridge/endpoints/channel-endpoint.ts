import type {Endpoint} from 'comlink';

/** A channel as Comlink wants it, and the way in for what arrives. */
export interface ChannelEndpoint {
  readonly endpoint: Endpoint;
  /** Hands a message to Comlink; false if it is none, which drops it. */
  readonly receive: (message: unknown) => boolean;
}

export interface ChannelOptions {
  readonly send: (message: unknown) => void;
  /** Rebuilds a message that may pass, and refuses all others. */
  readonly admit: (message: unknown) => object | undefined;
}

type Listener = Parameters<Endpoint['addEventListener']>[1];

/** Makes a Comlink endpoint of any pair of "send" and "receive". */
export function createChannelEndpoint({
  send,
  admit,
}: ChannelOptions): ChannelEndpoint {
  const listeners = new Set<Listener>();
  return {
    endpoint: {
      postMessage: send,
      addEventListener: (_type, listener) => {
        listeners.add(listener);
      },
      removeEventListener: (_type, listener) => {
        listeners.delete(listener);
      },
    },
    receive: (message) => {
      const data = admit(message);
      if (data === undefined) return false;
      // Comlink reads `data` alone.
      const event = {data} as MessageEvent;
      for (const listener of listeners) {
        if (typeof listener === 'function') listener(event);
        else listener.handleEvent(event);
      }
      return true;
    },
  };
}
