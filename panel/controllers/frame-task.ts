/** Work for the next frame, once, however often it is asked for. */
export interface FrameTask {
  readonly schedule: () => void;
  readonly cancel: () => void;
}

export function createFrameTask(run: () => void): FrameTask {
  let frame: number | undefined;
  return {
    schedule: () => {
      frame ??= requestAnimationFrame(() => {
        frame = undefined;
        run();
      });
    },
    cancel: () => {
      if (frame !== undefined) cancelAnimationFrame(frame);
      frame = undefined;
    },
  };
}
