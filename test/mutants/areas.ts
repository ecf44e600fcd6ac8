/** A part of the code, and the tests that have to notice whatever is changed in it. */
export interface Area {
  mutate: readonly string[];
  tests: readonly string[];
  /** Which share of its inputs each property is tried with. */
  inputs: number;
  /** The share of mutants that must be noticed, in percent; 95 is wanted everywhere. */
  atLeast: number;
  /** Files of which no mutant at all may survive: they decide who may approve, and what may be begun at all. */
  none?: readonly string[];
}

const runs = (...names: string[]): string[] => names.map((name) => `src/runs/${name}.ts`);
const testsOfRuns = (...names: string[]): string[] =>
  names.map((name) => `test/runs/${name}.test.ts`);

/**
 * The state machine of runs: the states, the one way of changing a run, whatever asks for another state, and
 * what says whether a run may go on. First what leads to the beginning, then what follows it.
 */
const before = runs(
  'commit',
  'request-run',
  'take-vote',
  'cancel-run',
  'expire-run',
  'begin-end',
  'claim-run',
  'recheck',
  'recheck-parent',
  'replan',
  'run-incident',
  'end-requests-of',
);
const after = [
  'src/core/run.ts',
  ...runs(
    'drive-run',
    'execute-run',
    'run-step',
    'verify-run',
    'compensate-run',
    'recover-run',
    'sweep',
  ),
];

/** What is mutated, by name. */
export const areas: Readonly<Record<string, Area>> = {
  permissions: {
    mutate: ['src/permissions/**/*.ts'],
    tests: [
      'test/permissions/**/*.test.ts',
      'test/config/break-glass.test.ts',
      'test/runs/break-glass.test.ts',
      'test/runs/incident-required.test.ts',
      'test/runs/windows.test.ts',
    ],
    inputs: 0.1,
    atLeast: 95,
    none: [
      'src/permissions/approval.ts',
      'src/permissions/at-least.ts',
      'src/permissions/break-glass.ts',
      'src/permissions/incident-for-run.ts',
      'src/permissions/matching.ts',
      'src/permissions/may-decide.ts',
      'src/permissions/may-read-incident.ts',
      'src/permissions/may-stop.ts',
      'src/permissions/narrow.ts',
      'src/permissions/wants-step-up.ts',
      'src/permissions/who-may.ts',
    ],
  },
  'plan hash': {
    mutate: runs('canonical-json', 'plan-hash', 'plan-differences'),
    tests: testsOfRuns('plan-differences', 'plan-hash'),
    inputs: 0.1,
    atLeast: 95,
  },
  'runs before they begin': {
    mutate: before,
    tests: testsOfRuns(
      'commit',
      'expiring',
      'claiming',
      'requesting',
      'rechecking',
      'recheck-parent',
      'beginning-ends',
      'recovering',
      'limits',
      'claims',
      'step-up',
      'policy',
      'stopped',
      'break-glass',
      'records',
      'runner',
      'everywhere',
      'endings',
      'end-requests-of',
      'incident-required',
      'escalating',
      'windows',
      'dependencies',
    ),
    inputs: 0.1,
    atLeast: 95,
    none: runs('run-incident'),
  },
  'runs that have begun': {
    mutate: after,
    tests: testsOfRuns(
      'executing',
      'recovering',
      'late-result',
      'commit',
      'stopped',
      'records',
      'runner',
    ),
    inputs: 0.1,
    atLeast: 95,
  },
  grammar: {
    mutate: ['src/handlers/grammar/*.ts'],
    tests: [
      'test/handlers/grammar/parse.test.ts',
      'test/handlers/grammar/meant.test.ts',
      'test/handlers/grammar/refused.test.ts',
      'test/handlers/grammar/elsewhere.test.ts',
      'test/handlers/grammar/operands.test.ts',
      'test/handlers/grammar/help-flag.test.ts',
      'test/handlers/grammar/shape.test.ts',
      'test/handlers/grammar/dependency.test.ts',
    ],
    inputs: 0.05,
    atLeast: 95,
  },
  escaping: {
    mutate: ['src/views/escape.ts', 'src/views/clip.ts', 'src/views/code.ts', 'src/views/prose.ts'],
    tests: [
      'test/views/clip.test.ts',
      'test/views/escape.test.ts',
      'test/views/prose.test.ts',
      'test/properties/escaping.test.ts',
    ],
    inputs: 0.02,
    atLeast: 95,
  },
};

/** The area that `AREA` names. */
export function chosenArea(): Area {
  const area = areas[process.env.AREA ?? ''];
  if (!area) throw new Error(`AREA is one of ${Object.keys(areas).join(', ')}`);
  return area;
}
