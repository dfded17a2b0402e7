import {relative} from 'node:path';
import {noTests, type Result} from './results.js';

/** An event of Node's test runner: one line of what `report-node.mjs` leaves. */
type NodeEvent =
  | {readonly type: 'test:start'; readonly data: NodeTest}
  | {readonly type: 'test:pass' | 'test:fail'; readonly data: EndedTest}
  | {readonly type: 'test:enqueue' | 'test:complete' | 'test:diagnostic'};

interface NodeTest {
  readonly name: string;
  readonly nesting: number;
}

interface EndedTest extends NodeTest {
  readonly file: string;
  /** True, or why. */
  readonly skip?: unknown;
  readonly details: {
    readonly type?: 'suite' | 'test';
    readonly error?: {readonly message: string; readonly failureType: string};
  };
}

/** Results by file; suites are no tests of their own. */
export function readNodeResults(text: string, root: string): readonly Result[] {
  const results = new Map<string, Result>();
  const path: string[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const event = JSON.parse(line) as NodeEvent;
    if (event.type === 'test:start') {
      path.splice(event.data.nesting, Infinity, event.data.name);
    }
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const {file, nesting, name} = event.data;
    const before = results.get(file) ?? noTests(relative(root, file));
    const test =
      name === file
        ? 'the file'
        : [...path.slice(0, nesting), name].join(' > ');
    results.set(file, addTest(before, event.data, test));
  }
  return [...results.values()];
}

function addTest(result: Result, ended: EndedTest, test: string): Result {
  const {skip, details} = ended;
  const {type, error} = details;
  // One that failed because of those in it has not failed itself.
  const isOwn = type !== 'suite' && error?.failureType !== 'subtestsFailed';
  if (!isOwn) return result;
  if (skip !== undefined) return {...result, skipped: result.skipped + 1};
  if (error === undefined) return {...result, passed: result.passed + 1};
  const failures = [...result.failures, {test, message: error.message}];
  return {...result, failures};
}
