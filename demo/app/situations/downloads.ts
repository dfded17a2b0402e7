import type {SituationContext, SituationGroup} from './situation.js';

/** Several fetches at once, each long enough to be seen beside the others. */
async function many(context: SituationContext, count: number): Promise<void> {
  const numbers = Array.from({length: count}, (_, index) => index + 1);
  await Promise.all(
    numbers.map((number) =>
      context.download(
        context.id(number),
        context.resource(`file-${number}`, 'size=600k&rate=400k'),
        {title: `Fetch ${number} of ${count}`, downloadTotal: 600_000},
      ),
    ),
  );
}

export const downloads: SituationGroup = {
  title: 'Downloads',
  situations: [
    {
      name: 'download',
      title: 'One episode',
      explanation:
        'Audio and artwork in one fetch: two records, one success event.',
      run: async (context) => {
        const [episode] = context.catalogue.episodes;
        if (episode === undefined) return;
        const id = context.id();
        await context.download(
          id,
          [`${episode.audio}?run=${id}`, `${episode.artwork}?run=${id}`],
          {
            title: `Downloading “${episode.title}”`,
            icons: [{src: episode.artwork, sizes: '512x512'}],
            downloadTotal: episode.bytes + episode.artworkBytes,
          },
        );
      },
    },
    {
      name: 'two-at-once',
      title: 'Two at once',
      explanation:
        'Two fetches started together; Chromium runs one per origin at a time.',
      run: async (context) => many(context, 2),
    },
    {
      name: 'five-at-once',
      title: 'Five at once',
      explanation: 'As many active fetches as Chromium allows an origin.',
      run: async (context) => many(context, 5),
    },
    {
      name: 'six-at-once',
      title: 'Six at once',
      explanation:
        'One more than Chromium allows: the sixth call rejects with TypeError.',
      run: async (context) => many(context, 6),
    },
    {
      name: 'many-records',
      title: 'Twenty records',
      explanation: 'Twenty small files in one fetch.',
      run: async (context) => {
        const urls = Array.from({length: 20}, (_, index) =>
          context.resource(`part-${index + 1}`, `size=${40 + index * 5}k`),
        );
        await context.download(context.id(), urls, {title: 'Twenty parts'});
      },
    },
    {
      name: 'upload',
      title: 'Upload',
      explanation:
        'A 2 MB voice message goes up by POST; the answer is one line of JSON.',
      run: async (context) => {
        const body = new Blob([new Uint8Array(2_000_000).fill(7)], {
          type: 'audio/wav',
        });
        const url = `/upload?run=${context.id()}&rate=1M`;
        await context.download(
          context.id(),
          new Request(url, {method: 'POST', body}),
          {title: 'Sending a voice message'},
        );
      },
    },
    {
      name: 'abort',
      title: 'Abort',
      explanation:
        'A slow download is aborted by the page once its first bytes are here.',
      run: async (context) => {
        const registration = await context.start(
          context.id(),
          context.resource('long', 'size=8M&rate=400k'),
          {title: 'To be aborted', downloadTotal: 8_000_000},
        );
        if (registration === undefined) return;
        await context.firstBytes(registration);
        await context.abort(registration);
        await context.end(registration);
      },
    },
  ],
};
