import type {
  ErrorDescription,
  QueryOptionsDescription,
  RecordDescription,
  RegistrationRef,
  RegistrationSnapshot,
  RequestDescription,
  UIOptionsDescription,
} from './describe.js';
import type {RouteChoice} from './route.js';

/**
 * One call of the API, with its arguments as far as they could be described. A
 * page may pass anything: what does not describe as the IDL's type is left out,
 * and the browser's own rejection says the rest.
 */
export type Invocation =
  | {
      readonly method: 'fetch';
      readonly scope?: string;
      readonly id: string;
      readonly requests: readonly RequestDescription[];
      readonly options?: UIOptionsDescription;
      /** Where the call went, and why; absent where there is no engine. */
      readonly routed?: RouteChoice;
    }
  | {readonly method: 'get'; readonly scope?: string; readonly id: string}
  | {readonly method: 'getIds'; readonly scope?: string}
  | {
      readonly method: 'match' | 'matchAll';
      readonly registration: RegistrationRef;
      readonly request?: RequestDescription;
      readonly options?: QueryOptionsDescription;
    }
  | {readonly method: 'abort'; readonly registration: RegistrationRef}
  | {
      readonly method: 'updateUI';
      /** The worker event it was called on; 0 for an event made by script. */
      readonly event: number;
      readonly options?: UIOptionsDescription;
    };

export type ApiMethod = Invocation['method'];

/** What a call resolved with. */
export type CallValue =
  | {readonly kind: 'undefined'}
  | {readonly kind: 'boolean'; readonly value: boolean}
  | {readonly kind: 'ids'; readonly ids: readonly string[]}
  | {
      readonly kind: 'registration';
      readonly registration: RegistrationRef;
      readonly snapshot: RegistrationSnapshot;
    }
  | {readonly kind: 'records'; readonly records: readonly RecordDescription[]};

export type CallOutcome =
  | {readonly status: 'fulfilled'; readonly value: CallValue}
  | {readonly status: 'rejected'; readonly error: ErrorDescription};
