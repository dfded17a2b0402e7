/** Work for the next frame, once, however often it is asked for. */
export interface FrameTask {
  readonly schedule: () => void;
  readonly cancel: () => void;
}

/**
 * Milliseconds between two drawings of what changes all the time: nobody reads
 * faster, and the same thread has to take in what is drawn.
 */
export const DRAWING_REST = 48;

/** With a `rest`, no sooner than so many milliseconds after the last time. */
export function createFrameTask(run: () => void, rest = 0): FrameTask {
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = -Infinity;
  const step = (): void => {
    timer = undefined;
    frame = requestAnimationFrame(() => {
      frame = undefined;
      last = performance.now();
      run();
    });
  };
  return {
    schedule: () => {
      if (frame !== undefined || timer !== undefined) return;
      const left = last + rest - performance.now();
      // Not by frames: asking for one that shows nothing new costs a paint.
      if (left > 0) timer = setTimeout(step, left);
      else step();
    },
    cancel: () => {
      if (frame !== undefined) cancelAnimationFrame(frame);
      clearTimeout(timer);
      frame = undefined;
      timer = undefined;
    },
  };
}
