const KEY = 'bgf-recording';

/**
 * Whether to record, as the user left it; `undefined` until the panel was seen
 * once. It holds for the next DevTools window as well.
 */
export const wantsRecording = (): boolean | undefined => {
  const recording = localStorage.getItem(KEY);
  return recording === null ? undefined : recording === 'on';
};

export const rememberRecording = (wanted: boolean): void =>
  localStorage.setItem(KEY, wanted ? 'on' : 'off');
