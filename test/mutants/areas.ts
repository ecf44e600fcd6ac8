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

/** What moves a run from one state to the next, and what says whether it may. */
const lifeOfRuns = [
  'begin-end',
  'cancel-run',
  'canonical-json',
  'check-limits',
  'claim-run',
  'commit',
  'compensate-run',
  'drive-run',
  'endings',
  'execute-run',
  'expire-run',
  'fixed-end',
  'people',
  'plan-hash',
  'recheck',
  'recheck-parent',
  'recover-run',
  'replan',
  'run-step',
  'sweep',
  'take-vote',
  'verify-run',
  'why-stopped',
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
  runs: {
    mutate: [...lifeOfRuns.map((name) => `src/runs/${name}.ts`), 'src/core/run.ts'],
    tests: ['test/runs/!(life).test.ts', 'test/mutants/schedules.test.ts'],
    inputs: 0.1,
    atLeast: 95,
  },
  grammar: {
    mutate: ['src/handlers/grammar/*.ts'],
    tests: [
      'test/handlers/grammar/*.test.ts',
      'test/handlers/desk.test.ts',
      'test/handlers/action-command.test.ts',
      'test/properties/grammar.test.ts',
      'test/properties/operands.test.ts',
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
