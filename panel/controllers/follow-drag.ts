/**
 * Follows a pointer that went down on a handle, wherever it goes, until it is
 * let go. Buttons but the main one drag nothing.
 */
export function followDrag(
  handle: HTMLElement,
  down: PointerEvent,
  handleMove: (move: PointerEvent) => void,
): void {
  if (down.button !== 0) return;
  handle.setPointerCapture(down.pointerId);
  const ended = new AbortController();
  const {signal} = ended;
  handle.addEventListener('pointermove', handleMove, {signal});
  handle.addEventListener('lostpointercapture', () => ended.abort(), {signal});
}
