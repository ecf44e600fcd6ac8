import { matchesGlob, relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { chosenArea } from './areas.ts';

/** Runs the test files of an area in the order in which it names them: the first to notice ends it. */
export class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { tests } = chosenArea();
    const place = ({ moduleId }: TestSpecification): number => {
      const file = relative(process.cwd(), moduleId);
      return tests.findIndex((pattern) => matchesGlob(file, pattern));
    };
    return files.toSorted((one, other) => place(one) - place(other));
  }
}
