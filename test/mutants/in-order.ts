import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { chosenArea } from './areas.ts';

/** Runs the test files of an area in the order in which it names them: the first to notice ends it. */
export class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { tests } = chosenArea();
    const place = ({ moduleId }: TestSpecification): number => {
      const at = tests.indexOf(relative(process.cwd(), moduleId));
      return at === -1 ? tests.length : at;
    };
    return files.toSorted((one, other) => place(one) - place(other));
  }
}
