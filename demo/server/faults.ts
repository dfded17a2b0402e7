/** What the query of a URL asks the server to do to this answer. */
export interface Faults {
  /** Bytes a second; undefined is as fast as it goes. */
  readonly rate: number | undefined;
  /** Milliseconds before the headers. */
  readonly latency: number;
  /** The connection breaks after this many bytes of this answer's body. */
  readonly drop: number | undefined;
  /** By a TCP reset, which loses what is on its way, instead of a clean end. */
  readonly reset: boolean;
  /** Answer with this status and a short text. */
  readonly status: number | undefined;
  readonly retryAfter: string | undefined;
  readonly ranges: boolean;
  readonly etag: 'stable' | 'none' | 'changing';
  /** False sends the body in chunks, without Content-Length. */
  readonly length: boolean;
  readonly cors: boolean;
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

/** Reads `1500`, `300k`, `8M`, `64Ki`; undefined when it is no such number. */
export function parseBytes(text: string | null): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(k|M|G|Ki|Mi|Gi)?$/.exec(text ?? '');
  if (match === null) return undefined;
  return Math.floor(Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1));
}

/**
 * Reads the faults of one attempt. `drops` and `fails` say how many attempts
 * on this URL go wrong: 1 and "always" when they are not given, because a
 * dropped file that never comes is the rarer wish, and so is a 404 that heals.
 */
export function parseFaults(
  query: URLSearchParams,
  attempt: number,
  size: number,
): Faults {
  const status = Number(query.get('status') ?? Number.NaN);
  const etag = query.get('etag');
  return {
    rate: parseBytes(query.get('rate')),
    latency: Number(query.get('latency') ?? 0) || 0,
    drop:
      attempt <= parseTimes(query.get('drops'), 1)
        ? parseOffset(query.get('drop'), size)
        : undefined,
    reset: query.get('reset') === '1',
    status:
      status >= 200 &&
      status <= 599 &&
      attempt <= parseTimes(query.get('fails'), Infinity)
        ? status
        : undefined,
    retryAfter: query.get('retryAfter') ?? undefined,
    ranges: query.get('range') !== 'no',
    etag: etag === 'changing' ? etag : etag === 'no' ? 'none' : 'stable',
    length: query.get('length') !== 'no',
    cors: query.get('cors') === '1',
  };
}

function parseTimes(text: string | null, otherwise: number): number {
  if (text === null) return otherwise;
  return text === 'always' ? Infinity : Number(text) || 0;
}

function parseOffset(text: string | null, size: number): number | undefined {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text ?? '');
  if (percent === null) return parseBytes(text);
  return Math.floor((Number(percent[1]) / 100) * size);
}
