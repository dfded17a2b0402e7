import {visibleText} from './visible-text.js';

/** The last segment of a path, as Network's Name column shows it. */
export function formatUrlName(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    return visibleText(url, 200);
  }
  const path = parsed.pathname.replace(/\/$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  return visibleText((name === '' ? parsed.host : name) + parsed.search, 200);
}

/** A caller's place in a script, out of one line of a V8 or Gecko stack. */
export interface StackFrame {
  readonly functionName: string;
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

const V8 = /^\s*at (?:(.*?) \()?(.+?):(\d+):(\d+)\)?$/;
const GECKO = /^(.*?)@(.+?):(\d+):(\d+)$/;

/** Frames that can be read; other lines are left out. */
export function parseStack(stack: string): readonly StackFrame[] {
  return stack
    .slice(0, 8_192)
    .split('\n')
    .flatMap((line) => {
      const match = V8.exec(line) ?? GECKO.exec(line);
      if (match === null) return [];
      const [, name = '', url = '', row, column] = match;
      return [
        {functionName: name, url, line: Number(row), column: Number(column)},
      ];
    });
}

/** `app.js:41 download()` */
export function formatFrame(frame: StackFrame): string {
  const place = `${formatUrlName(frame.url)}:${frame.line}`;
  return frame.functionName === ''
    ? place
    : `${place} ${visibleText(frame.functionName, 80)}()`;
}
