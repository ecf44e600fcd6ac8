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
  'asking/request-run',
  'voting/take-vote',
  'ending/cancel-run',
  'voting/expire-run',
  'ending/begin-end',
  'claiming/claim-run',
  'voting/recheck',
  'voting/recheck-parent',
  'claiming/replan',
  'asking/run-incident',
  'ending/end-requests-of',
);
const after = [
  'src/core/run.ts',
  ...runs(
    'executing/drive-run',
    'executing/execute-run',
    'executing/run-step',
    'executing/verify-run',
    'executing/compensate-run',
    'recovering/recover-run',
    'recovering/sweep',
  ),
];

/** What is mutated, by name. */
export const areas: Readonly<Record<string, Area>> = {
  permissions: {
    mutate: ['src/permissions/**/*.ts'],
    tests: [
      'test/permissions/**/*.test.ts',
      'test/config/break-glass.test.ts',
      'test/runs/asking/break-glass.test.ts',
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
    mutate: runs('planning/canonical-json', 'planning/plan-hash', 'planning/plan-differences'),
    tests: testsOfRuns('planning/plan-differences', 'planning/plan-hash'),
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
      'voting/recheck-parent',
      'beginning-ends',
      'recovering',
      'limits',
      'claims',
      'step-up',
      'policy',
      'stopped',
      'asking/break-glass',
      'records',
      'runner',
      'planning/everywhere',
      'ending/endings',
      'ending/end-requests-of',
      'incident-required',
      'escalating',
      'windows',
      'dependencies',
    ),
    inputs: 0.1,
    atLeast: 95,
    none: runs('asking/run-incident'),
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
      'test/handlers/grammar/dependency-word.test.ts',
      'test/handlers/grammar/complaints.test.ts',
    ],
    inputs: 0.05,
    atLeast: 95,
  },
  escaping: {
    mutate: [
      'src/views/text/escape.ts',
      'src/views/text/clip.ts',
      'src/views/text/code.ts',
      'src/views/text/prose.ts',
    ],
    tests: [
      'test/views/text/clip.test.ts',
      'test/views/text/escape.test.ts',
      'test/views/text/prose.test.ts',
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
