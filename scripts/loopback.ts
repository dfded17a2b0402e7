import {once} from 'node:events';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';

/** A server that only this machine can reach. */
export interface Loopback {
  readonly port: number;
  readonly url: string;
  /** Ends the connections as well. */
  readonly close: () => Promise<void>;
}

/** Has a server listen at a port, or at whichever is free. */
export async function listenOnLoopback(
  server: Server,
  {port: wanted = 0, scheme = 'http'} = {},
): Promise<Loopback> {
  server.listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A port that is free now, for a program that has to be told one. */
export async function findPort(): Promise<number> {
  const {port, close} = await listenOnLoopback(createServer());
  await close();
  return port;
}
