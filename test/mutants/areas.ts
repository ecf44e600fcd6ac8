/** A part of the code, and the tests that have to notice whatever is changed in it. */
export interface Area {
  mutate: readonly string[];
  tests: readonly string[];
  /** Which share of its inputs each property is tried with. */
  inputs: number;
  /** The share of mutants that must be noticed, in percent; 95 is wanted everywhere. */
  atLeast: number;
  /** Files of which no mutant at all may survive: they decide who may approve. */
  none?: readonly string[];
}

/**
 * The state machine of runs: the states, the one way of changing a run, whatever asks for another state, and
 * what says whether a run may go on.
 */
const stateMachine = [
  'src/core/run.ts',
  ...[
    'commit',
    'request-run',
    'take-vote',
    'cancel-run',
    'expire-run',
    'begin-end',
    'drive-run',
    'claim-run',
    'recheck',
    'recheck-parent',
    'replan',
    'execute-run',
    'run-step',
    'verify-run',
    'compensate-run',
    'recover-run',
    'sweep',
  ].map((name) => `src/runs/${name}.ts`),
];

/** What is mutated, by name. */
export const areas: Readonly<Record<string, Area>> = {
  permissions: {
    mutate: ['src/permissions/**/*.ts'],
    tests: [
      'test/permissions/**/*.test.ts',
      'test/config/break-glass.test.ts',
      'test/runs/break-glass.test.ts',
    ],
    inputs: 0.1,
    atLeast: 94,
    none: [
      'src/permissions/approval.ts',
      'src/permissions/at-least.ts',
      'src/permissions/matching.ts',
    ],
  },
  'plan hash': {
    mutate: ['src/runs/canonical-json.ts', 'src/runs/plan-hash.ts', 'src/runs/plan-differences.ts'],
    tests: ['test/runs/plan-hash.test.ts'],
    inputs: 0.1,
    atLeast: 95,
  },
  runs: {
    mutate: stateMachine,
    tests: [
      'test/runs/commit.test.ts',
      'test/runs/expiring.test.ts',
      'test/runs/claiming.test.ts',
      'test/runs/executing.test.ts',
      'test/runs/recovering.test.ts',
      'test/runs/requesting.test.ts',
      'test/runs/rechecking.test.ts',
      'test/runs/recheck-parent.test.ts',
      'test/runs/beginning-ends.test.ts',
      'test/runs/runner.test.ts',
      'test/runs/records.test.ts',
      'test/runs/step-up.test.ts',
      'test/runs/policy.test.ts',
      'test/runs/stopped.test.ts',
      'test/runs/break-glass.test.ts',
      'test/runs/everywhere.test.ts',
      'test/runs/endings.test.ts',
    ],
    inputs: 0.1,
    atLeast: 95,
  },
  grammar: {
    mutate: ['src/handlers/grammar/*.ts'],
    tests: [
      'test/handlers/grammar/parse.test.ts',
      'test/handlers/grammar/meant.test.ts',
      'test/handlers/grammar/refused.test.ts',
      'test/handlers/grammar/operands.test.ts',
      'test/handlers/grammar/help-flag.test.ts',
      'test/handlers/grammar/shape.test.ts',
    ],
    inputs: 0.05,
    atLeast: 95,
  },
  escaping: {
    mutate: ['src/views/escape.ts', 'src/views/clip.ts', 'src/views/code.ts'],
    tests: [
      'test/views/clip.test.ts',
      'test/views/escape.test.ts',
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
