import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {
  requestMatchesCachedItem,
  type MatchOptions,
} from '../../../../inspector-core/engine/algorithms/request-matches-cached-item.js';
import {head} from '../support/responses.js';

const describeRequest = (request: Request) => ({
  url: request.url,
  method: request.method,
  headers: [...request.headers],
});

const matches = (
  query: Request,
  request: Request,
  vary: string | undefined,
  options: MatchOptions,
): boolean =>
  requestMatchesCachedItem(
    describeRequest(query),
    describeRequest(request),
    head(200, vary === undefined ? {} : {Vary: vary}),
    options,
  );

const options = fc.record({
  ignoreSearch: fc.boolean(),
  ignoreMethod: fc.boolean(),
  ignoreVary: fc.boolean(),
});

const url = fc
  .tuple(
    fc.constantFrom('/a', '/b', '/A', '/a/'),
    fc.constantFrom('', '?', '?x', '?x=1', '?y'),
    fc.constantFrom('', '#', '#here'),
  )
  .map((pieces) => new URL(pieces.join(''), location.origin).href);

const headers = fc.record(
  {'X-One': fc.constantFrom('1', '2'), 'X-Two': fc.constantFrom('1', '2')},
  {requiredKeys: []},
);

/**
 * WebKitGTK's Cache API looks no further than the first name of a Vary header
 * that has a space after its comma. It is shown one without; the engine, both.
 */
const spaceAfterComma = async (): Promise<string> => {
  const name = 'space-after-comma';
  const cache = await caches.open(name);
  const headers = {Vary: 'x-none, x-one'};
  await cache.put('/a', new Response('', {headers}));
  const query = new Request('/a', {headers: {'X-One': '1'}});
  const found = await cache.match(query);
  await caches.delete(name);
  return found === undefined ? ' ' : '';
};

describe('requestMatchesCachedItem', () => {
  it('finds what the Cache API finds, with every option', async () => {
    const name = 'request-matches-cached-item';
    const cache = await caches.open(name);
    const space = await spaceAfterComma();
    await fc.assert(
      fc.asyncProperty(
        url,
        url,
        headers,
        headers,
        fc.constantFrom('GET', 'POST', 'HEAD'),
        fc.constantFrom(undefined, 'x-one', 'X-Two', 'X-ONE, x-two', 'x-none'),
        options,
        async (a, b, aHeaders, bHeaders, method, vary, options) => {
          const request = new Request(a, {headers: aHeaders});
          // The Cache API looks at the query's method, and stores GET only;
          // the engine looks at the record's. So the method is on either side.
          const cached = new Request(b, {headers: bHeaders});
          await cache.put(
            cached,
            new Response('', {
              headers:
                vary === undefined
                  ? {}
                  : {Vary: vary.replace(', ', `,${space}`)},
            }),
          );
          const found = await cache.match(
            new Request(a, {headers: aHeaders, method}),
            options,
          );
          await cache.delete(b, {ignoreVary: true});
          expect(
            matches(
              request,
              new Request(b, {headers: bHeaders, method}),
              vary,
              options,
            ),
          ).to.equal(found !== undefined);
        },
      ),
      {numRuns: 300},
    );
    await caches.delete(name);
  });

  it('never finds a response that varies by everything', () => {
    const request = new Request('/a');
    expect(matches(request, request, '*', {})).to.equal(false);
    expect(matches(request, request, 'X-One, *', {})).to.equal(false);
    expect(matches(request, request, '*', {ignoreVary: true})).to.equal(true);
  });

  it('asks nothing of headers while there is no response', () => {
    const one = describeRequest(new Request('/a', {headers: {'X-One': '1'}}));
    const two = describeRequest(new Request('/a', {headers: {'X-One': '2'}}));
    expect(requestMatchesCachedItem(one, two, undefined)).to.equal(true);
    expect(
      requestMatchesCachedItem(one, two, head(200, {Vary: 'x-one'})),
    ).to.equal(false);
  });

  it('does not look at the query’s own method', () => {
    const post = new Request('/a', {method: 'POST', body: 'x'});
    const get = new Request('/a');
    expect(matches(post, get, undefined, {})).to.equal(true);
    expect(matches(get, post, undefined, {})).to.equal(false);
    expect(matches(get, post, undefined, {ignoreMethod: true})).to.equal(true);
  });
});
