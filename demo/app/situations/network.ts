import type {BackgroundFetchOptions} from '../../../inspector-core/platform/background-fetch.js';
import type {Situation, SituationGroup} from './situation.js';

/** Most of them: one resource, from the call to the event. */
const fetchOne =
  (
    name: string,
    query: string,
    options: BackgroundFetchOptions,
  ): Situation['run'] =>
  (context) =>
    context.download(context.id(), context.resource(name, query), options);

export const network: SituationGroup = {
  title: 'The network',
  situations: [
    {
      name: 'slow',
      title: 'Slow download',
      explanation: '8 MB at 400 kB/s: twenty seconds of progress events.',
      run: fetchOne('slow', 'size=8M&rate=400k', {
        title: 'Slow download',
        downloadTotal: 8_000_000,
      }),
    },
    {
      name: 'dropped',
      title: 'Dropped half-way, resumed',
      explanation:
        'The connection breaks at 2 of 4 MB; the browser asks for the rest with Range and If-Range.',
      run: fetchOne('dropped', 'size=4M&drop=50%25&rate=4M', {
        title: 'Dropped and resumed',
        downloadTotal: 4_000_000,
      }),
    },
    {
      name: 'changed-meanwhile',
      title: 'Dropped, then changed',
      explanation:
        'The file has another ETag when the browser asks for the rest, so it gets the whole.',
      run: fetchOne('changed', 'size=4M&drop=50%25&rate=4M&etag=changing', {
        title: 'Dropped, then changed',
        downloadTotal: 4_000_000,
      }),
    },
    {
      name: 'always-dropped',
      title: 'Always dropped',
      explanation:
        'Every attempt breaks after 100 kB. Chromium tries 30 times in 100 s, then reports success with an empty record.',
      run: fetchOne(
        'hopeless',
        'size=1M&drop=100k&drops=always&range=no&etag=no',
        {title: 'Always dropped', downloadTotal: 1_000_000},
      ),
    },
    {
      name: 'not-found',
      title: 'Missing file (404)',
      explanation: 'The fetch fails with “bad-status”; its record can be read.',
      run: fetchOne('missing', 'status=404', {title: 'Missing file'}),
    },
    {
      name: 'partly-missing',
      title: 'One good, one missing',
      explanation:
        'One of two files is a 404: the whole fetch fails, the other record is whole.',
      run: async (context) =>
        context.download(
          context.id(),
          [
            context.resource('good', 'size=300k'),
            context.resource('missing', 'status=404'),
          ],
          {title: 'One good, one missing'},
        ),
    },
    {
      name: 'unavailable-once',
      title: '503, then fine',
      explanation:
        'Chromium tries again after 20 s and gets the file, yet reports “bad-status” and a record with status 503.',
      run: fetchOne('busy', 'size=300k&status=503&fails=1&retryAfter=1', {
        title: 'Busy at first',
        downloadTotal: 300_000,
      }),
    },
    {
      name: 'total-exceeded',
      title: 'More than downloadTotal',
      explanation:
        '1 MB arrives where 300 kB were announced: “download-total-exceeded”.',
      run: fetchOne('big', 'size=1M', {
        title: 'More than announced',
        downloadTotal: 300_000,
      }),
    },
    {
      name: 'redirect',
      title: 'Redirect',
      explanation: 'A 302 leads to the file; the record keeps the first URL.',
      run: async (context) => {
        const target = context.resource('target', 'size=300k');
        const url = `/redirect?run=${context.id()}&to=${encodeURIComponent(target)}`;
        await context.download(context.id(), url, {title: 'Redirected'});
      },
    },
    {
      name: 'cross-origin',
      title: 'Other origin, allowed',
      explanation: 'From another port, with CORS headers: like any other.',
      run: async (context) =>
        context.download(
          context.id(),
          context.catalogue.crossOrigin +
            context.resource('foreign', 'size=300k&cors=1'),
          {title: 'From another origin'},
        ),
    },
    {
      name: 'cross-origin-refused',
      title: 'Other origin, refused',
      explanation: 'Without CORS headers the fetch fails with “fetch-error”.',
      run: async (context) =>
        context.download(
          context.id(),
          context.catalogue.crossOrigin +
            context.resource('foreign', 'size=300k'),
          {title: 'From another origin, refused'},
        ),
    },
  ],
};
