/** Tests that run on the engine and, where it follows the text, natively. */
import type {BackgroundFetchManager} from '../../../inspector-core/platform/background-fetch.js';
import {knownDifferences} from './known-differences.js';
import {route} from './route.js';
import {startServiceWorker, type ServiceWorkerRealm} from './service-worker.js';

/** What each test is given. */
export interface Given {
  /** Of the page that the test runs in. */
  readonly manager: BackgroundFetchManager;
  readonly worker: ServiceWorkerRealm;
  /** An id that no other test has. */
  readonly id: string;
}

/** `lacking` is what this browser lacks for a test, which is then not run. */
export type ConformanceTest = (
  name: string,
  run: (given: Given) => Promise<void>,
  lacking?: string,
) => void;

let ids = 0;

/**
 * One section of the specification. Its tests share a service worker that reports
 * each event; fetches that a test leaves are aborted after it.
 */
export function suite(
  section: string,
  define: (test: ConformanceTest) => void,
): void {
  describe(section, () => {
    let worker: ServiceWorkerRealm | undefined;
    const names = new Set<string>();
    const differences = knownDifferences[section] ?? {};
    before(async () => {
      worker = await startServiceWorker();
    });
    afterEach(async () => {
      const {manager} = given(worker);
      for (const id of await manager.getIds()) {
        const registration = await manager.get(id);
        await registration?.abort();
      }
    });
    after(() => worker?.close());

    define((name, run, lacking) => {
      names.add(name);
      const difference = differences[name] ?? differences['*'];
      const body = (): Promise<void> => run(given(worker));
      if (lacking !== undefined) {
        it.skip(`${name} (not here: ${lacking})`);
      } else if (route === 'engine' || difference === undefined) {
        it(name, body);
      } else if (difference.natively === 'skipped') {
        it.skip(`${name} (natively not: ${difference.reason})`);
      } else {
        it(`${name} (natively not: ${difference.reason})`, () =>
          mustFail(body));
      }
    });

    it('has a test for each difference that is listed', () => {
      const unknown = Object.keys(differences).filter(
        (name) => name !== '*' && !names.has(name),
      );
      if (unknown.length > 0) throw new Error(`No test: ${unknown.join(', ')}`);
    });
  });
}

function given(worker: ServiceWorkerRealm | undefined): Given {
  if (worker === undefined) throw new Error('The worker has not started.');
  ids += 1;
  return {worker, manager: worker.manager, id: `fetch ${ids}`};
}

async function mustFail(run: () => Promise<void>): Promise<void> {
  const failure = await run().then(
    () => undefined,
    (error: unknown) => ({error}),
  );
  if (failure === undefined) {
    throw new Error('It passes natively: take it off the list.');
  }
}
