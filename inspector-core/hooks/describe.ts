/**
 * Platform objects as plain data, clipped to what the protocol takes. Never
 * throws, never runs the page's code (an accessor or an iterator of the page is
 * left alone), never reads a body. What cannot be described is left out.
 */
import {LIMITS} from '../protocol/limits.js';
import type {
  ErrorDescription,
  HeaderList,
  IconDescription,
  QueryOptionsDescription,
  RequestDescription,
  ResponseDescription,
  UIOptionsDescription,
} from '../protocol/protocol.js';
import {clip} from './clip.js';
import {
  dataOf,
  eachMember,
  isArray,
  isFinite,
  isObject,
  ownDescriptor,
  push,
} from '../platform/primordials.js';
import {
  eachHeader,
  readException,
  readHref,
  readRequest,
  readResponse,
  resolveUrl,
} from '../platform/readers.js';

const text = (value: string): string => clip(value, LIMITS.text);
const longText = (value: string): string => clip(value, LIMITS.longText);

/** Text as the platform would make it, of values that no code runs for. */
function primitiveText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
    case 'bigint':
    case 'undefined':
      return `${value}`;
    default:
      return value === null ? 'null' : undefined;
  }
}

/** Empty for an object that the browser would have to run code of to read. */
export const describeId = (id: unknown): string =>
  longText(primitiveText(id) ?? '');

export const describeUrl = (url: string): string => longText(url);

/** What an HTTP response begins with. */
export const describeStatusLine = (status: number, text: string): string =>
  longText(text === '' ? `${status}` : `${status} ${text}`);

export const describeName = (name: unknown): string =>
  text(typeof name === 'string' ? name : '');

/** A thrown value, which may be anything. */
export function describeError(reason: unknown): ErrorDescription {
  if (!isObject(reason)) {
    return {
      name: typeof reason,
      message: longText(primitiveText(reason) ?? ''),
    };
  }
  try {
    return {
      name: text(readException.name(reason)),
      message: longText(readException.message(reason)),
    };
  } catch {
    // No DOMException.
  }
  try {
    const name = dataOf(reason, 'name');
    const message = dataOf(reason, 'message');
    return {
      name: text(typeof name === 'string' ? name : 'Error'),
      message: longText(typeof message === 'string' ? message : ''),
    };
  } catch {
    return {name: 'Error', message: ''};
  }
}

/** Headers that are data already. */
export function describeHeaderList(headers: HeaderList): HeaderList {
  const list: [string, string][] = [];
  eachMember(headers, LIMITS.list, (header) => {
    const pair = header as HeaderList[number];
    push(list, [longText(pair[0]), longText(pair[1])]);
  });
  return list;
}

function describeHeaders(headers: object): HeaderList {
  const list: [string, string][] = [];
  eachHeader(headers, (value, name) => {
    if (list.length < LIMITS.list)
      push(list, [longText(name), longText(value)]);
  });
  return list;
}

/** @throws TypeError if it is no Request. */
export function describeRequest(request: object): RequestDescription {
  const method = readRequest.method(request);
  return {
    url: longText(readRequest.url(request)),
    method: text(method),
    headers: describeHeaders(readRequest.headers(request)),
    mode: text(readRequest.mode(request)),
    credentials: text(readRequest.credentials(request)),
    hasBody: method !== 'GET' && method !== 'HEAD' && hasBody(request),
  };
}

function hasBody(request: object): boolean {
  try {
    return isObject(readRequest.body(request));
  } catch {
    // A browser without Request.prototype.body: a method that takes a body is
    // the best sign that there is.
    return true;
  }
}

/** What `new Request(value)` would be, if that can be told without making it. */
export function describeRequestInfo(
  value: unknown,
  base: string,
): RequestDescription | undefined {
  const url = primitiveText(value) ?? hrefOf(value);
  if (url !== undefined) {
    return {
      url: longText(resolveUrl(url, base)),
      method: 'GET',
      headers: [],
      hasBody: false,
    };
  }
  try {
    return isObject(value) ? describeRequest(value) : undefined;
  } catch {
    return undefined;
  }
}

function hrefOf(value: unknown): string | undefined {
  try {
    return isObject(value) ? readHref(value) : undefined;
  } catch {
    return undefined;
  }
}

/** The second argument of fetch(): one request, or an array of them. */
export function describeRequests(
  value: unknown,
  base: string,
): readonly RequestDescription[] {
  const list: RequestDescription[] = [];
  const add = (member: unknown): void => {
    const request = describeRequestInfo(member, base);
    if (request !== undefined) push(list, request);
  };
  // Other iterables are left alone: reading a generator would use it up.
  if (isArray(value)) eachMember(value, LIMITS.list, add);
  else add(value);
  return list;
}

/** @throws TypeError if it is no Response. */
export function describeResponse(response: object): ResponseDescription {
  return {
    url: longText(own(response, 'url', readResponse.url(response))),
    status: readResponse.status(response),
    statusText: longText(readResponse.statusText(response)),
    responseType: text(own(response, 'type', readResponse.type(response))),
    redirected: own(response, 'redirected', readResponse.redirected(response)),
    headers: describeHeaders(readResponse.headers(response)),
  };
}

/** The engine's responses say of themselves what a constructor cannot give. */
function own<T>(response: object, name: string, native: T): T {
  const descriptor = ownDescriptor(response, name);
  if (descriptor === undefined) return native;
  const value: unknown = descriptor.value;
  return typeof value === typeof native ? (value as T) : native;
}

const textMember = (owner: unknown, name: string): string | undefined => {
  const value = dataOf(owner, name);
  return value === undefined ? undefined : primitiveText(value);
};

function describeIcon(icon: unknown): IconDescription | undefined {
  const src = textMember(icon, 'src');
  if (src === undefined) return undefined;
  const sizes = textMember(icon, 'sizes');
  const mediaType = textMember(icon, 'type');
  const label = textMember(icon, 'label');
  return {
    src: longText(src),
    ...(sizes !== undefined && {sizes: text(sizes)}),
    ...(mediaType !== undefined && {mediaType: text(mediaType)}),
    ...(label !== undefined && {label: text(label)}),
  };
}

/** The options of fetch() and updateUI(). */
export function describeUIOptions(
  options: unknown,
): UIOptionsDescription | undefined {
  if (!isObject(options)) return undefined;
  const title = textMember(options, 'title');
  const icons = dataOf(options, 'icons');
  const downloadTotal = dataOf(options, 'downloadTotal');
  return {
    ...(title !== undefined && {title: text(title)}),
    ...(isArray(icons) && {icons: describeIcons(icons)}),
    ...(typeof downloadTotal === 'number' &&
      isFinite(downloadTotal) && {downloadTotal}),
  };
}

function describeIcons(icons: readonly unknown[]): readonly IconDescription[] {
  const list: IconDescription[] = [];
  eachMember(icons, LIMITS.list, (icon) => {
    const described = describeIcon(icon);
    if (described !== undefined) push(list, described);
  });
  return list;
}

/** The options of match() and matchAll(). */
export function describeQueryOptions(
  options: unknown,
): QueryOptionsDescription | undefined {
  if (!isObject(options)) return undefined;
  const ignoreSearch = dataOf(options, 'ignoreSearch');
  const ignoreMethod = dataOf(options, 'ignoreMethod');
  const ignoreVary = dataOf(options, 'ignoreVary');
  return {
    ...(ignoreSearch !== undefined && {ignoreSearch: !!ignoreSearch}),
    ...(ignoreMethod !== undefined && {ignoreMethod: !!ignoreMethod}),
    ...(ignoreVary !== undefined && {ignoreVary: !!ignoreVary}),
  };
}
