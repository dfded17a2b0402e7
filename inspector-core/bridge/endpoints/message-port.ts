import type {Endpoint} from 'comlink';
import {
  createChannelEndpoint,
  type ChannelOptions,
} from './channel-endpoint.js';

/** One end of a `MessageChannel`, which lets through what `admit` rebuilds. */
export function createPortEndpoint(
  port: MessagePort,
  admit: ChannelOptions['admit'],
): Endpoint {
  const {endpoint, receive} = createChannelEndpoint({
    send: (message) => port.postMessage(message),
    admit,
  });
  port.addEventListener('message', ({data}) => receive(data));
  port.start();
  return endpoint;
}
