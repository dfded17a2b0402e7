/**
 * Options, set before the script runs. A free identifier, not a property: a
 * page sets `globalThis.bgfInspector`, and the extension wraps the script in a
 * function that has a variable of this name, which the page never sees.
 */
declare const bgfInspector: unknown;

export interface InjectOptions {
  /** Who may call the hook: the debugger that injected it, or panels here. */
  readonly channel: 'debugger' | 'broadcast';
  /** Whether scripts of the realm may have run before; absent: found out. */
  readonly timing?: 'before-scripts' | 'late';
  /** False leaves the realm alone: the script is there, but does nothing. */
  readonly record: boolean;
}

/** What was asked for; anything unknown counts as not said. */
export function readOptions(): InjectOptions {
  const options: unknown =
    typeof bgfInspector === 'undefined' ? undefined : bgfInspector;
  const option = (name: string): unknown =>
    typeof options === 'object' && options !== null
      ? Reflect.get(options, name)
      : undefined;
  const timing = option('timing');
  return {
    channel: option('channel') === 'debugger' ? 'debugger' : 'broadcast',
    record: option('record') !== false,
    ...(timing === 'before-scripts' || timing === 'late' ? {timing} : {}),
  };
}
