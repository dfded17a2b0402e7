/**
 * Everything that can be observed, in the past tense. State is nothing but a
 * fold of these; whoever adds one adds its schema in `schema.ts`, which the
 * compiler holds equal to the types here.
 */
import type {
  AttemptFinished,
  AttemptProgressed,
  AttemptRedirected,
  AttemptResponded,
  AttemptSent,
  AttemptStarted,
} from './attempt-facts.js';
import type {
  CallSettled,
  CallStarted,
  RecordsExpired,
  RecordsListed,
  RegistrationProgressed,
  RegistrationSeen,
  ResponseSettled,
} from './call-facts.js';
import type {
  ConditionsChanged,
  ConditionsSet,
  OnlineChanged,
  RuleFired,
} from './conditions-facts.js';
import type {
  EventDispatched,
  EventFinished,
  HandlerChanged,
  WaitUntilCalled,
  WaitUntilSettled,
} from './event-facts.js';
import type {
  HookFaulted,
  RealmClosed,
  RealmOpened,
  RealmResumed,
  RealmSuspended,
  WorkerStateChanged,
} from './realm-facts.js';
import type {
  AttachmentChanged,
  EntriesMissed,
  EntriesRejected,
  FetchControlled,
  LogCleared,
  PageNavigated,
  RecordingChanged,
  RouteChanged,
  WireAccessChanged,
  WorkerControlled,
} from './session-facts.js';

export type Fact =
  | RealmOpened
  | RealmSuspended
  | RealmResumed
  | RealmClosed
  | WorkerStateChanged
  | CallStarted
  | CallSettled
  | RegistrationSeen
  | RegistrationProgressed
  | RecordsExpired
  | RecordsListed
  | ResponseSettled
  | HandlerChanged
  | EventDispatched
  | WaitUntilCalled
  | WaitUntilSettled
  | EventFinished
  | AttemptStarted
  | AttemptSent
  | AttemptRedirected
  | AttemptResponded
  | AttemptProgressed
  | AttemptFinished
  | PageNavigated
  | AttachmentChanged
  | WireAccessChanged
  | RecordingChanged
  | RouteChanged
  | ConditionsSet
  | ConditionsChanged
  | RuleFired
  | OnlineChanged
  | FetchControlled
  | WorkerControlled
  | LogCleared
  | EntriesRejected
  | EntriesMissed
  | HookFaulted;

export type FactType = Fact['type'];

export type FactOf<T extends FactType> = Extract<Fact, {type: T}>;
