import type {TestRunnerPlugin} from '@web/test-runner';

/**
 * @tanstack/virtual-core asks `process.env.NODE_ENV`, which bundlers replace and
 * browsers do not have.
 */
export const nodeEnv: TestRunnerPlugin = {
  name: 'node-env',
  transform: ({path, body}) =>
    path.includes('/virtual-core/') && typeof body === 'string'
      ? body.replaceAll('process.env.NODE_ENV', "'production'")
      : undefined,
};
