/**
 * Answers Comlink's calls in a realm, where Comlink itself cannot: it leans on
 * methods of arrays and objects that the page may have replaced, and what they
 * then throw would show in the page's console as an unhandled rejection.
 */
import type {AgentApi} from '../agent-api.js';
import {admitRequest, own, type RealmRequest} from '../endpoints/requests.js';

/**
 * Takes the place of Comlink's `expose` for a `wrap` at the other end.
 *
 * @param send carries an answer there; may throw
 * @returns takes in whatever comes from there, and never throws
 */
export function exposeAgent(
  api: AgentApi,
  send: (answer: object) => void,
): (message: unknown) => void {
  /** Never rejects: there would be nobody to handle it. */
  const answer = async (request: RealmRequest): Promise<void> => {
    const {id} = request;
    try {
      const value =
        request.method === 'read'
          ? await api.read(request.after, request.budget)
          : await api.execute(request.command);
      send({id, type: 'RAW', value});
    } catch (error) {
      // What the channel cannot carry is told in place of it.
      const value = {isError: true, value: describe(error)};
      try {
        send({id, type: 'HANDLER', name: 'throw', value});
      } catch {
        // The page has broken even this: the inspector finds that out.
      }
    }
  };
  return (message) => {
    const request = admitRequest(message);
    if (request !== undefined) void answer(request);
  };
}

/** Name and message, as far as they are data. */
function describe(reason: unknown): object {
  return {
    name: read(reason, 'name', 'Error'),
    message: read(reason, 'message'),
  };
}

function read(reason: unknown, name: string, absent = ''): string {
  const value = own(reason, name);
  return typeof value === 'string' ? value : absent;
}
