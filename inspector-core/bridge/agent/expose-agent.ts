/**
 * Answers Comlink's calls in a realm, where Comlink itself cannot: it leans on
 * methods of arrays and objects that the page may have replaced, and what they
 * then throw would show in the page's console as an unhandled rejection.
 */
import type {Endpoint} from 'comlink';
import type {AgentApi} from '../agent-api.js';
import {isRead, type RealmRequest} from '../endpoints/requests.js';

const {getOwnPropertyDescriptor} = Object;
/** Nothing is ever handed over: an answer is data. */
const NOTHING: Transferable[] = [];

/** Takes the place of Comlink's `expose` for a `wrap` at the other end. */
export function exposeAgent(api: AgentApi, endpoint: Endpoint): void {
  /** Never rejects: there would be nobody to handle it. */
  const answer = async (request: RealmRequest): Promise<void> => {
    const {id} = request;
    try {
      const value = isRead(request)
        ? await api.read(
            request.argumentList[0].value,
            request.argumentList[1].value,
          )
        : await api.execute(request.argumentList[0].value);
      endpoint.postMessage({id, type: 'RAW', value}, NOTHING);
    } catch (error) {
      // What the channel cannot carry is told in place of it.
      const value = {isError: true, value: describe(error)};
      const message = {id, type: 'HANDLER', name: 'throw', value};
      try {
        endpoint.postMessage(message, NOTHING);
      } catch {
        // The page has broken even this: the inspector finds that out.
      }
    }
  };
  endpoint.addEventListener('message', (event) => {
    // Nothing else passes the channel: see `admitRequest`.
    void answer((event as MessageEvent<RealmRequest>).data);
  });
}

/** Name and message, as far as they are data: no code of the page runs. */
function describe(reason: unknown): object {
  return {
    name: read(reason, 'name', 'Error'),
    message: read(reason, 'message'),
  };
}

function read(reason: unknown, name: string, absent = ''): string {
  if (typeof reason !== 'object' || reason === null) return absent;
  const value: unknown = getOwnPropertyDescriptor(reason, name)?.value;
  return typeof value === 'string' ? value : absent;
}
