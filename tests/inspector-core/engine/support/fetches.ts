import type {
  NewFetch,
  StoredRequest,
} from '../../../../inspector-core/engine/storage/fetch-storage.js';

export function newFetch(options: Partial<NewFetch> = {}): NewFetch {
  return {
    scope: 'https://example.com/',
    id: 'podcast',
    downloadTotal: 0,
    title: undefined,
    icons: [],
    createdAt: 0,
    ...options,
  };
}

export function storedRequest(
  options: Partial<StoredRequest> = {},
): StoredRequest {
  return {
    url: 'https://example.com/file',
    method: 'GET',
    headers: [],
    mode: 'cors',
    credentials: 'same-origin',
    cache: 'default',
    redirect: 'follow',
    referrer: 'about:client',
    referrerPolicy: '',
    integrity: '',
    bodyLength: undefined,
    ...options,
  };
}

/** Bytes that tell where they begin: `first`, `first + 1`, … */
export function bytes(first: number, length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({length}, (_, index) => (first + index) % 251);
}
