import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../workspace/people.ts';
import { type IncidentHouse, openIncidentHouse } from '../support/incident-house.ts';
import { labelsOf, type Person, textOf } from '../support/person.ts';
import { pressing, runIdIn, toldAlone } from '../support/run-house.ts';

let house: IncidentHouse;
let engineer: Person;
let manager: Person;

beforeAll(async () => {
  house = await openIncidentHouse();
  engineer = house.person(people.onCall1);
  manager = house.person(people.manager1);
});
afterAll(() => house.close());

describe('a change in the channel of an incident', () => {
  test('knows what it is about, shows on the card of the incident, and what came of it is told there', async () => {
    const { id, channel } = await house.declares(engineer, 'sev1 rms-auth@prod login down');
    const told = await toldAlone(engineer, () =>
      engineer.types('restart --reason "memory leak"', channel),
    );
    const run = runIdIn(told);
    expect(textOf(told)).toMatch(/Restart rms-auth@prod/);
    expect((await house.run(run)).incident).toBe(id);
    expect(textOf(await house.card(run, /waiting/))).toContain(id);
    await house.incidentCard(id, new RegExp(`waits for approval.*${run}`, 's'));
    await pressing(manager, await house.card(run, /waiting/), 'Approve');
    await house.reaches(run, 'succeeded');
    await house.sees(engineer, new RegExp(`restart rms-auth@prod.*${run}.*is over`, 's'), channel);
    const { runs } = await house.incident(id, (one) => one.runs[run] === 'succeeded');
    expect(runs[run]).toBe('succeeded');
    const records = await house.store.audit.find({ subject: id, limit: 100 });
    const heard = records.filter(({ event }) => event === 'incident.run');
    expect(heard.map(({ facts }) => facts.what).toReversed()).toEqual([
      'waiting',
      'begun',
      'succeeded',
    ]);
    expect(house.machine('rms-auth').restarts).toBe(1);
  });

  test('that names another service is done to that one, and is part of the incident all the same', async () => {
    const { id, channel } = await house.declares(engineer, 'sev2 rms-auth@prod slow');
    const told = await toldAlone(engineer, () =>
      engineer.types('restart rust-auth@prod --reason "memory leak"', channel),
    );
    const found = await house.run(runIdIn(told));
    expect([found.incident, found.target.service]).toEqual([id, 'rust-auth']);
    await toldAlone(engineer, () => engineer.types(`cancel ${found.id}`));
  });

  test('knows its service also where an address stands beside it', async () => {
    const { channel } = await house.declares(engineer, 'sev2 rms-auth@prod guessed passwords');
    const told = await toldAlone(engineer, () =>
      engineer.types('block 203.0.113.7 --reason "credential stuffing"', channel),
    );
    expect(textOf(told)).toContain('`rms-auth@prod` has nothing that `block` could work with');
  });

  test('elsewhere is part of an incident when it says so, and of none that there is not', async () => {
    const { id } = await house.declares(engineer, 'sev2 rust-auth@prod slow');
    const typed = 'restart rust-auth@prod --reason "memory leak" --incident';
    const told = await toldAlone(engineer, () => engineer.types(`${typed} ${id}`));
    expect((await house.run(runIdIn(told))).incident).toBe(id);
    await toldAlone(engineer, () => engineer.types(`cancel ${runIdIn(told)}`));
    const refused = await toldAlone(engineer, () => engineer.types(`${typed} INC-9999`));
    expect(textOf(refused)).toMatch(/There is no incident `INC-9999`.*Nothing was asked for/s);
  });
});

describe('a command about an incident, typed elsewhere', () => {
  test('asks which one is meant, does nothing, and does it to the one that is chosen', async () => {
    const { id } = await house.declares(engineer, 'sev3 rust-auth@prod odd');
    const told = await toldAlone(engineer, () => engineer.types('incident ack'));
    expect(textOf(told)).toMatch(/Which one is meant.*Nothing was done yet/s);
    expect(labelsOf(told)).toContain(id);
    expect((await house.incident(id)).acknowledged).toBeNull();
    expect(textOf(await pressing(engineer, told, id))).toMatch(/You are on it/);
    expect((await house.incident(id)).acknowledged?.by).toBe(engineer.id);
  });
});
