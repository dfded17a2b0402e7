import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {
  extractContentRangeValues,
  extractUnsatisfiedLength,
} from '../../../../inspector-core/engine/algorithms/extract-content-range-values.js';
import {
  describeResponse,
  getHeader,
} from '../../../../inspector-core/engine/algorithms/response-head.js';
import {validatePartialResponse} from '../../../../inspector-core/engine/algorithms/validate-a-partial-response.js';
import {head} from '../support/responses.js';

const extract = (...values: string[]) =>
  extractContentRangeValues(
    head(
      206,
      values.map((value) => ['content-range', value] as const),
    ),
  );

describe('getHeader', () => {
  it('combines all instances as Headers does, whatever the case', () => {
    const headers = head(200, [
      ['ETag', '"1"'],
      ['etag', '"2"'],
    ]).headers;
    expect(getHeader(headers, 'eTaG')).to.equal('"1", "2"');
    expect(
      new Headers(headers.map(([name, value]) => [name, value])).get('etag'),
    ).to.equal('"1", "2"');
    expect(getHeader(headers, 'Vary')).to.equal(undefined);
  });
});

describe('describeResponse', () => {
  it('leaves the body alone', async () => {
    const response = new Response('body', {
      status: 404,
      statusText: 'Gone astray',
      headers: {etag: '"1"', 'content-type': 'text/plain'},
    });
    expect(describeResponse(response)).to.deep.equal({
      status: 404,
      statusText: 'Gone astray',
      url: '',
      redirected: false,
      type: 'default',
      headers: [
        ['content-type', 'text/plain'],
        ['etag', '"1"'],
      ],
    });
    expect(await response.text()).to.equal('body');
  });
});

describe('extractContentRangeValues', () => {
  it('reads back every range that can be written', () => {
    const natural = fc.maxSafeNat();
    fc.assert(
      fc.property(
        natural,
        natural,
        fc.option(natural, {nil: undefined}),
        fc.constantFrom('bytes ', 'bytes=', 'BYTES '),
        (first, last, complete, unit) => {
          expect(
            extract(`${unit}${first}-${last}/${complete ?? '*'}`),
          ).to.deep.equal({first, last, complete});
        },
      ),
    );
  });

  it('takes blanks around a range', () => {
    expect(extract(' bytes 0-9/100 ')).to.include({last: 9});
  });

  it('refuses what is no range', () => {
    for (const value of [
      '',
      'bytes',
      'bytes */100',
      'bytes 0-9',
      'bytes 0-9/',
      'bytes -9/100',
      'bytes 0-/100',
      'bytes  0-9/100',
      'bytes 0-9/100, bytes 0-9/100',
      'bytes +0-9/100',
      'bytes 0x0-9/100',
      'items 0-9/100',
      'bytes 0-9/9007199254740993',
    ]) {
      expect(extract(value), value).to.equal(undefined);
    }
    expect(extract()).to.equal(undefined);
    expect(extract('bytes 0-9/100', 'bytes 0-9/100')).to.equal(undefined);
  });
});

describe('extractUnsatisfiedLength', () => {
  it('reads the length of a 416, and nothing else', () => {
    const of = (value: string) =>
      extractUnsatisfiedLength(head(416, {'Content-Range': value}));
    expect(of('bytes */1234')).to.equal(1234);
    expect(of('bytes */*')).to.equal(undefined);
    expect(of('bytes 0-9/1234')).to.equal(undefined);
    expect(extractUnsatisfiedLength(head(416))).to.equal(undefined);
  });
});

describe('validatePartialResponse', () => {
  const part = (
    range: string,
    headers: Readonly<Record<string, string>> = {},
  ) => head(206, {'Content-Range': range, ...headers});

  it('accepts a first part only from the start', () => {
    const valid = (range: string) =>
      validatePartialResponse(0, part(range), undefined);
    expect(valid('bytes 0-9/100')).to.equal(true);
    expect(valid('bytes 0-9/*')).to.equal(true);
    expect(valid('bytes 1-9/100')).to.equal(false);
    expect(validatePartialResponse(0, head(206), undefined)).to.equal(false);
  });

  it('accepts a later part only where the bytes end', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), (start, first) => {
        expect(
          validatePartialResponse(
            start,
            part(`bytes ${first}-30/31`),
            head(200),
          ),
        ).to.equal(start === first);
      }),
    );
  });

  it('demands each validator that there was before, and no other', () => {
    const tag = fc.option(fc.constantFrom('"a"', '"b"', 'W/"a"'), {
      nil: undefined,
    });
    const date = fc.option(fc.constantFrom('Mon', 'Tue'), {nil: undefined});
    const headers = (
      etag: string | undefined,
      modified: string | undefined,
    ) => ({
      ...(etag === undefined ? {} : {ETag: etag}),
      ...(modified === undefined ? {} : {'Last-Modified': modified}),
    });
    fc.assert(
      fc.property(tag, date, tag, date, (oldTag, oldDate, newTag, newDate) => {
        expect(
          validatePartialResponse(
            5,
            part('bytes 5-9/10', headers(newTag, newDate)),
            head(200, headers(oldTag, oldDate)),
          ),
        ).to.equal(
          (oldTag ?? newTag) === newTag && (oldDate ?? newDate) === newDate,
        );
      }),
    );
  });

  it('demands the same complete length of two parts, if it was known', () => {
    const valid = (before: string, now: string) =>
      validatePartialResponse(5, part(now), part(before));
    expect(valid('bytes 0-4/10', 'bytes 5-9/10')).to.equal(true);
    expect(valid('bytes 0-4/10', 'bytes 5-9/11')).to.equal(false);
    expect(valid('bytes 0-4/10', 'bytes 5-9/*')).to.equal(false);
    expect(valid('bytes 0-4/*', 'bytes 5-9/11')).to.equal(true);
  });
});
