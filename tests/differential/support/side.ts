import {inject, runScript, type RealmWindow} from '../../support/frames.js';

/** Who carries the scripts out. */
export type Side = 'native' | 'emulated';

export interface OpenSide {
  /** A script's facts. */
  run(name: string): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * A window of its own with a worker of its own: Chromium starts no background
 * fetch of a frame before its user has agreed.
 */
export async function openSide(side: Side): Promise<OpenSide> {
  const scope = `/differential-${side}-${Date.now()}-${Math.random()}/`;
  const registration = await navigator.serviceWorker.register(
    `/classic/tests/differential/support/worker.js?${side}`,
    {scope},
  );
  const worker = registration.installing ?? registration.active;
  await new Promise<void>((resolve) => {
    const check = (): void => {
      if (worker?.state === 'activated') resolve();
    };
    worker?.addEventListener('statechange', check);
    check();
  });
  const page = window.open(`${scope}blank.html`) as RealmWindow | null;
  if (page === null) throw new Error('The window was not opened.');
  await new Promise((resolve) => {
    page.addEventListener('load', resolve);
  });
  if (side === 'emulated') {
    await inject(page, {
      route: 'emulated',
      profile: 'chromium',
      record: false,
    });
  }
  await runScript(page.document, '/classic/tests/differential/support/page.js');
  return {
    async run(name) {
      // As text: objects of another realm have other prototypes.
      const text = await page.runScript?.(name, scope);
      return JSON.parse(text ?? '') as unknown;
    },
    async close() {
      page.close();
      await registration.unregister();
    },
  };
}
