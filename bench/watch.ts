import type {Frame} from 'puppeteer-core';
import type {LogEntry} from '../inspector-core/protocol/protocol.js';
import type {Session} from '../panel/extension/session/session.js';

interface FrameWatch {
  /** Milliseconds between one animation frame and the next. */
  stop(): Promise<readonly number[]>;
}

/** Notes each animation frame of the panel, from now on. */
export async function watchFrames(panel: Frame): Promise<FrameWatch> {
  await panel.evaluate(`{
    const watch = {intervals: [], last: performance.now(), on: true};
    globalThis.bgfBenchFrames = watch;
    requestAnimationFrame(function note() {
      const now = performance.now();
      watch.intervals.push(now - watch.last);
      watch.last = now;
      if (watch.on) requestAnimationFrame(note);
    });
  }`);
  return {
    stop: async () =>
      (await panel.evaluate(
        'bgfBenchFrames.on = false; bgfBenchFrames.intervals',
      )) as number[],
  };
}

export interface LogCounts {
  /** From the first of them to the last. */
  readonly seconds: number;
  readonly taken: number;
  readonly lost: number;
  readonly doubled: number;
}

export interface LogWatch {
  /** Waits until so many entries of the worker are in the store. */
  until(count: number): Promise<LogCounts>;
}

type DevToolsGlobal = typeof globalThis & {readonly bgfSession: Session};

/** Counts the worker's progress entries as they come into the store. */
export async function watchLog(devtoolsPage: Frame): Promise<LogWatch> {
  await devtoolsPage.evaluate(() => {
    const {bgfSession} = globalThis as DevToolsGlobal;
    const seqs = new Map<string, number>();
    const watch = {
      taken: 0,
      lost: 0,
      doubled: 0,
      first: 0,
      last: 0,
      take(entries: readonly LogEntry[]): void {
        for (const {seq, source, fact} of entries) {
          if (source.kind !== 'service-worker') continue;
          const before = seqs.get(source.realm) ?? 0;
          if (seq <= before) watch.doubled += 1;
          else watch.lost += seq - before - 1;
          seqs.set(source.realm, Math.max(seq, before));
          if (fact.type === 'registration-progressed') watch.taken += 1;
        }
      },
    };
    Object.assign(globalThis, {bgfBenchLog: watch});
    watch.take(bgfSession.log.slice(0));
    // The store listened to the log before we did: it has folded these.
    bgfSession.log.subscribe((entries) => {
      watch.first ||= performance.now();
      watch.take(entries);
      watch.last = performance.now();
    });
  });
  return {
    until: async (count) => {
      await devtoolsPage.waitForFunction(
        `bgfBenchLog.taken >= ${count}`,
        // Polled seldom: asking is work on the thread that is measured.
        {polling: 500, timeout: 120_000},
      );
      return (await devtoolsPage.evaluate(`{
        const {taken, lost, doubled, first, last} = bgfBenchLog;
        ({taken, lost, doubled, seconds: (last - first) / 1_000});
      }`)) as LogCounts;
    },
  };
}
