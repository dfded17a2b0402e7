import {expect} from '@esm-bundle/chai';
import {
  Recorder,
  registration,
  request,
  SCOPE,
  source,
} from '../../support/entries.js';
import {
  called,
  listed,
  resolved,
  responded,
  seen,
} from '../../support/facts.js';

const page = source('page');

describe('the fetches projection, of records', () => {
  it('names records by their place in the call, duplicates too', () => {
    const {fetches} = new Recorder()
      .add(page, called(1, 'x', 'same', 'same'), resolved(1, 'x', 1))
      .add(page, listed('x', 'same', 'same'))
      .add(
        page,
        responded('x', 2, 'same', 404),
        responded('x', 1, 'same', 200),
      );
    expect(
      fetches[0]?.records.map(({response}) => response?.status),
    ).to.deep.equal([200, 404]);
  });

  it('does not rely on the order in which matchAll() answers', () => {
    const {fetches} = new Recorder()
      .add(page, called(1, 'x', 'good', 'missing'), resolved(1, 'x', 1))
      .add(page, listed('x', 'missing', 'good'))
      .add(page, responded('x', 1, 'missing', 404));
    expect(
      fetches[0]?.records.map(({request: {url}, response}) => [
        url,
        response?.status,
      ]),
    ).to.deep.equal([
      [`${SCOPE}good`, undefined],
      [`${SCOPE}missing`, 404],
    ]);
  });

  it('takes the places from the list where the call was not seen', () => {
    const {fetches} = new Recorder()
      .add(page, seen('old', 'attach'))
      .add(page, listed('old', 'a'));
    expect(fetches[0]?.records.map(({request: {url}}) => url)).to.deep.equal([
      `${SCOPE}a`,
    ]);
  });

  it('gives records that the page matched their place too', () => {
    const {fetches} = new Recorder()
      .add(page, called(1, 'x', 'a', 'b'), resolved(1, 'x', 1))
      .add(page, {
        type: 'call-started',
        call: 2,
        invocation: {
          method: 'match',
          registration: registration('x', 1),
          request: request('b'),
        },
      })
      .add(page, {
        type: 'call-settled',
        call: 2,
        duration: 1,
        outcome: {
          status: 'fulfilled',
          value: {
            kind: 'records',
            records: [{record: 9, request: request('b')}],
          },
        },
      })
      .add(page, {
        type: 'response-settled',
        registration: registration('x', 1),
        record: 9,
        outcome: {status: 'rejected', error: {name: 'AbortError', message: ''}},
      });
    expect(fetches[0]?.records.map(({error}) => error?.name)).to.deep.equal([
      undefined,
      'AbortError',
    ]);
    expect(fetches[0]?.calls).to.deep.equal(['page:1', 'page:2']);
  });
});
