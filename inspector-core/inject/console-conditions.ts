import type {
  ConditionsFile,
  ConditionsState,
  LinkSharing,
  Permission,
} from '../conditions/conditions.js';

/**
 * `bgfInspector.conditions`, for a script or the console. Each resolves when the
 * workers have it, and rejects if one refuses it.
 */
export interface ConsoleConditions {
  apply(file: ConditionsFile): Promise<void>;
  reset(): Promise<void>;
  setProfile(profile: ConditionsFile['profile']): Promise<void>;
  setOffline(offline: boolean): Promise<void>;
  setLinks(links: LinkSharing): Promise<void>;
  setRules(rules: ConditionsFile['rules']): Promise<void>;
  setSchedule(schedule?: ConditionsFile['schedule']): Promise<void>;
  setSeed(seed: number): Promise<void>;
  setPermission(permission?: Permission): Promise<void>;
  setQuota(quota?: number): Promise<void>;
  /** What comes of them, of each worker. */
  state(): Promise<readonly ConditionsState[]>;
  /** What is set, as `apply` takes it. */
  read(): Promise<ConditionsFile>;
}
