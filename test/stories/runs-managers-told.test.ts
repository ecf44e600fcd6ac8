import { expect, test } from 'vitest';
import type { Store } from '../../src/store/open-store.ts';
import { directMessage, people } from '../../workspace/people.ts';
import { memoryStore } from '../support/memory-store.ts';
import { textOf } from '../support/person.ts';
import { openRunHouse } from '../support/run-house.ts';

test('managers get their direct messages although Slack did not say who they are when Gatehouse began', async (context) => {
  const opening = Promise.withResolvers<Store>();
  const house = await openRunHouse(['one'], { openStore: () => opening.promise });
  context.onTestFinished(() => house.close());
  await house.slack.faults({ failBefore: 1 });
  opening.resolve(memoryStore());
  const complaints = () => house.log.filter((line) => line.includes('could not be looked up'));
  await expect.poll(() => complaints().length).toBeGreaterThan(0);

  await house.slack.faults({ failBefore: 0 });
  const run = await house.request('one');
  for (const manager of [people.manager1, people.manager2]) {
    await house.slack.waitFor(manager, ({ messages }) =>
      messages.find((one) => one.channel === directMessage(manager) && textOf(one).includes(run)),
    );
  }
});
