import 'axe-core/axe.min.js';
import type {AxeResults, RunOptions} from 'axe-core';

declare global {
  // oxlint-disable-next-line no-var -- a global is declared by var only
  var axe: {
    run(context: Node, options?: RunOptions): Promise<AxeResults>;
  };
}

const OPTIONS: RunOptions = {
  resultTypes: ['violations'],
  // Style sheets of other origins: there are none.
  preload: false,
  rules: {
    // Stories are parts of a page: landmarks and headings are the host's.
    region: {enabled: false},
    'page-has-heading-one': {enabled: false},
    'landmark-one-main': {enabled: false},
    'heading-order': {enabled: false},
  },
};

/** What axe finds fault with, one line each. */
export async function findViolations(root: Node): Promise<readonly string[]> {
  return describe(await globalThis.axe.run(root, OPTIONS));
}

/** Of them, what another colour scheme can change. */
export async function findColorViolations(
  root: Node,
): Promise<readonly string[]> {
  const runOnly = ['color-contrast', 'link-in-text-block'];
  return describe(await globalThis.axe.run(root, {...OPTIONS, runOnly}));
}

function describe({violations}: AxeResults): readonly string[] {
  return violations.map(
    ({id, help, nodes}) =>
      `${id}: ${help}: ${nodes.map((node) => `${String(node.target)} ${node.any[0]?.message ?? ''}`).join(' | ')}`,
  );
}
