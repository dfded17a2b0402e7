/** Words before a colon that mean something. */
export const FILTER_KEYS = [
  'id',
  'url',
  'status',
  'is',
  'method',
  'reason',
  'route',
  'scope',
  'source',
  'type',
  'larger-than',
] as const;

export type FilterKey = (typeof FILTER_KEYS)[number];

/** Values of `is:`. */
export const FILTER_STATES = [
  'active',
  'succeeded',
  'failed',
  'aborted',
  'rejected',
  'uploading',
] as const;

/** One condition. All of a filter's terms must hold. */
export type Term =
  | {readonly kind: 'text'; readonly negated: boolean; readonly text: string}
  | {readonly kind: 'regex'; readonly negated: boolean; readonly regex: RegExp}
  | {readonly kind: 'size'; readonly negated: boolean; readonly bytes: number}
  | {
      readonly kind: 'key';
      readonly negated: boolean;
      readonly key: Exclude<FilterKey, 'larger-than'>;
      readonly value: string;
    };

/** A part of the text as it was typed, for colouring it. */
export interface FilterToken {
  readonly kind: 'key' | 'value' | 'text' | 'regex' | 'space' | 'invalid';
  readonly text: string;
}

export interface Filter {
  readonly terms: readonly Term[];
  readonly tokens: readonly FilterToken[];
  /** What cannot be understood, and how to mend it; the rest still filters. */
  readonly problem?: string;
}
