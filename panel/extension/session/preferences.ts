/** What this extension remembers from one DevTools window to the next. */
export interface Preferences {
  /** Absent until the user has seen the panel once. */
  readonly recording: boolean | undefined;
  readonly preserveLog: boolean;
}

const KEYS = {recording: 'bgf-recording', preserveLog: 'bgf-preserve-log'};

export const readPreferences = (): Preferences => {
  const recording = localStorage.getItem(KEYS.recording);
  return {
    recording: recording === null ? undefined : recording === 'on',
    preserveLog: localStorage.getItem(KEYS.preserveLog) === 'on',
  };
};

export const remember = (name: keyof Preferences, value: boolean): void =>
  localStorage.setItem(KEYS[name], value ? 'on' : 'off');
