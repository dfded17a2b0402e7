/** What chrome.webRequest adds, where the user has granted it. */
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {LogEntry} from '../../inspector-core/protocol/protocol.js';
import {eventually} from './support/eventually.js';
import {grantAll, type GrantedExtension} from './support/granted-extension.js';
import {inspectDemo, type Inspection} from './support/inspection.js';

let inspection: Inspection;
let extension: GrantedExtension;

before(async () => {
  extension = await grantAll();
  inspection = await inspectDemo({extension: extension.path});
});

after(async () => {
  await inspection.close();
  await extension.remove();
});

/** The facts of one request, in order, without what differs each time. */
const readAttempt = (
  entries: readonly LogEntry[],
  path: string,
): readonly string[] => {
  const started = entries.find(
    ({fact}) => fact.type === 'attempt-started' && fact.url.endsWith(path),
  );
  if (started?.fact.type !== 'attempt-started') return [];
  const {attempt} = started.fact;
  return entries.flatMap(({source, fact}) => {
    if (!('attempt' in fact) || fact.attempt !== attempt) return [];
    assert.equal(source.kind, 'wire');
    switch (fact.type) {
      case 'attempt-responded':
        return [`${fact.type} ${fact.status}`];
      case 'attempt-redirected':
        return [`${fact.type} ${fact.status} ${fact.to}`];
      case 'attempt-finished':
        return [`${fact.type} ${fact.error ?? ''}`];
      default:
        return [fact.type];
    }
  });
};

async function attemptsOf(situation: string): Promise<readonly string[]> {
  const {page, inspector, server} = inspection;
  const known = server.requests.entries.length;
  await page.evaluate((name) => window.demo.run(name), situation);
  const request = server.requests.entries
    .slice(known)
    .find(({url}) => url.includes(`${situation}.`));
  assert.ok(request, 'the server was asked');
  const facts = await eventually(
    async () => readAttempt(await inspector.entries(), request.url),
    (all) => all.some((fact) => fact.startsWith('attempt-finished')),
    {what: `the end of ${request.url}`},
  );
  const responded = facts.find((fact) => fact.startsWith('attempt-responded'));
  assert.equal(responded?.split(' ')[1], String(request.status));
  return facts;
}

test('says what it may read', async () => {
  const {inspector, server} = inspection;
  const {fact} = await inspector.entry('wire-access-changed');
  assert.deepEqual(fact.origins, [server.url]);
});

test('a missing file: its status', async () => {
  const facts = await attemptsOf('not-found');
  assert.deepEqual(facts.slice(0, -1), [
    'attempt-started',
    'attempt-sent',
    'attempt-responded 404',
  ]);
  // Chromium gives up at the status, and may have the body by then.
  assert.match(facts.at(-1) ?? '', /^attempt-finished (net::ERR_ABORTED)?$/);
});

test('a dropped connection: the net error that the API never tells', async () => {
  assert.deepEqual(await attemptsOf('dropped'), [
    'attempt-started',
    'attempt-sent',
    'attempt-responded 200',
    'attempt-finished net::ERR_CONTENT_LENGTH_MISMATCH',
  ]);
});

test('a page that is not inspected: nothing', async () => {
  const {browser, server, inspector} = inspection;
  const other = await browser.newPage();
  await other.goto(server.crossOrigin);
  await other.evaluate(() => window.demo.ready);
  const {ids} = await other.evaluate(() => window.demo.run('not-found'));
  await attemptsOf('not-found');
  const attempts = await inspector.entriesOf('attempt-started');
  const [id = ''] = ids;
  assert.deepEqual(
    attempts.filter(({fact}) => fact.url.includes(id)),
    [],
  );
});
