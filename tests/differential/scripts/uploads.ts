/** Requests with bodies. */
import {describeTraffic, outcome} from '../support/describe.js';
import type {Script} from '../support/script.js';
import {complete} from './endings.js';

export const UPLOADS: readonly Script[] = [
  {
    name: 'sends a body',
    async run(lab) {
      const file = lab.file(100);
      const request = new Request(file.url, {method: 'POST', body: 'hello'});
      const facts = await complete(lab, request);
      return {
        facts,
        used: request.bodyUsed,
        traffic: describeTraffic(await file.log()),
      };
    },
  },
  {
    name: 'sends several bodies',
    async run(lab) {
      const files = [lab.file(100), lab.file(0), lab.file(100)];
      const bodies = [
        new URLSearchParams({a: 'b'}),
        new Blob(['blob'], {type: 'text/x-blob'}),
        '',
      ];
      const requests = files.map(
        ({url}, index) =>
          new Request(url, {method: 'POST', body: bodies[index] ?? null}),
      );
      const facts = await complete(lab, requests);
      const logs = await Promise.all(files.map((file) => file.log()));
      return {facts, traffic: logs.map(describeTraffic)};
    },
  },
  {
    name: 'sends a stream',
    async run({manager, id, file}) {
      const {url} = file(100);
      const request = new Request(url, {
        method: 'POST',
        body: new Blob(['streamed']).stream(),
        duplex: 'half',
      } as RequestInit);
      return outcome(manager.fetch(id, request), ({uploadTotal}) => ({
        uploadTotal,
        used: request.bodyUsed,
      }));
    },
  },
  {
    name: 'is refused after a body was sent',
    async run(lab) {
      const file = lab.file(100, {status: 403});
      const request = new Request(file.url, {method: 'POST', body: 'hello'});
      const facts = await complete(lab, request);
      return {facts, traffic: describeTraffic(await file.log())};
    },
  },
];
