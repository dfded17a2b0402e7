/** The specification's IDL, as far as a script can tell it. */

type MemberIdl =
  | {readonly kind: 'attribute'; readonly isPromise?: boolean}
  | {readonly kind: 'handler'}
  /** Each operation of this API gives a promise. */
  | {readonly kind: 'operation'; readonly length: number};

export interface InterfaceIdl {
  readonly name: string;
  readonly parent?: string;
  /** Arguments that the constructor requires; absent: none can be called. */
  readonly constructorLength?: number;
  readonly exposed: 'everywhere' | 'service worker';
  readonly members: Readonly<Record<string, MemberIdl>>;
}

const attribute = {kind: 'attribute'} as const;
const operation = (length: number): MemberIdl => ({kind: 'operation', length});

/** In the order of the text. */
export const INTERFACES: readonly InterfaceIdl[] = [
  {
    name: 'BackgroundFetchManager',
    exposed: 'everywhere',
    members: {
      fetch: operation(2),
      get: operation(1),
      getIds: operation(0),
    },
  },
  {
    name: 'BackgroundFetchRegistration',
    parent: 'EventTarget',
    exposed: 'everywhere',
    members: {
      id: attribute,
      uploadTotal: attribute,
      uploaded: attribute,
      downloadTotal: attribute,
      downloaded: attribute,
      result: attribute,
      failureReason: attribute,
      recordsAvailable: attribute,
      onprogress: {kind: 'handler'},
      abort: operation(0),
      match: operation(1),
      matchAll: operation(0),
    },
  },
  {
    name: 'BackgroundFetchRecord',
    exposed: 'everywhere',
    members: {
      request: attribute,
      responseReady: {kind: 'attribute', isPromise: true},
    },
  },
  {
    name: 'BackgroundFetchEvent',
    parent: 'ExtendableEvent',
    constructorLength: 2,
    exposed: 'service worker',
    members: {registration: attribute},
  },
  {
    name: 'BackgroundFetchUpdateUIEvent',
    parent: 'BackgroundFetchEvent',
    constructorLength: 2,
    exposed: 'service worker',
    members: {updateUI: operation(0)},
  },
];

export const EVENT_HANDLERS = [
  'onbackgroundfetchsuccess',
  'onbackgroundfetchfail',
  'onbackgroundfetchabort',
  'onbackgroundfetchclick',
] as const;
