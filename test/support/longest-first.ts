import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, longest first: begun last, it would go on alone when all else has ended. */
const longest = [
  'runs/simulator/faults',
  'runs/killed/embedded',
  'runs/simulator/postgres',
  'runs/killed/postgres',
  'store/killed',
  'runs/simulator/simulator',
  'workspace/page/page',
  'runs/simulator/embedded',
  'store/embedded',
  'store/audit-command',
  'stories/runs-killed',
];

/** Begins with the test files that take longest, also where nothing is known of an earlier run. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return at === -1 ? longest.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}
