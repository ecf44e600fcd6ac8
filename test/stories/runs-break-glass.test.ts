import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { Secret } from '../../src/core/secret.ts';
import { createEnrolments } from '../../src/step-up/enrolments.ts';
import { createKeyring } from '../../src/step-up/keyring.ts';
import { codeAt } from '../../src/step-up/one-time-code.ts';
import { channels, directMessage, people, team } from '../../workspace/people.ts';
import { answersIn, type Person, textOf } from '../support/person.ts';
import { approvals, runCatalogue } from '../support/run-catalogue.ts';
import { openRunHouse, type RunHouse, runIdIn, toldAlone } from '../support/run-house.ts';
import { shiftedClock } from '../support/shifted-clock.ts';

const key = randomBytes(32).toString('base64');
const services = ['one', 'two'];
const clock = shiftedClock();
const security = channels.incidents;
let house: RunHouse;
let [engineer, other, manager, guard]: Person[] = [];
let secret: Secret;
const who = (person: Person | undefined): Person => person ?? expect.fail('nobody is there');

/** The first engineer is on call; what they do without approvals, managers and security hear of. */
const catalogue = () => {
  const written = parse(
    runCatalogue(Object.fromEntries(services.map((name) => [name, { fake: {} }]))),
  );
  const shift = {
    who: `user:${people.onCall1}`,
    from: '2000-01-01T00:00:00Z',
    to: '2200-01-01T00:00:00Z',
  };
  return stringify({
    ...written,
    roles: { ...written.roles, primary: { members: ['oncall:primary'] } },
    oncall: { primary: { shifts: [shift] } },
    break_glass: {
      roles: ['oncall'],
      on_call: ['primary'],
      never: ['keys rotate'],
      notify: { roles: ['manager', 'security'], channel: security },
      review: { by: ['manager', 'security'] },
      incident: 'not-required',
    },
  });
};

beforeAll(async () => {
  const env = { GATEHOUSE_ENCRYPTION_KEY: key };
  house = await openRunHouse(services, { catalogue, clock, env });
  engineer = house.person(people.onCall1);
  other = house.person(people.onCall2);
  manager = house.person(people.manager1);
  guard = house.person(people.security);
  const keyring = createKeyring([new Secret(key)], randomBytes) ?? expect.fail();
  const enrolments = createEnrolments(house.store.secondFactors, keyring, randomBytes);
  ({ secret } = await enrolments.enrol({ id: people.onCall1, team: team.id }, 'operator:tests'));
});
afterAll(() => house.close());

const says = async (person: Person | undefined, text: string) =>
  textOf(await toldAlone(who(person), () => who(person).types(text)));
const reason = 'nobody answers and nobody can sign in';
const asks = (on: string) => `restart ${on}@prod --break-glass --reason "${reason}"`;
const confirm = async (run: string, on: string) =>
  says(engineer, `confirm ${run} --target ${on}@prod --code ${await codeAt(secret, clock.now())}`);
const cardsOf = async (run: string, person: Person | undefined, channel: string) =>
  answersIn(await who(person).sees()).filter(
    (message) => message.channel === channel && textOf(message).includes(run),
  );

let run: string;

test('who is not on call is refused, and so is a reason of a few words', async () => {
  expect(await says(other, asks('one'))).toContain('takes somebody who is on call now (`primary`)');
  expect(await says(engineer, 'restart one@prod --break-glass --reason "slow"')).toContain(
    'at least 20 characters',
  );
  expect(house.machine('one').restarts).toBe(0);
});

test('who is on call asks for it, and nobody else sees it before they have confirmed it', async () => {
  const told = await toldAlone(who(engineer), () => who(engineer).types(asks('one')));
  run = runIdIn(told);
  expect(textOf(told)).toContain('the confirmation of');
  await house.reaches(run, 'waiting');
  expect(await says(manager, `approve ${run} --target one@prod`)).not.toContain('recorded');
  expect(await cardsOf(run, manager, approvals)).toEqual([]);
  expect(await says(engineer, `confirm ${run} --target one@prod --code 000000`)).toContain(
    'That is not the one-time password',
  );
  expect(house.machine('one').restarts).toBe(0);
});

test('it is done on their word, and at once everybody hears of it whose approval was left out', async () => {
  expect(await confirm(run, 'one')).toContain('You have confirmed it');
  await house.reaches(run, 'succeeded');
  expect(house.machine('one').restarts).toBe(1);
  const places: [Person | undefined, string][] = [
    [manager, approvals],
    [manager, directMessage(people.manager1)],
    [guard, directMessage(people.security)],
    [guard, security],
  ];
  for (const [person, channel] of places) {
    const told = `*Break-glass:* <@${people.onCall1}> did without the approvals of others`;
    await house.slack.waitFor(who(person).id, (seen) =>
      answersIn(seen).find(
        (message) => message.channel === channel && textOf(message).includes(told),
      ),
    );
  }
});

test('they cannot use it again until somebody else has reviewed it', async () => {
  expect(await says(engineer, asks('two'))).toContain(`Nobody has reviewed what you did`);
  expect(await says(engineer, `review ${run} "I had to, nobody answered"`)).toContain(
    'A review takes',
  );
  expect(await says(manager, `review ${run} "fine"`)).toContain('at least 20 characters');
  expect(await says(manager, `review ${run} "looked at it with them, it was right"`)).toContain(
    'Your review of',
  );
  clock.shift(60_000);
  const told = await toldAlone(who(engineer), () => who(engineer).types(asks('two')));
  expect(await confirm(runIdIn(told), 'two')).toContain('You have confirmed it');
  await house.reaches(runIdIn(told), 'succeeded');
  expect(house.machine('two').restarts).toBe(1);
  const subject = `break-glass:${run}`;
  const events = (await house.store.audit.find({ subject, limit: 5 })).map(({ event }) => event);
  expect(events).toEqual(['break-glass.reviewed', 'break-glass.used']);
});
