import { describe, type TestContext, test } from 'vitest';
import type { Store } from '../../src/store/open-store.ts';
import { channels, people } from '../../workspace/people.ts';
import { type House, type HouseOptions, openHouse } from '../support/house.ts';
import { intakeThat } from '../support/intake-that.ts';
import { memoryStore } from '../support/memory-store.ts';
import { leaveOldButton } from '../support/old-button.ts';
import { delivered, readiness } from '../support/pages.ts';
import { answersIn, textOf } from '../support/person.ts';

/** A house that is closed when its test is over: these stories wait for each other's patience no longer than needed. */
async function houseFor(context: TestContext, options?: HouseOptions): Promise<House> {
  const house = await openHouse({ ...options, hasty: true });
  context.onTestFinished(() => house.close());
  return house;
}

const me = people.onCall1;
const oldButton = (house: House) => leaveOldButton(house, channels.authOps, me);
const notRecorded = 'This was not recorded, so nothing will happen';
const belongsToNothing = 'This button belongs to nothing that I know, so nothing was done.';

describe.concurrent('the database', () => {
  test('while the database does not open, everything can be read and nothing can be changed', async (context) => {
    const { expect } = context;
    const opening = Promise.withResolvers<Store>();
    const house = await houseFor(context, { openStore: () => opening.promise });
    const engineer = house.person(me);

    const status = await engineer.asks('status');
    expect(textOf(status)).toContain('All 2 are up.');
    expect(textOf(await engineer.presses(status, 'Refresh'))).toContain('All 2 are up.');
    expect(textOf(await engineer.mentions('services'))).toContain('rust-auth');
    expect((await readiness(house.web())).checks.database).toMatchObject({ ok: false });

    const refused = await engineer.presses(await oldButton(house), 'Restart');
    expect(textOf(refused)).toContain(notRecorded);
    expect(textOf(refused)).toContain(
      'Commands that only read, such as `/auth status`, still work.',
    );

    const button = await oldButton(house);
    const before = answersIn(await engineer.sees()).length;
    opening.resolve(memoryStore());
    await expect.poll(async () => (await readiness(house.web())).status).toBe(200);
    expect(textOf(await engineer.presses(button, 'Restart'))).toContain(belongsToNothing);
    expect(answersIn(await engineer.sees()).length).toBe(before + 1); // what was refused stays so
  });

  test('what is pressed while the database is just opening is taken when it opens in time', async (context) => {
    const { expect } = context;
    const opening = Promise.withResolvers<Store>();
    const house = await houseFor(context, { openStore: () => opening.promise });
    const engineer = house.person(me);
    const button = await oldButton(house);
    const answer = engineer.hears(async () => {
      const taken = engineer.clicks(button, 'Restart');
      opening.resolve(memoryStore());
      await taken;
    });
    expect(textOf(await answer)).toContain(belongsToNothing);
  });

  test.for([
    ['answers with an error', () => Promise.reject(new Error('the disk is full'))],
    ['does not answer', () => new Promise<never>(() => {})],
  ] as const)('a database that %s stops changes and not reading', async ([, record], context) => {
    const { expect } = context;
    const house = await houseFor(context, {
      openStore: async () => memoryStore({ intake: intakeThat({ record }) }),
    });
    const engineer = house.person(me);
    expect(textOf(await engineer.presses(await oldButton(house), 'Restart'))).toContain(
      notRecorded,
    );
    expect(textOf(await engineer.asks('status'))).toContain('All 2 are up.');
  });

  test('copies of one delivery do one thing, whether it reads or may change something', async (context) => {
    const { expect } = context;
    const house = await houseFor(context);
    const engineer = house.person(me);
    const button = await oldButton(house);
    const before = answersIn(await engineer.sees()).length;
    await house.slack.faults({ copies: 3 });
    await engineer.presses(button, 'Restart');
    await engineer.asks('status');
    await expect.poll(() => delivered(house.web(), 'click', 'copy')).toBe(2);
    await expect.poll(() => delivered(house.web(), 'command', 'copy')).toBe(2);
    expect(answersIn(await engineer.sees()).length).toBe(before + 2);
  });
});
