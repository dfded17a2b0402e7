import {expect} from '@esm-bundle/chai';
import {urlRegex} from '../../../../panel/extension/native-rules/url-regex.js';

const BASE = 'http://localhost:3000/';

const PATTERNS = [
  '/media/*',
  '/media/:name',
  '/media/:name?',
  '/a{b}?c',
  '/{x/}*end',
  '/films/*/:part.mp4',
  '/a+b(c)|d^e$f'.replaceAll(/[+(|)]/g, '\\$&'),
  '/search?q=*',
  '/search?',
  '/?*',
  '/page#top',
  '*',
  '*://*:*/*.zip',
  'https://*.example.com/*',
  'https://:sub.example.com/x',
  'http://localhost:*/a',
  'http://localhost/a',
  'http{s}?://example.com/*',
  'https://example.com:8443/*?a=:b',
];

const URLS = [
  '/',
  '/media',
  '/media/',
  '/media/a',
  '/media/a/b?c',
  '/ac',
  '/abc',
  '/end',
  '/x/x/end',
  '/films/1/2.mp4',
  '/films/1/2xmp4',
  '/films/1/2/3.mp4',
  '/a+b(c)|d^e$f',
  '/search',
  '/search?',
  '/search?q=1#x',
  '/search?q=',
  '/page',
  '/page#top',
  '/MEDIA/a',
  'http://localhost:4000/media/a',
  'http://localhost:4000/a',
  'http://localhost/a',
  'https://localhost:3000/media/a',
  'https://example.com/x',
  'https://a.example.com/x',
  'https://a.b.example.com/x',
  'https://example.com:8443/y/z?a=b',
  'https://notexample.com/file.zip',
  'http://[::1]:9/file.zip',
  'http://example.com/file.zip',
].map((url) => new URL(url, BASE).href);

describe('urlRegex', () => {
  for (const text of PATTERNS) {
    it(`fits what ${text} fits`, () => {
      const pattern = new URLPattern(text, BASE);
      const regex = new RegExp(urlRegex(pattern) ?? 'never');
      for (const url of URLS) {
        expect(regex.test(url), url).to.equal(pattern.test(url));
      }
    });

    it(`fits of one origin what ${text} fits there`, () => {
      const pattern = new URLPattern(text, BASE);
      const source = urlRegex(pattern, new URL(BASE).origin);
      const regex = source === undefined ? undefined : new RegExp(source);
      for (const url of URLS) {
        const isWanted = url.startsWith(BASE) && pattern.test(url);
        expect(regex?.test(url) ?? false, url).to.equal(isWanted);
      }
    });
  }
});
