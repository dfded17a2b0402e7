/** What a link between this browser and its servers is like. */
export interface NetworkProfile {
  readonly name: string;
  /** Bytes per second; absent: as many as the network behind it brings. */
  readonly download?: number;
  /** Bytes per second; absent: as many as the network behind it takes. */
  readonly upload?: number;
  /**
   * Milliseconds from the last byte of a request to the first of its response,
   * at least; absent: 0. It is what Chrome's throttling calls latency.
   */
  readonly latency?: number;
  /** Milliseconds that the latency is off by at most, either way; absent: 0. */
  readonly jitter?: number;
  readonly loss?: PacketLoss;
  /** Whether there is no connection at all. */
  readonly offline?: boolean;
}

/**
 * Lost packets, as a download feels them: nothing of it comes until the packet
 * has been sent again. Its siblings are not held up.
 */
export interface PacketLoss {
  /** The probability, from 0 to below 1, that a packet of 1,500 bytes is lost. */
  readonly rate: number;
  /** Milliseconds until it has been sent again; absent: 200. */
  readonly stall?: number;
}

/** Bytes of a packet: an Ethernet frame's, and those of Chromium's throttle. */
export const PACKET_BYTES = 1_500;

/** Milliseconds; the least that Linux waits before it sends a packet again. */
export const DEFAULT_STALL_MS = 200;

/** The link as it is. */
export const NO_THROTTLING: NetworkProfile = {name: 'No throttling'};

/** Whether a link of this profile is as if it were not there. */
export function isNeutral(profile: NetworkProfile): boolean {
  return (
    profile.download === undefined &&
    profile.upload === undefined &&
    (profile.latency ?? 0) === 0 &&
    (profile.loss?.rate ?? 0) === 0 &&
    profile.offline !== true
  );
}
