/** The calling page's own policy; the last of all, for it cannot be taken back. */
import {outcome} from '../support/describe.js';
import type {Script} from '../support/script.js';

export const POLICY: readonly Script[] = [
  {
    name: 'is forbidden by the page',
    async run({manager, id, file}) {
      const policy = document.createElement('meta');
      policy.httpEquiv = 'Content-Security-Policy';
      policy.content = `connect-src 'self'`;
      document.head.append(policy);
      const elsewhere = file(10).url.replace('//localhost', '//127.0.0.1');
      return {
        elsewhere: await outcome(manager.fetch(id, elsewhere)),
        'the second of two': await outcome(
          manager.fetch(id, [file(10).url, elsewhere]),
        ),
        here: await outcome(manager.fetch(id, file(10).url)),
      };
    },
  },
];
