import {attempt} from '../calls.js';
import type {SituationGroup} from './situation.js';

export const refusals: SituationGroup = {
  title: 'Calls',
  situations: [
    {
      name: 'duplicate-id',
      title: 'Same id twice',
      explanation:
        'The second fetch() rejects with TypeError while the first is active.',
      run: async (context) => {
        const id = context.id();
        const url = context.resource('first', 'size=600k&rate=600k');
        const first = await context.start(id, url, {title: 'The first'});
        await context.start(id, context.resource('second', 'size=1k'));
        if (first !== undefined) await context.end(first);
      },
    },
    {
      name: 'no-cors',
      title: 'no-cors request',
      explanation: 'Refused: fetch() rejects with TypeError.',
      run: async (context) => {
        const url = context.resource('opaque', 'size=1k');
        const request = new Request(url, {mode: 'no-cors'});
        await context.start(context.id(), request);
      },
    },
    {
      name: 'empty-list',
      title: 'Empty list',
      explanation: 'fetch() without a request rejects with TypeError.',
      run: async (context) => {
        await context.start(context.id(), []);
      },
    },
    {
      name: 'match-while-active',
      title: 'match() while active',
      explanation:
        'Records asked for before the bytes are here; responseReady settles later.',
      run: async (context) => {
        const id = context.id();
        const urls = [
          context.resource('early', 'size=200k'),
          context.resource('late', 'size=1M&rate=500k'),
        ];
        const registration = await context.start(id, urls, {
          title: 'Read while active',
        });
        const [early = ''] = urls;
        if (registration === undefined) return;
        const end = context.end(registration);
        const record = await attempt('match', id, () =>
          registration.match(early),
        );
        const response = await record?.responseReady;
        context.note(
          `responseReady of ${early}: ${response?.status ?? 'no record'}`,
        );
        await attempt('matchAll', id, () => registration.matchAll());
        await end;
      },
    },
    {
      name: 'get-and-get-ids',
      title: 'get() and getIds()',
      explanation:
        'An active fetch is found by its id; an unknown id gives undefined.',
      run: async (context) => {
        const {manager} = context;
        const id = context.id();
        const url = context.resource('found', 'size=600k&rate=600k');
        const registration = await context.start(id, url, {title: 'Found'});
        await attempt('getIds', '', () => manager.getIds());
        await attempt('get', id, () => manager.get(id));
        await attempt('get', 'unknown', () => manager.get('unknown'));
        if (registration !== undefined) await context.end(registration);
      },
    },
  ],
};
