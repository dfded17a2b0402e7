import type {Situation, SituationGroup} from './situation.js';

/** The worker sees the situation in the id, and misbehaves accordingly. */
function inWorker(name: string, title: string, explanation: string): Situation {
  return {
    name,
    title,
    explanation,
    run: async (context) =>
      context.download(context.id(), context.resource(name, 'size=300k'), {
        title,
        downloadTotal: 300_000,
      }),
  };
}

export const workerEvents: SituationGroup = {
  title: 'Events in the worker',
  situations: [
    inWorker(
      'update-ui',
      'updateUI()',
      'The success handler renames the download to “Ready to play”.',
    ),
    inWorker(
      'update-ui-twice',
      'updateUI() twice',
      'The second call in one event rejects with InvalidStateError.',
    ),
    inWorker(
      'handler-throws',
      'Handler throws',
      'The success handler throws after it called waitUntil().',
    ),
    inWorker(
      'wait-until-rejects',
      'waitUntil() rejects',
      'The promise given to waitUntil() rejects.',
    ),
    inWorker(
      'long-wait-until',
      'Long waitUntil()',
      'The success event is kept open for five seconds.',
    ),
  ],
};
