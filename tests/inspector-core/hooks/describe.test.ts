import {expect} from '@esm-bundle/chai';
import {clip} from '../../../inspector-core/hooks/clip.js';
import {
  describeError,
  describeId,
  describeRequestInfo,
  describeRequests,
  describeResponse,
  describeUIOptions,
} from '../../../inspector-core/hooks/describe.js';
import {createStackReader} from '../../../inspector-core/hooks/caller-stack.js';
import {LIMITS} from '../../../inspector-core/protocol/protocol.js';

const base = 'https://podcast.example/app/';

describe('clip', () => {
  it('leaves short text alone, lone surrogates and all', () => {
    expect(clip('\ud800\0', 10)).to.equal('\ud800\0');
  });

  it('keeps long texts that differ anywhere different, within the limit', () => {
    const long = 'a'.repeat(5_000);
    const texts = [
      `${long}1`,
      `${long}2`,
      `${long}11`,
      `b${long}`,
      `${long}12`,
    ];
    const clipped = texts.map((text) => clip(text, 100));
    expect(new Set(clipped).size).to.equal(texts.length);
    for (const text of clipped) expect(text.length).to.be.at.most(100);
    expect(clipped[0]).to.contain('5001 characters');
  });

  it('does not cut a surrogate pair in two', () => {
    for (const text of ['😀'.repeat(500), `x${'😀'.repeat(500)}`]) {
      // Only well-formed text can be encoded.
      expect(() => encodeURIComponent(clip(text, 100))).not.to.throw();
    }
  });
});

describe('describing what a page passes', () => {
  it('resolves URLs, and keeps what is none', () => {
    expect(describeRequestInfo('../a?b#c', base)?.url).to.equal(
      'https://podcast.example/a?b#c',
    );
    expect(describeRequestInfo('http://', base)?.url).to.equal('http://');
    expect(describeRequestInfo(new URL('/u', base), base)?.url).to.equal(
      'https://podcast.example/u',
    );
  });

  it('leaves a Request\u2019s body unread, and its clone as it was', async () => {
    const request = new Request(base, {method: 'POST', body: 'text'});
    expect(describeRequestInfo(request, base)).to.deep.include({
      method: 'POST',
      hasBody: true,
    });
    expect(request.bodyUsed).to.equal(false);
    expect(await request.text()).to.equal('text');
    expect(describeRequestInfo(request, base)).to.include({hasBody: true});
  });

  it('runs no code of the page', () => {
    const explode = (): never => {
      throw new Error('ran');
    };
    const trap = {
      get title() {
        return explode();
      },
      get icons() {
        return explode();
      },
      downloadTotal: 3,
      toString: explode,
      valueOf: explode,
      [Symbol.iterator]: explode,
      [Symbol.toPrimitive]: explode,
    };
    expect(describeId(trap)).to.equal('');
    expect(describeRequests(trap, base)).to.deep.equal([]);
    expect(describeRequests([trap, '/x'], base)).to.have.length(1);
    expect(describeUIOptions(trap)).to.deep.equal({downloadTotal: 3});
  });

  it('clips lists and numbers to what the protocol takes', () => {
    const requests = Array.from({length: LIMITS.list + 5}, () => '/');
    expect(describeRequests(requests, base)).to.have.length(LIMITS.list);
    expect(describeUIOptions({downloadTotal: Number.NaN})).to.deep.equal({});
    expect(describeUIOptions({icons: [{src: 'i'}, {}, null]})).to.deep.equal({
      icons: [{src: 'i'}],
    });
  });

  it('names any thrown value', () => {
    expect(describeError(new RangeError('r'))).to.deep.equal({
      name: 'RangeError',
      message: 'r',
    });
    expect(describeError(new DOMException('d', 'AbortError'))).to.deep.equal({
      name: 'AbortError',
      message: 'd',
    });
    expect(describeError('text')).to.deep.equal({
      name: 'string',
      message: 'text',
    });
    expect(describeError(undefined).message).to.equal('undefined');
    expect(describeError(Symbol('s'))).to.deep.equal({
      name: 'symbol',
      message: '',
    });
  });
});

describe('the stack of a caller', () => {
  const readers = {
    'by the browser': createStackReader(),
    'by cutting lines': createStackReader('missing'),
  };
  for (const [how, read] of Object.entries(readers)) {
    it(`begins at the caller, cut ${how}`, () => {
      // As deep as in the hooks: the reader, the trap, the Proxy's handler.
      const handler = {
        apply: (): unknown => observe(handler.apply),
      };
      const observe = (frame: () => unknown) => read(frame);
      const hooked = new Proxy(() => {}, handler);
      function theCaller(): unknown {
        const text = hooked();
        return text;
      }
      expect(String(theCaller()).split('\n')[0]).to.contain('theCaller');
    });
  }
});

describe('describeResponse', () => {
  it('takes what a constructed one says of itself', () => {
    const response = new Response(null, {status: 204});
    expect(describeResponse(response)).to.include({
      url: '',
      responseType: 'default',
      redirected: false,
    });
    Object.defineProperties(response, {
      url: {value: 'https://a.example/'},
      type: {value: 'basic'},
      redirected: {value: true},
    });
    expect(describeResponse(response)).to.include({
      url: 'https://a.example/',
      responseType: 'basic',
      redirected: true,
    });
  });

  it('runs no code of the page, and believes no value of another kind', () => {
    const response = Object.defineProperties(new Response(), {
      url: {get: () => expect.fail('It was read.')},
      type: {value: {toString: () => expect.fail('It was converted.')}},
    });
    expect(describeResponse(response)).to.include({
      url: '',
      responseType: 'default',
    });
  });
});
