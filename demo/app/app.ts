/** The demo: a small podcast app that uses Background Fetch as one should. */
import {render} from 'lit';
import type {BackgroundFetchManager} from '../../inspector-core/platform/background-fetch.js';
import {isBroughtByScript, openBackgroundFetch} from './background-fetch.js';
import {loadCatalogue, type Catalogue, type Episode} from './catalogue.js';
import {Downloads} from './downloads.js';
import {describeError, type WorkerReport} from './messages.js';
import {allSeen, onSeen, see, type Seen} from './seen.js';
import {
  findSituation,
  groups,
  runSituation,
  type SituationRun,
} from './situations/run.js';
import type {Situation} from './situations/situation.js';
import {renderEpisodes} from './views/episode-list.js';
import {renderPage} from './views/page.js';
import {renderSeen} from './views/seen-list.js';
import {renderSituations, type SituationState} from './views/situation-list.js';

/** How tests drive the page, and read what it saw. */
export interface Demo {
  /** Resolves once the worker is active and the page can be used. */
  readonly ready: Promise<void>;
  readonly isAvailable: boolean;
  readonly situations: readonly string[];
  /** Runs a situation; resolves when all that it started has ended. */
  readonly run: (name: string) => Promise<SituationRun>;
  /** Everything the page saw, in order. */
  readonly seen: readonly Seen[];
}

declare global {
  interface Window {
    readonly demo: Demo;
  }
}

let manager: BackgroundFetchManager | undefined;
let catalogue: Catalogue = {crossOrigin: '', episodes: []};
let downloads = new Downloads(undefined, update);
let playing: Episode | undefined;
let usage: number | undefined;
const states = new Map<string, SituationState>();

let isUpdateDue = false;

/** Renders at most once a frame: twenty records make many facts at once. */
function update(): void {
  if (isUpdateDue) return;
  isUpdateDue = true;
  requestAnimationFrame(() => {
    isUpdateDue = false;
    renderAll();
  });
}

function renderAll(): void {
  const isAvailable = manager !== undefined;
  const page = renderPage({
    isAvailable: isAvailable || document.body.dataset['state'] === 'loading',
    isByScript: manager !== undefined && isBroughtByScript(manager),
    isOffline: !navigator.onLine,
    usage,
    playing,
    episodes: renderEpisodes(catalogue.episodes, downloads, playing, {
      play: (episode) => {
        playing = episode;
        update();
      },
    }),
    situations: renderSituations(groups, states, isAvailable, (situation) => {
      void run(situation);
    }),
    seen: renderSeen(allSeen),
  });
  render(page, document.body);
}

async function run(situation: Situation): Promise<SituationRun> {
  const {name} = situation;
  const running = (change: number): number =>
    (states.get(name)?.running ?? 0) + change;
  states.set(name, {running: running(1)});
  update();
  try {
    if (manager === undefined) {
      throw new Error('This browser has no Background Fetch.');
    }
    const result = await runSituation(situation, manager, catalogue);
    states.set(name, {
      running: running(-1),
      outcome: 'done',
      summary: summarise(result),
    });
    return result;
  } catch (error) {
    const {message} = describeError(error);
    states.set(name, {
      running: running(-1),
      outcome: 'failed',
      summary: message,
    });
    throw error;
  } finally {
    update();
    void measureStorage();
  }
}

function summarise({ends, seen}: SituationRun): string {
  const outcomes = ends.map(
    ({worker}) => worker.failureReason || worker.result,
  );
  const refused = seen.flatMap((entry) =>
    entry.type === 'call' && entry.outcome === 'rejected'
      ? [`rejected with ${entry.error?.name ?? 'an error'}`]
      : [],
  );
  const counts = new Map<string, number>();
  for (const text of [...outcomes, ...refused]) {
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const parts = [...counts].map(([text, count]) =>
    count === 1 ? text : `${count} × ${text}`,
  );
  return `Ended: ${parts.join(', ') || 'see the list'}.`;
}

async function measureStorage(): Promise<void> {
  usage = (await navigator.storage?.estimate())?.usage;
  update();
}

async function start(): Promise<void> {
  // Before the worker is asked for anything: no report may be missed.
  if ('serviceWorker' in navigator) {
    navigator.serviceWorker.addEventListener('message', (event) => {
      const report = event.data as Partial<WorkerReport> | null;
      if (report?.type === 'worker-event' || report?.type === 'worker-call') {
        see(report as WorkerReport);
      }
    });
    navigator.serviceWorker.startMessages();
  }
  onSeen((entry) => {
    update();
    if (entry.type === 'worker-event' || entry.type === 'note') {
      void measureStorage();
    }
  });
  addEventListener('online', update);
  addEventListener('offline', update);
  catalogue = await loadCatalogue();
  update();
  manager = await openBackgroundFetch();
  downloads = new Downloads(manager, update);
  await downloads.restore(catalogue.episodes);
  await measureStorage();
  document.body.dataset['state'] =
    manager === undefined ? 'unsupported' : 'ready';
  update();
}

const demo: Demo = {
  ready: start(),
  get isAvailable() {
    return manager !== undefined;
  },
  situations: groups.flatMap(({situations}) =>
    situations.map(({name}) => name),
  ),
  run: async (name) => {
    await demo.ready;
    const situation = findSituation(name);
    if (situation === undefined) throw new Error(`No situation "${name}".`);
    return run(situation);
  },
  seen: allSeen,
};
Object.defineProperty(window, 'demo', {value: demo});
renderAll();
