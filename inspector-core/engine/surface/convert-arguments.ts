import type {MatchOptions} from '../algorithms/request-matches-cached-item.js';
import type {
  BackgroundFetchUIOptions,
  ImageResource,
} from '../../platform/background-fetch.js';
import {readRequest} from '../../platform/readers.js';
import type {SurfaceRules} from '../profile/surface-rules.js';
import type {StartOptions} from '../registration/active-fetches.js';
import {
  toDictionary,
  toDOMString,
  toSequence,
  toUnsignedLongLong,
  toUSVString,
  type ReadMember,
} from './web-idl.js';

/** `(RequestInfo or sequence<RequestInfo>)`, as a list. */
export function toRequestInfos(value: unknown): RequestInfo[] {
  if (isRequest(value)) return [value];
  return toSequence(value, toRequestInfo) ?? [toRequestInfo(value)];
}

export function toRequestInfo(value: unknown): RequestInfo {
  return isRequest(value) ? value : toUSVString(value);
}

/** Of any realm, which `instanceof` would not see. */
function isRequest(value: unknown): value is Request {
  try {
    readRequest.url(value as object);
    return true;
  } catch {
    return false;
  }
}

export function toFetchOptions(
  value: unknown,
  surface: SurfaceRules,
): StartOptions {
  const read = toDictionary(value, 'BackgroundFetchOptions');
  // Inherited members first, each dictionary's in alphabetical order.
  const options = readUIOptions(read, surface);
  const downloadTotal = read('downloadTotal', toUnsignedLongLong) ?? 0;
  return {...options, downloadTotal};
}

export function toUIOptions(
  value: unknown,
  surface: SurfaceRules,
): BackgroundFetchUIOptions {
  const read = toDictionary(value, 'BackgroundFetchUIOptions');
  return readUIOptions(read, surface);
}

export function toMatchOptions(value: unknown): MatchOptions {
  const read = toDictionary(value, 'CacheQueryOptions');
  return {
    ignoreMethod: read('ignoreMethod', Boolean) ?? false,
    ignoreSearch: read('ignoreSearch', Boolean) ?? false,
    ignoreVary: read('ignoreVary', Boolean) ?? false,
  };
}

function readUIOptions(
  read: ReadMember,
  surface: SurfaceRules,
): BackgroundFetchUIOptions {
  const icons = read('icons', (value) => {
    const list = toSequence(value, (icon) => toImageResource(icon, surface));
    if (list === undefined) {
      throw new TypeError(
        'The provided value cannot be converted to a sequence.',
      );
    }
    return list;
  });
  const title = read('title', toDOMString);
  return {
    ...(icons === undefined ? {} : {icons}),
    ...(title === undefined ? {} : {title}),
  };
}

function toImageResource(
  value: unknown,
  {readsIconLabels}: SurfaceRules,
): ImageResource {
  const read = toDictionary(value, 'ImageResource');
  const label = readsIconLabels ? read('label', toDOMString) : undefined;
  const sizes = read('sizes', toDOMString);
  const src = read('src', toUSVString);
  if (src === undefined) {
    throw new TypeError(
      "Failed to read the 'src' property from 'ImageResource': Required member is undefined.",
    );
  }
  const type = read('type', toDOMString);
  return {
    src,
    ...(sizes === undefined ? {} : {sizes}),
    ...(type === undefined ? {} : {type}),
    ...(label === undefined ? {} : {label}),
  };
}
