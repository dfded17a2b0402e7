import {assert} from '@esm-bundle/chai';
import {render} from 'lit';
import {settle} from '../support/settle.js';

/**
 * The extension's pages have this policy. A policy in a meta element holds from
 * its insertion on, so nothing of the panel may be loaded before.
 */
const POLICY = "require-trusted-types-for 'script'; trusted-types lit-html";

describe('trusted types', () => {
  it('hold for the panel in every situation', async function () {
    // A story after another; on a machine that is busy they take a second each.
    this.timeout(120_000);
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(`${event.violatedDirective} ${event.sample}`),
    );
    const meta = document.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    meta.content = POLICY;
    document.head.append(meta);

    const {default: panel, ...stories} =
      await import('../../../stories/panel/panel.stories.js');
    const host = document.createElement('div');
    document.body.append(host);
    for (const [name, {args}] of Object.entries(stories)) {
      if (name.startsWith('Hundred') || name.startsWith('Thousand')) continue;
      render(undefined, host);
      render(panel.render({...panel.args, ...args}), host);
      await settle(host);
      assert.deepEqual(violations, [], name);
    }
    assert.isAbove(host.childElementCount, 0);
    host.remove();
  });
});
