import assert from 'node:assert/strict';
import {cp, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {EXTENSION} from './browser.js';

interface Manifest {
  readonly permissions: readonly string[];
  readonly optional_permissions?: readonly string[];
  readonly optional_host_permissions?: readonly string[];
}

/** A copy of the extension, in a folder of its own. */
export interface GrantedExtension {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/**
 * The shipped extension asks for sites at a click; nobody can answer Chrome's
 * question in a test, so this copy has from the start what it would ask for.
 */
export async function grantAll(): Promise<GrantedExtension> {
  const path = await mkdtemp(join(tmpdir(), 'bgf-granted-test-'));
  await cp(EXTENSION, path, {recursive: true});
  const file = join(path, 'manifest.json');
  const {
    permissions,
    optional_permissions: optional = [],
    optional_host_permissions: hosts = [],
    ...rest
  } = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  assert.deepEqual(permissions, ['debugger']);
  const manifest = {
    ...rest,
    permissions: [...permissions, ...optional],
    host_permissions: hosts,
  };
  await writeFile(file, JSON.stringify(manifest));
  return {path, remove: () => rm(path, {recursive: true, force: true})};
}
