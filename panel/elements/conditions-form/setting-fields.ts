import type {FormField} from '../../conditions/form-values.js';

export const CHANCE_FIELDS: readonly FormField[] = [
  {path: 'seed', label: 'Seed of all chance', kind: 'number', hint: '1'},
];

export const STORAGE_FIELDS: readonly FormField[] = [
  {
    path: 'quota',
    label: 'Room left, bytes',
    kind: 'number',
    hint: 'as much as there is',
  },
  {
    path: 'permission',
    label: 'Permission',
    kind: 'choice',
    choices: [
      ['', 'as it is'],
      ['granted', 'granted'],
      ['prompt', 'prompt'],
      ['denied', 'denied'],
    ],
  },
];
