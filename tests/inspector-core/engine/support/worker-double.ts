import {
  createManualClock,
  type ManualClock,
} from '../../../../inspector-core/seams/manual-clock.js';
import type {Backend} from '../../../../inspector-core/engine/surface/backend.js';
import {servePages} from '../../../../inspector-core/engine/surface/serve-pages.js';

/**
 * No service worker, but what a page sees of one that a test can kill: calls
 * that it had are never answered, and the next message starts it again.
 */
export class WorkerDouble extends EventTarget {
  readonly #makeBackend: (life: number) => Partial<Backend>;
  #scope: EventTarget | undefined;
  #ports: MessagePort[] = [];
  #life = 0;
  readonly clock: ManualClock = createManualClock();
  /** It neither starts nor answers. */
  isSilent = false;
  state = 'activated';

  constructor(makeBackend: (life: number) => Partial<Backend>) {
    super();
    this.#makeBackend = makeBackend;
  }

  /** A registration of which it is the active worker. */
  get registration(): ServiceWorkerRegistration {
    return {active: this} as unknown as ServiceWorkerRegistration;
  }

  get life(): number {
    return this.#life;
  }

  postMessage(data: unknown, ports: MessagePort[]): void {
    const {port1, port2} = new MessageChannel();
    // As all data does, it goes through a structured clone.
    port1.addEventListener('message', (sent: MessageEvent<unknown>) => {
      this.#receive(sent.data, [...sent.ports]);
      port1.close();
    });
    port1.start();
    port2.postMessage(data, ports);
  }

  kill(): void {
    this.#scope = undefined;
    for (const port of this.#ports) port.close();
    this.#ports = [];
  }

  /** The next version takes its place. */
  replace(): void {
    this.kill();
    this.state = 'redundant';
    this.dispatchEvent(new Event('statechange'));
    this.state = 'activated';
  }

  #receive(data: unknown, ports: MessagePort[]): void {
    this.#ports.push(...ports);
    if (this.isSilent) return;
    if (this.#scope === undefined) {
      this.#life += 1;
      this.#scope = new EventTarget();
      servePages(
        this.#scope,
        this.#makeBackend(this.#life) as Backend,
        this.clock,
        () => Promise.resolve(true),
      );
    }
    const event = new MessageEvent('message', {data, ports});
    Object.defineProperty(event, 'waitUntil', {value: () => {}});
    this.#scope.dispatchEvent(event);
  }
}
