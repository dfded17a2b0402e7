import type {BackgroundFetchRecord} from '../platform/background-fetch.js';
import {LIMITS} from '../protocol/limits.js';
import type {
  RecordDescription,
  RegistrationRef,
  ResponseSettled,
} from '../protocol/protocol.js';
import {describeError, describeRequest, describeResponse} from './describe.js';
import type {HookContext} from './hook-context.js';
import {
  createTable,
  eachMember,
  isObject,
  push,
  react,
} from '../platform/primordials.js';

/** Numbers the records of the realm, and waits for their responses. */
export interface Records {
  /** Lists all records of a registration by our own matchAll(). */
  list(registration: object, ref: RegistrationRef): void;
  /** Describes records that the page got; `follow` then watches them. */
  describe(records: readonly unknown[]): readonly RecordDescription[];
  follow(records: readonly unknown[], ref: RegistrationRef): void;
  /** Whether the record came through the hook. */
  isKnown(record: object): boolean;
}

interface Known {
  readonly number: number;
  isFollowed: boolean;
}

export function followRecords({api, append, guard}: HookContext): Records {
  const known = createTable<object, Known>();
  let numbered = 0;

  const learn = (record: object): Known => {
    const found = known.get(record);
    if (found !== undefined) return found;
    const fresh = {number: (numbered += 1), isFollowed: false};
    known.set(record, fresh);
    return fresh;
  };

  const describe: Records['describe'] = (records) => {
    const list: RecordDescription[] = [];
    each(records, (record) => {
      const request = describeRequest(api.requestOf(record));
      push(list, {record: learn(record).number, request});
    });
    return list;
  };

  const settle = (
    record: BackgroundFetchRecord,
    ref: RegistrationRef,
  ): void => {
    const place = learn(record);
    if (place.isFollowed) return;
    place.isFollowed = true;
    const tell = (outcome: ResponseSettled['outcome']): void => {
      append({
        type: 'response-settled',
        registration: ref,
        record: place.number,
        outcome,
      });
    };
    // Both handlers, on a promise that the page is never given: see
    // `response-ready.ts`. So this hides no unhandled rejection.
    void react(
      api.responseReadyOf(record),
      (response) =>
        guard('response', () =>
          tell({status: 'fulfilled', response: describeResponse(response)}),
        ),
      (reason) =>
        guard('response', () =>
          tell({status: 'rejected', error: describeError(reason)}),
        ),
    );
  };

  const follow: Records['follow'] = (records, ref) => {
    each(records, (record) => settle(record, ref));
  };

  return {
    describe,
    follow,
    isKnown: (record) => known.get(record) !== undefined,
    list(registration, ref) {
      void react(
        api.matchAll(registration),
        (found) => {
          guard('records', () => {
            const records = describe(found);
            append({type: 'records-listed', registration: ref, records});
            follow(found, ref);
          });
        },
        // The records may have expired since: then there is nothing to list.
        () => undefined,
      );
    },
  };
}

function each(
  records: unknown,
  visit: (record: BackgroundFetchRecord) => void,
): void {
  eachMember(records, LIMITS.list, (record) => {
    if (isObject(record)) visit(record as BackgroundFetchRecord);
  });
}
