/** The package, as an app has it: packed, and put where npm would put it. */
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {bin} from '../../scripts/run-command.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

interface Packed {
  readonly filename: string;
  readonly files: readonly {readonly path: string}[];
}

let app: string;
let packed: readonly string[];

before(async () => {
  app = await mkdtemp(join(tmpdir(), 'bgf-app-'));
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination'];
  const {stdout} = await run('npm', [...args, app], {
    cwd: root,
    shell: process.platform === 'win32',
  });
  const [made] = JSON.parse(stdout) as readonly Packed[];
  assert.ok(made);
  packed = made.files.map(({path}) => path);
  const installed = join(app, 'node_modules', 'background-fetch-inspector');
  await mkdir(installed, {recursive: true});
  const unpack = ['-xzf', join(app, made.filename), '--strip-components=1'];
  await run('tar', [...unpack, '-C', installed]);
  await writeFile(join(app, 'package.json'), '{"type": "module"}');
});

after(() => rm(app, {recursive: true, force: true}));

test('the package has all that its manifest and its README name', async () => {
  const manifest = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  ) as {
    readonly exports: Readonly<
      Record<string, Readonly<Record<string, string>>>
    >;
    readonly dependencies?: object;
  };
  for (const conditions of Object.values(manifest.exports)) {
    for (const path of Object.values(conditions)) {
      assert.ok(packed.includes(path.slice(2)), path);
    }
  }
  for (const path of [
    'dist/inject/page.js',
    'dist/inject/worker.js',
    'dist/inject/conditions.js',
    'dist/panel/index.html',
    'dist/extension/manifest.json',
    'docs/engine.md',
    'docs/conditions.md',
  ]) {
    assert.ok(packed.includes(path), path);
  }
  // All are bundled: an app would install them for nothing.
  assert.equal(manifest.dependencies, undefined);
});

/** What an app of TypeScript writes. */
const TYPED = `
  import 'background-fetch-inspector/worker';
  import type {
    BackgroundFetchManager,
    InspectorOptions,
  } from 'background-fetch-inspector/page';
  import {
    createConditions,
    createFasterClock,
    createManualClock,
    createSystemClock,
    type ConditionsFile,
  } from 'background-fetch-inspector/conditions';

  const file: ConditionsFile = {
    version: 1,
    profile: '3G',
    rules: [{trigger: {at: 'byte', byte: 5}, effect: {type: 'drop'}}],
  };
  export const options = {route: 'emulated', conditions: file} satisfies InspectorOptions;
  // @ts-expect-error There is no such route.
  export const wrong: InspectorOptions = {route: 'emulate'};
  export async function change(): Promise<number> {
    await bgfInspector.conditions.setProfile('3G');
    await bgfInspector.conditions.setRules([{effect: {type: 'status', status: 503}}]);
    // @ts-expect-error There is no such effect.
    await bgfInspector.conditions.setRules([{effect: {type: 'melt'}}]);
    await bgfInspector.conditions.reset();
    return (await bgfInspector.conditions.state()).length;
  }
  export const conditions = createConditions({clock: createManualClock(), seed: 7});
  export const faster = createFasterClock(createSystemClock(), 100);
  export const ids = (manager: BackgroundFetchManager): Promise<string[]> => manager.getIds();
`;

test('an app of TypeScript finds all types, however it resolves modules', async () => {
  await writeFile(join(app, 'app.ts'), TYPED);
  for (const [module, resolution, lib] of [
    ['esnext', 'bundler', 'dom'],
    ['node16', 'node16', 'webworker'],
    ['nodenext', 'nodenext', 'dom'],
  ] as const) {
    const compilerOptions = {
      module,
      moduleResolution: resolution,
      target: 'es2022',
      lib: ['es2022', lib],
      types: [],
      strict: true,
      noUncheckedSideEffectImports: true,
      skipLibCheck: false,
      noEmit: true,
    };
    const config = join(app, 'tsconfig.json');
    await writeFile(
      config,
      JSON.stringify({compilerOptions, files: ['app.ts']}),
    );
    const {stdout} = await run(join(root, bin('tsc')), ['-p', config]).catch(
      (error: unknown) => error as {readonly stdout: string},
    );
    assert.equal(stdout, '', module);
  }
});

test('the unit test in the docs passes, word for word', async () => {
  const docs = await readFile(join(root, 'docs', 'conditions.md'), 'utf8');
  const snippet = /```js\n(import assert[^`]*)```/.exec(docs)?.[1];
  assert.ok(snippet);
  const path = join(app, 'film.test.js');
  await writeFile(path, snippet);
  const {NODE_TEST_CONTEXT: _, ...env} = process.env;
  const {stdout} = await run(process.execPath, ['--test', path], {env});
  assert.match(stdout, /pass 1\b/);
});

test('what is refused is said by a sentence, not by a line of minified code', async () => {
  const path = join(app, 'wrong.js');
  await writeFile(
    path,
    `import {createConditions, createManualClock} from 'background-fetch-inspector/conditions';
    createConditions({clock: createManualClock(), profile: '5G'});`,
  );
  const failed = (await run(process.execPath, [path]).catch(
    (error: unknown) => error,
  )) as {readonly stderr: string};
  assert.match(failed.stderr, /profile: there is no preset "5G"/);
  assert.ok(failed.stderr.length < 3_000, failed.stderr);
});

test('an app that is rendered by a server imports there what its pages do', async () => {
  const path = join(app, 'server.js');
  await writeFile(
    path,
    `// Newer versions of Node have one.
    globalThis.navigator ??= {userAgent: 'Node'};
    const before = Object.getOwnPropertyNames(globalThis);
    await import('background-fetch-inspector/page');
    await import('background-fetch-inspector/worker');
    const after = Object.getOwnPropertyNames(globalThis);
    console.log(after.filter((name) => !before.includes(name)).join());`,
  );
  // It also has to come to its end.
  const {stdout, stderr} = await run(process.execPath, [path], {
    timeout: 60_000,
  });
  assert.deepEqual([stdout, stderr], ['\n', '']);
});
