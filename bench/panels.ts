/**
 * One burst of events into a panel, until it has settled: what a developer
 * waits for who opens the tab on a long session. Both panels are asked in the
 * same DevTools, and by the same measure: from the first event on, until three
 * frames in a row come within 30 ms; the last slow one is the end.
 */
import type {Frame, Page} from 'puppeteer-core';

const SETTLE = `async (feed) => {
  const nextFrame = () => new Promise((done) => requestAnimationFrame(done));
  await nextFrame();
  const start = performance.now();
  feed();
  let end = performance.now();
  for (let quiet = 0; quiet < 3; ) {
    const before = performance.now();
    await nextFrame();
    const slow = performance.now() - before > 30;
    if (slow) end = performance.now();
    quiet = slow ? 0 : quiet + 1;
  }
  return end - start;
}`;

/** Milliseconds for as many progress entries of 100 fetches, one by one. */
export async function measureOurPanel(
  panel: Frame,
  events: number,
): Promise<number> {
  return (await panel.evaluate(`(async () => {
    // The DevTools page is a sibling of ours: same origin, same process.
    const siblings = Array.from({length: parent.length}, (_, i) => parent[i]);
    const session = siblings
      .map((sibling) => {
        try {
          return sibling.bgfSession;
        } catch {
          return undefined;
        }
      })
      .find((found) => found !== undefined);
    const source = {kind: 'page', realm: 'bench', url: location.href};
    const entry = (index) => ({
      seq: index + 1,
      at: performance.timeOrigin + performance.now(),
      fact: {
        type: 'registration-progressed',
        registration: {id: 'id-' + (index % 100), instance: 1 + (index % 100)},
        snapshot: {
          uploadTotal: 0,
          uploaded: 0,
          downloadTotal: 1e6,
          downloaded: index,
          result: '',
          failureReason: '',
          recordsAvailable: true,
        },
      },
    });
    return (${SETTLE})(() => {
      for (let index = 0; index < ${events}; index += 1) {
        session.log.append(source, [entry(index)]);
      }
    });
  })()`)) as number;
}

/** Milliseconds for as many events in Application › Background fetch. */
export async function measureChromesPanel(
  devtools: Page,
  events: number,
): Promise<number> {
  return (await devtools.evaluate(`(async () => {
    const SDK = await import('./core/sdk/sdk.js');
    const App = await import('./panels/application/application.js');
    const UI = await import('./ui/legacy/legacy.js');
    await UI.ViewManager.ViewManager.instance().showView('resources');
    const tree =
      App.ResourcesPanel.ResourcesPanel.instance().sidebar
        .backgroundFetchTreeElement;
    tree.select();
    tree.onselect();
    const target = SDK.TargetManager.TargetManager.instance().primaryPageTarget();
    const model = target.model(App.BackgroundServiceModel.BackgroundServiceModel);
    const origin = new URL(target.inspectedURL()).origin + '/';
    return (${SETTLE})(() => {
      for (let index = 0; index < ${events}; index += 1) {
        model.backgroundServiceEventReceived({
          backgroundServiceEvent: {
            timestamp: Date.now() / 1000,
            origin,
            serviceWorkerRegistrationId: '1',
            service: 'backgroundFetch',
            eventName: 'Request processing started',
            instanceId: 'id-' + (index % 100),
            eventMetadata: [{key: 'URL', value: origin + index}],
            storageKey: origin,
          },
        });
      }
    });
  })()`)) as number;
}
