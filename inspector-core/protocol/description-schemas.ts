/**
 * The shapes of `describe.ts` and `invocation.ts`, and what they are made of, as
 * things that can be checked at run time.
 */
import * as v from 'valibot';
import {LIMITS} from './limits.js';
import {FAILURE_REASONS, RESULTS} from './progress-rows.js';
import {FETCH_ROUTES, ROUTE_REASONS} from './route.js';

export const text = v.pipe(v.string(), v.maxLength(LIMITS.text));
export const longText = v.pipe(v.string(), v.maxLength(LIMITS.longText));
export const finite = v.pipe(v.number(), v.finite());
export const ordinal = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const bytes = v.pipe(v.number(), v.finite(), v.minValue(0));
/** Milliseconds since 1970 of which there is a date. */
export const epoch = v.pipe(finite, v.minValue(0), v.maxValue(LIMITS.time));
export const duration = v.pipe(v.number(), v.finite(), v.minValue(0));

export function list<const TItem extends v.GenericSchema>(item: TItem) {
  return v.pipe(v.array(item), v.maxLength(LIMITS.list));
}

export const headers = list(v.strictTuple([longText, longText]));
export const error = v.object({name: text, message: longText});
export const settlement = v.variant('status', [
  v.object({status: v.literal('fulfilled')}),
  v.object({status: v.literal('rejected'), error}),
]);

export const request = v.object({
  url: longText,
  method: text,
  headers,
  mode: v.exactOptional(text),
  credentials: v.exactOptional(text),
  hasBody: v.boolean(),
});

export const response = v.object({
  url: longText,
  status: count,
  statusText: longText,
  responseType: text,
  redirected: v.boolean(),
  headers,
});

export const uiOptions = v.object({
  title: v.exactOptional(text),
  icons: v.exactOptional(
    list(
      v.object({
        src: longText,
        sizes: v.exactOptional(text),
        mediaType: v.exactOptional(text),
        label: v.exactOptional(text),
      }),
    ),
  ),
  downloadTotal: v.exactOptional(finite),
});

export const queryOptions = v.object({
  ignoreSearch: v.exactOptional(v.boolean()),
  ignoreMethod: v.exactOptional(v.boolean()),
  ignoreVary: v.exactOptional(v.boolean()),
});

export const registration = v.object({
  id: longText,
  scope: v.exactOptional(longText),
  instance: ordinal,
});

export const snapshot = v.object({
  uploadTotal: bytes,
  uploaded: bytes,
  downloadTotal: bytes,
  downloaded: bytes,
  result: v.picklist(RESULTS),
  failureReason: v.picklist(FAILURE_REASONS),
  recordsAvailable: v.boolean(),
});

export const record = v.object({record: ordinal, request});

export const invocation = v.variant('method', [
  v.object({
    method: v.literal('fetch'),
    scope: v.exactOptional(longText),
    id: longText,
    requests: list(request),
    options: v.exactOptional(uiOptions),
    routed: v.exactOptional(
      v.object({
        route: v.picklist(FETCH_ROUTES),
        why: v.picklist(ROUTE_REASONS),
      }),
    ),
  }),
  v.object({
    method: v.literal('get'),
    scope: v.exactOptional(longText),
    id: longText,
  }),
  v.object({method: v.literal('getIds'), scope: v.exactOptional(longText)}),
  v.object({
    method: v.picklist(['match', 'matchAll']),
    registration,
    request: v.exactOptional(request),
    options: v.exactOptional(queryOptions),
  }),
  v.object({method: v.literal('abort'), registration}),
  v.object({
    method: v.literal('updateUI'),
    event: count,
    options: v.exactOptional(uiOptions),
  }),
]);

export const callOutcome = v.variant('status', [
  v.object({
    status: v.literal('fulfilled'),
    value: v.variant('kind', [
      v.object({kind: v.literal('undefined')}),
      v.object({kind: v.literal('boolean'), value: v.boolean()}),
      v.object({kind: v.literal('ids'), ids: list(longText)}),
      v.object({kind: v.literal('registration'), registration, snapshot}),
      v.object({kind: v.literal('records'), records: list(record)}),
    ]),
  }),
  v.object({status: v.literal('rejected'), error}),
]);
