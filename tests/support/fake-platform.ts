/**
 * A FAKE Background Fetch API, for browsers that have none: just enough of one to
 * have members to wrap. It downloads nothing. Served as the classic script
 * `/classic/tests/support/fake-platform.js`, to come before the hooks.
 */
const managers = new WeakMap<object, BackgroundFetchManager>();

function check(condition: boolean, message: string): void {
  if (!condition) throw new TypeError(`Fake: ${message}`);
}

class BackgroundFetchManager {
  readonly #active = new Map<string, BackgroundFetchRegistration>();

  // The two declared parameters are the native function's length.
  async fetch(
    id: unknown,
    requests: unknown,
    options: {title?: unknown; downloadTotal?: unknown} = {},
  ): Promise<BackgroundFetchRegistration> {
    check(arguments.length >= 2, '2 arguments required');
    const name = String(id);
    const list =
      typeof requests === 'object' &&
      requests !== null &&
      Symbol.iterator in requests
        ? [...(requests as Iterable<RequestInfo>)]
        : [requests as RequestInfo];
    check(list.length > 0, 'At least one request must be given.');
    const made = list.map((request) => new Request(request));
    void options.title;
    const downloadTotal = Number(options.downloadTotal ?? 0);
    check(!this.#active.has(name), 'There already is a registration.');
    const registration = new BackgroundFetchRegistration(
      name,
      downloadTotal,
      made,
    );
    this.#active.set(name, registration);
    registration.addEventListener('progress', () => {
      if (registration.result !== '') this.#active.delete(name);
    });
    return registration;
  }

  async get(id: unknown): Promise<BackgroundFetchRegistration | undefined> {
    check(arguments.length >= 1, '1 argument required');
    check(id !== '', 'The provided id is invalid.');
    return this.#active.get(String(id))?.fakeLatest();
  }

  async getIds(): Promise<string[]> {
    return [...this.#active.keys()];
  }
}

class BackgroundFetchRegistration extends EventTarget {
  readonly #id: string;
  readonly #downloadTotal: number;
  readonly #requests: readonly Request[];
  readonly #uploaded = 0;
  #downloaded = 0;
  #result = '';
  #recordsAvailable = true;

  constructor(id: string, total: number, requests: readonly Request[]) {
    super();
    this.#id = id;
    this.#downloadTotal = total;
    this.#requests = requests;
  }

  get id(): string {
    return this.#id;
  }
  get uploadTotal(): number {
    return this.#uploaded;
  }
  get uploaded(): number {
    return this.#uploaded;
  }
  get downloadTotal(): number {
    return this.#downloadTotal;
  }
  get downloaded(): number {
    return this.#downloaded;
  }
  get result(): string {
    return this.#result;
  }
  get failureReason(): string {
    return this.#result === 'failure' ? 'aborted' : '';
  }
  get recordsAvailable(): boolean {
    return this.#recordsAvailable;
  }

  async abort(): Promise<boolean> {
    if (this.#result !== '') return false;
    this.#result = 'failure';
    this.dispatchEvent(new Event('progress'));
    return true;
  }

  async match(
    request: RequestInfo,
  ): Promise<BackgroundFetchRecord | undefined> {
    check(arguments.length >= 1, '1 argument required');
    const {url} = new Request(request);
    const [record] = (await this.#records()).filter(
      (one) => one.request.url === url,
    );
    return record;
  }

  async matchAll(..._query: unknown[]): Promise<BackgroundFetchRecord[]> {
    return this.#records();
  }

  async #records(): Promise<BackgroundFetchRecord[]> {
    if (!this.#recordsAvailable) {
      throw new DOMException('Fake: expired', 'InvalidStateError');
    }
    return this.#requests.map(
      (request) => new BackgroundFetchRecord(request, this.#result),
    );
  }

  // What only a test does: not a member of the API.
  #twin: BackgroundFetchRegistration | undefined;
  fakeLatest(): BackgroundFetchRegistration {
    return this.#twin ?? this;
  }
  /** Another object of the same fetch, as Chromium makes one at each get(). */
  fakeTwin(): BackgroundFetchRegistration {
    this.#twin = new BackgroundFetchRegistration(
      this.#id,
      this.#downloadTotal,
      this.#requests,
    );
    return this.#twin;
  }
  fakeProgress(downloaded: number): void {
    this.#downloaded = downloaded;
    this.dispatchEvent(new Event('progress'));
  }
  fakeExpire(): void {
    this.#recordsAvailable = false;
  }
}

class BackgroundFetchRecord {
  readonly #request: Request;
  readonly #result: string;
  #ready: Promise<Response> | undefined;

  constructor(request: Request, result: string) {
    this.#request = request;
    this.#result = result;
  }
  get request(): Request {
    return this.#request;
  }
  /** Made when it is first read, as in Chromium. */
  get responseReady(): Promise<Response> {
    this.#ready ??=
      this.#result === 'failure'
        ? Promise.reject(new DOMException('Fake: aborted', 'AbortError'))
        : Promise.resolve(new Response('fake'));
    return this.#ready;
  }
}

// WebIDL's members are enumerable, those of a class are not.
for (const {prototype} of [
  BackgroundFetchManager,
  BackgroundFetchRegistration,
  BackgroundFetchRecord,
]) {
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (name === 'constructor') continue;
    Object.defineProperty(prototype, name, {enumerable: true});
  }
}
Object.assign(globalThis, {
  BackgroundFetchManager,
  BackgroundFetchRegistration,
  BackgroundFetchRecord,
});
Object.defineProperty(ServiceWorkerRegistration.prototype, 'backgroundFetch', {
  enumerable: true,
  configurable: true,
  get(this: ServiceWorkerRegistration) {
    // Illegal invocation, as of a native getter.
    void Object.getOwnPropertyDescriptor(
      ServiceWorkerRegistration.prototype,
      'scope',
    )?.get?.call(this);
    const manager = managers.get(this) ?? new BackgroundFetchManager();
    managers.set(this, manager);
    return manager;
  },
});

// A module, so that its classes are no globals of the whole program's types.
export {};
