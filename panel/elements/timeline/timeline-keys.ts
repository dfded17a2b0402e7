/** What the keys of the timeline do. */
export interface KeyTarget {
  /** Makes another row the active one: so many rows on. */
  readonly moveBy: (rows: number) => void;
  readonly moveToParent: () => void;
  /** Rows that are in view at once. */
  readonly page: () => number;
  /** Folds or unfolds; false if there is nothing to change. */
  readonly toggle: (isOpen: boolean) => boolean;
  readonly select: () => void;
  /** Closes what is open; false if nothing is. */
  readonly close: () => boolean;
  readonly zoom: (factor: number) => void;
  readonly pan: (share: number) => void;
  readonly fit: () => void;
  readonly follow: () => void;
}

/** True if the key was one of ours. */
export function pressKey(event: KeyboardEvent, target: KeyTarget): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  return event.shiftKey
    ? pressWithShift(event.key, target)
    : pressAlone(event.key, target);
}

function pressWithShift(key: string, target: KeyTarget): boolean {
  if (key === '+') target.zoom(0.8);
  else if (key === 'ArrowLeft') target.pan(-0.1);
  else if (key === 'ArrowRight') target.pan(0.1);
  else return false;
  return true;
}

function pressAlone(key: string, target: KeyTarget): boolean {
  switch (key) {
    case 'ArrowDown':
      target.moveBy(1);
      return true;
    case 'ArrowUp':
      target.moveBy(-1);
      return true;
    case 'PageDown':
      target.moveBy(target.page());
      return true;
    case 'PageUp':
      target.moveBy(-target.page());
      return true;
    case 'Home':
      target.moveBy(-Infinity);
      return true;
    case 'End':
      target.moveBy(Infinity);
      return true;
    case 'ArrowRight':
      if (!target.toggle(true)) target.moveBy(1);
      return true;
    case 'ArrowLeft':
      if (!target.toggle(false)) target.moveToParent();
      return true;
    case 'Enter':
    case ' ':
      target.select();
      return true;
    case 'Escape':
      return target.close();
    case '+':
    case '=':
      target.zoom(0.8);
      return true;
    case '-':
      target.zoom(1.25);
      return true;
    case '0':
      target.fit();
      return true;
    case 'f':
      target.follow();
      return true;
    default:
      return false;
  }
}
