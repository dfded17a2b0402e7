// https://wicg.github.io/background-fetch/#create-record-objects
import {defineHidden} from '../../platform/primordials.js';
import {
  NULL_BODY_STATUSES,
  type ResponseHead,
} from '../algorithms/response-head.js';
import {SPEC} from '../profile/spec.js';
import type {SurfaceRules} from '../profile/surface-rules.js';
import {showOver} from './show-over.js';

/** Where a response's body is read from. */
export interface BodySource {
  /** Bytes from a place on; undefined at the end. */
  readonly read: (
    position: number,
  ) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /**
   * Called once, when nothing is read any more. Must not hold what holds the
   * response: it is also called when that is collected.
   */
  readonly release: () => void;
}

/**
 * Many an app looks at a response and never reads it. The bytes of one that is
 * collected, nobody can ask for any more.
 */
const abandoned = new FinalizationRegistry<BodySource['release']>((release) => {
  release();
});

/** What is shown of it; by default what the specification says. */
export interface ResponseLook {
  readonly showHead?: SurfaceRules['showHead'];
  readonly hasNoBody?: boolean;
}

/** A response whose body is what is stored, and then what comes. */
export function makeResponse(
  received: ResponseHead,
  source: BodySource,
  {showHead = SPEC.surface.showHead, hasNoBody = false}: ResponseLook = {},
): Response {
  const head = showHead(received);
  if (head.status < 200 || head.status > 599) {
    // An opaque redirect. Of such responses a script can make this one only.
    source.release();
    return decorate(Response.error(), head);
  }
  const isEmpty = hasNoBody || NULL_BODY_STATUSES.includes(head.status);
  if (isEmpty) source.release();
  const {status, statusText} = head;
  const headers = head.headers.map(([name, value]): [string, string] => [
    name,
    value,
  ]);
  const body = isEmpty ? null : makeBody(source);
  return decorate(new Response(body, {status, statusText, headers}), head);
}

type BodyController =
  ReadableByteStreamController | ReadableStreamDefaultController<Uint8Array>;

function makeBody(source: BodySource): ReadableStream<Uint8Array> {
  let position = 0;
  let isCancelled = false;
  // Held by the stream, and by nothing else; the stream's own wrapper may be
  // collected and made again while the response lives.
  const reader = {read: source.read};
  abandoned.register(reader, source.release, reader);
  const release = (): void => {
    abandoned.unregister(reader);
    source.release();
  };
  const pull = async (controller: BodyController): Promise<void> => {
    try {
      const bytes = await reader.read(position);
      if (isCancelled) return;
      if (bytes === undefined) {
        controller.close();
        // A reader that brought a buffer waits for it to be given back.
        if ('byobRequest' in controller) controller.byobRequest?.respond(0);
        release();
      } else {
        position += bytes.length;
        controller.enqueue(bytes);
      }
    } catch (error) {
      if (isCancelled) return;
      release();
      throw error;
    }
  };
  const cancel = (): void => {
    isCancelled = true;
    release();
  };
  // Nothing is read that nobody asks for.
  const strategy = {highWaterMark: 0};
  // WebKitGTK lets no script make a byte stream, which `fetch()` gives elsewhere.
  return 'ReadableByteStreamController' in globalThis
    ? new ReadableStream({type: 'bytes', pull, cancel}, strategy)
    : new ReadableStream({pull, cancel}, strategy);
}

/** A constructor gives none of these; they are as `fetch()` gave them. */
function decorate(response: Response, head: ResponseHead): Response {
  const {url, type, redirected} = head;
  // "default" is the type of what a script makes, and may change.
  if (type !== 'default') makeImmutable(response.headers);
  const clone = (): Response =>
    decorate(Response.prototype.clone.call(response), head);
  defineHidden(response, 'clone', clone, true);
  return showOver(response, {url, type, redirected});
}

/** "A new Headers object whose guard is immutable": a constructor gives none. */
function makeImmutable(headers: Headers): void {
  const value = (): never => {
    throw new TypeError('Headers are immutable');
  };
  Object.defineProperties(headers, {
    append: {value},
    delete: {value},
    set: {value},
  });
}
