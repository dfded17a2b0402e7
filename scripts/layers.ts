/**
 * Who may import whom. Data flows one way, from the page to the view; a new
 * edge is a decision, and belongs into docs/decisions/.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, posix, relative, sep} from 'node:path';

interface Layer {
  /** Folders of ours, as in the table's keys. */
  readonly layers: readonly string[];
  /** Packages, by name. */
  readonly packages: readonly string[];
}

/** What the panel's sessions may import, whatever form they are of. */
const OF_SESSIONS: readonly string[] = [
  'inspector-core/protocol',
  'inspector-core/log',
  'inspector-core/bridge',
  'inspector-core/projections',
  'inspector-core/store',
  'panel',
];

/** The longest key that a file's path begins with is its layer. */
export const LAYERS: Readonly<Record<string, Layer>> = {
  'inspector-core/platform': {layers: [], packages: []},
  'inspector-core/seams': {layers: ['inspector-core/platform'], packages: []},
  'inspector-core/protocol': {
    layers: ['inspector-core/platform', 'inspector-core/conditions'],
    packages: ['valibot'],
  },
  'inspector-core/log': {layers: ['inspector-core/protocol'], packages: []},
  'inspector-core/hooks': {
    layers: [
      'inspector-core/platform',
      'inspector-core/protocol',
      'inspector-core/log',
    ],
    packages: [],
  },
  'inspector-core/engine': {
    layers: [
      'inspector-core/platform',
      'inspector-core/seams',
      'inspector-core/protocol',
      'inspector-core/log',
    ],
    packages: [],
  },
  'inspector-core/conditions': {
    layers: ['inspector-core/platform', 'inspector-core/seams'],
    packages: [],
  },
  'inspector-core/bridge': {
    layers: ['inspector-core/protocol', 'inspector-core/log'],
    packages: ['comlink'],
  },
  'inspector-core/inject': {
    layers: [
      'inspector-core/platform',
      'inspector-core/protocol',
      'inspector-core/log',
      'inspector-core/hooks',
      'inspector-core/seams',
      'inspector-core/engine',
      'inspector-core/conditions',
      'inspector-core/bridge',
    ],
    packages: [],
  },
  'inspector-core/projections': {
    layers: [
      'inspector-core/platform',
      'inspector-core/conditions',
      'inspector-core/protocol',
    ],
    packages: [],
  },
  'inspector-core/store': {
    layers: [
      'inspector-core/protocol',
      'inspector-core/log',
      'inspector-core/projections',
    ],
    packages: ['rxjs'],
  },
  panel: {
    layers: [
      'inspector-core/platform',
      'inspector-core/conditions',
      'inspector-core/protocol',
      'inspector-core/projections',
      'inspector-core/store',
    ],
    packages: [
      'lit',
      'rxjs',
      '@tanstack/lit-virtual',
      '@tanstack/virtual-core',
    ],
  },
  'panel/host': {
    layers: ['inspector-core/conditions', ...OF_SESSIONS],
    packages: [],
  },
  'panel/extension': {
    layers: ['inspector-core/conditions', ...OF_SESSIONS, 'panel/host'],
    packages: ['chrome-devtools-frontend', 'devtools-protocol', 'rxjs'],
  },
  'panel/standalone': {
    layers: [...OF_SESSIONS, 'panel/host'],
    packages: [],
  },
};

const KEYS = Object.keys(LAYERS).toSorted((a, b) => b.length - a.length);

const IMPORT =
  /(?:^|\n)\s*(?:import|export)(?:[^'";]*?\sfrom)?\s*'([^']+)'|import\('([^']+)'\)/g;

const layerOf = (path: string): string | undefined =>
  KEYS.find((key) => path === key || path.startsWith(`${key}/`));

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** A file's imports that the table does not allow, as sentences. */
export function findForbidden(path: string, source: string): string[] {
  const key = layerOf(path);
  const layer = key === undefined ? undefined : LAYERS[key];
  if (key === undefined || layer === undefined) {
    return [`${path} is in no layer. Name its folder in scripts/layers.ts.`];
  }
  const found: string[] = [];
  for (const [, named, dynamic] of source.matchAll(IMPORT)) {
    const specifier = named ?? dynamic ?? '';
    if (!specifier.startsWith('.')) {
      if (!layer.packages.includes(packageOf(specifier))) {
        found.push(`${path} imports the package ${specifier}; ${key} may not.`);
      }
      continue;
    }
    const target = posix.normalize(posix.join(dirname(path), specifier));
    const other = layerOf(target);
    if (other === key) continue;
    if (other === undefined || !layer.layers.includes(other)) {
      found.push(`${path} imports ${target}; ${key} may not.`);
    }
  }
  return found;
}

/** Checks every source file below the project's root. */
export function checkLayers(root: string): string[] {
  return ['inspector-core', 'panel']
    .flatMap((folder) =>
      readdirSync(join(root, folder), {recursive: true, encoding: 'utf8'}).map(
        (file) => join(folder, file),
      ),
    )
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .flatMap((file) =>
      findForbidden(
        relative('.', file).split(sep).join('/'),
        readFileSync(join(root, file), 'utf8'),
      ),
    );
}
