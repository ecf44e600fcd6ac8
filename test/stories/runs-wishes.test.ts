import { afterAll, beforeAll, expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import { labelsOf, textOf } from '../support/person.ts';
import { approvals } from '../support/run-catalogue.ts';
import { openRunHouse, type RunHouse, toldAlone } from '../support/run-house.ts';

let house: RunHouse;

beforeAll(async () => {
  house = await openRunHouse(['rms-auth']);
});
afterAll(() => house.close());

test('a viewer who may not restart asks those who may, and one of them opens the form and asks for it', async () => {
  const viewer = house.person(people.viewer);
  const engineer = house.person(people.onCall1);
  const typed = 'restart rms-auth@prod --reason "nobody can log in"';
  const refusal = await toldAlone(viewer, () => viewer.types(typed, channels.general));
  expect(labelsOf(refusal)).toEqual(['Ask oncall or manager']);

  const posted = await engineer.hears(
    () => viewer.clicks(refusal, 'Ask oncall or manager'),
    ({ channel }) => channel === approvals,
  );
  expect(textOf(posted)).toContain(`<@${people.viewer}> would like this done`);
  expect(await house.store.runs.inStates(['requested', 'planned', 'waiting'])).toEqual([]);

  await engineer.clicks(posted, 'Open the form');
  const form = await house.slack.waitFor(engineer.id, ({ modals }) => modals.at(-1));
  expect(JSON.stringify(form)).toContain('nobody can log in');
  expect(JSON.stringify(form)).toContain('rms-auth@prod');
  expect(await house.store.runs.inStates(['requested', 'planned', 'waiting'])).toEqual([]);

  const again = await toldAlone(viewer, () => viewer.clicks(refusal, 'Ask oncall or manager'));
  expect(textOf(again)).toContain('You have asked for that lately');
});
