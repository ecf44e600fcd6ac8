import { expect, test } from 'vitest';
import { fakeRuns } from '../support/fake-runner.ts';
import { click } from './run-desk.ts';

test('a button that chooses an incident begins no run, whatever it types: a person has to send the form', async () => {
  const runs = fakeRuns();
  const typed = 'restart rust-auth@staging --reason "memory leak since noon"';
  const { opened } = await click(runs.tools, 'pick:0', typed);
  expect(runs.requests).toEqual([]);
  expect(opened).toHaveLength(1);
});
