import type {
  HeaderList,
  RecordRef,
} from '../../../inspector-core/protocol/protocol.js';
import {readBytes} from './line.js';
import {ORIGIN} from './stage.js';
import {absolute, one, type Verb} from './verb.js';

const headersOf = (options: Readonly<Record<string, string>>): HeaderList => [
  ['accept-encoding', 'identity'],
  ...Object.entries(options).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  ),
];

/** Of each record of a fetch, by `ID:PLACE`; the scenarios use an id once. */
function recordOf(text: string): RecordRef {
  const [id = '', index = '0'] = text.split(':');
  return {id, scope: `${ORIGIN}/`, fetch: 1, index: Number(index)};
}

/** What the browser's network layer saw, or the engine made. */
export const wireVerbs: Readonly<Record<string, Verb>> = {
  /** `attempt NAME URL [of=ID:PLACE] [range=]`: with a place, of the engine. */
  attempt: (stage, line) => {
    const [attempt = '', url = ''] = line.words;
    const {method = 'GET', of, ...headers} = line.options;
    stage.append(line, {
      type: 'attempt-started',
      attempt,
      url: absolute(url),
      method,
      ...(of === undefined ? {initiator: ORIGIN} : {of: recordOf(of)}),
    });
    stage.append(
      line,
      {type: 'attempt-sent', attempt, headers: headersOf(headers)},
      line.at + 1,
    );
  },

  /** `answer NAME STATUS [length=BYTES]` */
  answer: (stage, line) => {
    const {length} = line.options;
    stage.append(line, {
      type: 'attempt-responded',
      attempt: one(line.words),
      status: Number(one(line.words, 1)),
      statusLine: `HTTP/1.1 ${one(line.words, 1)}`,
      headers: [
        ['content-type', 'audio/mpeg'],
        ...(length === undefined
          ? []
          : [['content-length', String(readBytes(length))] as const]),
      ],
      ...(line.realm === 'wire' ? {ip: '192.0.2.7', fromCache: false} : {}),
    });
  },

  /** `bytes NAME BYTES` */
  bytes: (stage, line) =>
    stage.append(line, {
      type: 'attempt-progressed',
      attempt: one(line.words),
      received: readBytes(one(line.words, 1)),
    }),

  redirect: (stage, line) =>
    stage.append(line, {
      type: 'attempt-redirected',
      attempt: one(line.words),
      status: Number(one(line.words, 1)),
      to: absolute(one(line.words, 2)),
    }),

  /** `done NAME [ERROR] [received=BYTES]` */
  done: (stage, line) => {
    const [attempt = '', error] = line.words;
    const {received} = line.options;
    stage.append(line, {
      type: 'attempt-finished',
      attempt,
      ...(received === undefined ? {} : {received: readBytes(received)}),
      ...(error === undefined ? {} : {error}),
    });
  },
};
