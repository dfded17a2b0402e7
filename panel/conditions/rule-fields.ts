import type {
  EffectType,
  TriggerType,
} from '../../inspector-core/protocol/protocol.js';
import type {FormField} from './form-values.js';

const number = (path: string, label: string, hint?: string): FormField => ({
  path,
  label,
  kind: 'number',
  ...(hint === undefined ? {} : {hint}),
});

const linkFields = (prefix: string): readonly FormField[] => [
  number(`${prefix}download`, 'Download, bytes/s', 'no limit'),
  number(`${prefix}upload`, 'Upload, bytes/s', 'no limit'),
  number(`${prefix}latency`, 'Latency, ms', '0'),
  number(`${prefix}jitter`, 'Jitter, ms either way', '0'),
  number(`${prefix}loss.rate`, 'Packets lost, 0 to 0.99', '0'),
  number(`${prefix}loss.stall`, 'Each held up, ms', '200'),
];

/** What a link of one's own is made of. */
export const PROFILE_FIELDS: readonly FormField[] = [
  {path: 'name', label: 'Name', kind: 'text'},
  ...linkFields(''),
];

export const NAME_FIELD: FormField = {
  path: 'name',
  label: 'Name',
  kind: 'text',
  hint: 'what it does',
};

export type AttemptKind = 'any' | 'first' | 'every';

/** Which attempts, and how many of them. */
export const ATTEMPT_FIELDS: Readonly<
  Record<AttemptKind, readonly FormField[]>
> = {
  any: [],
  first: [number('match.attempt.first', 'The first so many')],
  every: [number('match.attempt.every', 'Every so-manieth')],
};

export const MATCH_FIELDS: readonly FormField[] = [
  {
    path: 'match.url',
    label: 'URL pattern',
    kind: 'text',
    hint: '/media/*, https://*.example/*.mp3',
  },
  {path: 'match.fetchId', label: 'Fetch id', kind: 'text', hint: 'ep-*'},
  number('match.record', 'Record, from 0', 'any'),
  {path: 'match.method', label: 'Method', kind: 'text', hint: 'any'},
  number('match.probability', 'Chance, 0 to 1', '1'),
];

/** The fields of each effect. */
export const EFFECT_FIELDS: Readonly<Record<EffectType, readonly FormField[]>> =
  {
    status: [number('effect.status', 'Status', '200 to 599')],
    fail: [
      {
        path: 'effect.reason',
        label: 'failureReason',
        kind: 'choice',
        choices: [
          'fetch-error',
          'bad-status',
          'quota-exceeded',
          'download-total-exceeded',
          'aborted',
        ].map((reason) => [reason, reason] as const),
      },
    ],
    'network-error': [],
    drop: [],
    stall: [
      number('effect.ms', 'For, ms', 'until it is aborted'),
      {
        path: 'effect.next',
        label: 'Then',
        kind: 'choice',
        choices: [
          ['', 'it goes on'],
          ['drop', 'the connection is lost'],
        ],
      },
    ],
    truncate: [],
    'wrong-length': [number('effect.by', 'Off by, bytes', '10')],
    'wrong-range': [number('effect.by', 'Off by, bytes', '10')],
    'refuse-range': [],
    etag: [
      {
        path: 'effect.etag',
        label: 'ETag',
        kind: 'text',
        hint: 'one that no other attempt has',
      },
    ],
    headers: [
      {
        path: 'effect.headers',
        label: 'Headers, one a line',
        kind: 'lines',
        hint: 'name: value',
      },
    ],
    redirect: [
      {
        path: 'effect.to',
        label: 'To',
        kind: 'text',
        hint: 'https://other.example/file',
      },
    ],
    'redirect-loop': [],
    offline: [number('effect.ms', 'For, ms', '10000')],
    throttle: linkFields('effect.'),
    slice: [
      number('effect.size', 'Bytes in a piece', '1000'),
      number('effect.variation', 'Give or take', '0'),
      number('effect.delay', 'Between them, ms', '10'),
    ],
    'permission-denied': [],
    'too-many-fetches': [],
    'quota-exceeded': [],
    'storage-error': [],
    'worker-killed': [],
    'browser-restarted': [],
  };

export const TRIGGER_FIELDS: Readonly<
  Record<TriggerType, readonly FormField[]>
> = {
  call: [],
  request: [],
  headers: [],
  byte: [
    number('trigger.byte', 'Byte'),
    {
      path: 'trigger.of',
      label: 'Counted',
      kind: 'choice',
      choices: [
        ['', 'in the record'],
        ['attempt', 'in the attempt'],
      ],
    },
  ],
  percent: [number('trigger.percent', 'Percent of the record')],
  time: [number('trigger.ms', 'After, ms')],
  end: [],
};

/** When an effect can come, as it is offered. */
export const TRIGGER_NAMES: Readonly<Record<TriggerType, string>> = {
  call: 'when fetch() is called',
  request: 'before the request',
  headers: 'at the headers',
  byte: 'at a byte',
  percent: 'at a percent',
  time: 'after a time',
  end: 'at the end',
};
