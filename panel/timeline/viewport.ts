import {lengthOf, panSpan, zoomSpan, type TimeSpan} from './span.js';

/**
 * Which part of the session is in view.
 * - `fit`: all of it, growing in steps, so that nothing creeps under the pointer.
 * - `follow`: as much as the user chose, with the newest at its end.
 * - `free`: where the user went; it stays until they come back.
 */
export type Viewport =
  | {readonly mode: 'fit'}
  | {readonly mode: 'follow'; readonly length: number}
  | {readonly mode: 'free'; readonly span: TimeSpan};

/** Room at the right for what is written behind a lane's end. */
const HEADROOM = 1.16;
const LEAST_LENGTH = 1_000;
/** The axis grows by a quarter at a time. */
const GROWTH = 1.25;

/** The stretch of time to show for a session that lasts from … until now. */
export function resolveViewport(
  viewport: Viewport,
  session: TimeSpan,
): TimeSpan {
  switch (viewport.mode) {
    case 'free':
      return viewport.span;
    case 'follow': {
      const end = session.end + viewport.length * 0.08;
      return {start: end - viewport.length, end};
    }
    case 'fit': {
      const wanted = Math.max(LEAST_LENGTH, lengthOf(session) * HEADROOM);
      const steps = Math.ceil(
        Math.log(wanted / LEAST_LENGTH) / Math.log(GROWTH) - 1e-9,
      );
      const length = LEAST_LENGTH * GROWTH ** steps;
      const start = session.start - length * 0.02;
      return {start, end: start + length};
    }
  }
}

/** Zooming in while following goes on following; else it stays where it is. */
export function zoomViewport(
  viewport: Viewport,
  session: TimeSpan,
  factor: number,
  anchor?: number,
): Viewport {
  const span = resolveViewport(viewport, session);
  if (anchor === undefined && viewport.mode === 'follow') {
    return {mode: 'follow', length: lengthOf(span) * factor};
  }
  const middle = anchor ?? (span.start + span.end) / 2;
  return {mode: 'free', span: zoomSpan(span, factor, middle)};
}

/** By a share of what is in view. */
export function panViewport(
  viewport: Viewport,
  session: TimeSpan,
  share: number,
): Viewport {
  const span = resolveViewport(viewport, session);
  return {
    mode: 'free',
    span: panSpan(span, lengthOf(span) * share, session),
  };
}

/** What is in view, from now on with its newest at the end. */
export const followViewport = (
  viewport: Viewport,
  session: TimeSpan,
): Viewport => ({
  mode: 'follow',
  length: lengthOf(resolveViewport(viewport, session)),
});
