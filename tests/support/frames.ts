/** Documents of this origin and of others, and the scripts that run in them. */

export type RealmWindow = Window & typeof globalThis;

export interface OpenFrame {
  readonly frame: HTMLIFrameElement;
  readonly window: RealmWindow;
}

/** Opens a frame with these attributes, and waits until it has loaded. */
export async function openFrame(
  attributes: Readonly<Partial<Record<'src' | 'srcdoc' | 'sandbox', string>>>,
  parent: Document = document,
): Promise<OpenFrame> {
  const frame = parent.createElement('iframe');
  for (const [name, value] of Object.entries(attributes)) {
    frame.setAttribute(name, value);
  }
  const loaded = new Promise((resolve) => {
    frame.addEventListener('load', resolve, {once: true});
  });
  parent.body.append(frame);
  await loaded;
  return {frame, window: frame.contentWindow as RealmWindow};
}

/** Runs a classic script in a document, and waits until it has run. */
export async function runScript(
  document: Document,
  src: string,
  data: Readonly<Record<string, string>> = {},
): Promise<void> {
  const script = document.createElement('script');
  script.src = src;
  Object.assign(script.dataset, data);
  const hasRun = new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', reject);
  });
  document.head.append(script);
  await hasRun;
  script.remove();
}

/** Runs the injected script in a page, which may have told it how. */
export async function inject(
  window: RealmWindow,
  options?: unknown,
): Promise<void> {
  if (options !== undefined) Reflect.set(window, 'bgfInspector', options);
  await runScript(window.document, '/classic/inspector-core/inject/page.js');
}
