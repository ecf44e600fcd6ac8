import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Delivery } from '../../src/core/intake.ts';
import { factorSubject } from '../../src/core/second-factor.ts';
import { Secret } from '../../src/core/secret.ts';
import { createEnrolments } from '../../src/step-up/enrolments.ts';
import { createKeyring } from '../../src/step-up/keyring.ts';
import { codeAt } from '../../src/step-up/one-time-code.ts';
import { people, team } from '../../workspace/people.ts';
import { type Person, textOf } from '../support/person.ts';
import { runCatalogue } from '../support/run-catalogue.ts';
import { openRunHouse, type RunHouse, toldAlone } from '../support/run-house.ts';
import { shiftedClock } from '../support/shifted-clock.ts';

const key = randomBytes(32).toString('base64');
const services = ['one', 'two', 'three', 'four'];
const clock = shiftedClock();
const kept: Delivery[] = [];
const used = new Set<string>();
let house: RunHouse;
let [manager, second, stranger]: Person[] = [];
let secrets: Map<string, Secret>;
const who = (person: Person | undefined): Person => person ?? expect.fail('nobody is there');

/** Everything that is restarted needs two people who prove who they are. */
const catalogue = () =>
  stringify({
    ...parse(runCatalogue(Object.fromEntries(services.map((name) => [name, { fake: {} }])))),
    approvals: {
      // The usual two, but for what is not about incidents.
      sets: {
        two: {
          slots: [
            { n: 1, any_of: ['manager'] },
            { n: 1, any_of: ['manager', 'security'] },
          ],
          expires: '30m',
          reason: 20,
          typed_target: true,
          step_up: 'totp',
        },
      },
      environments: { production: { high: 'two' } },
    },
  });

beforeAll(async () => {
  house = await openRunHouse(services, {
    catalogue,
    clock,
    env: { GATEHOUSE_ENCRYPTION_KEY: key },
  });
  const { intake, secondFactors } = house.store;
  const { record } = intake;
  intake.record = (delivery) => {
    kept.push(delivery);
    return record(delivery);
  };
  manager = house.person(people.manager1);
  second = house.person(people.manager2);
  stranger = house.person(people.security);
  const keyring = createKeyring([new Secret(key)], randomBytes) ?? expect.fail();
  const enrolments = createEnrolments(secondFactors, keyring, randomBytes);
  secrets = new Map(
    await Promise.all(
      [manager, second].map(async ({ id }) => {
        const { secret } = await enrolments.enrol({ id, team: team.id }, 'operator:tests');
        return [id, secret] as const;
      }),
    ),
  );
});
afterAll(() => house.close());

/** What somebody's authenticator app shows now. */
async function codeOf(person: Person | undefined): Promise<string> {
  const code = await codeAt(secrets.get(who(person).id) ?? expect.fail(), clock.now());
  used.add(code);
  return code;
}

const reason = 'somebody copied the session store';
const says = async (person: Person | undefined, text: string) =>
  textOf(await toldAlone(who(person), () => who(person).types(text)));

/** Presses Approve on the card, and sends the form that opens filled in like this. */
async function fillsIn(run: string, values: Record<string, string>) {
  const person = who(manager);
  const form = await person.opens(await house.card(run), 'Approve');
  const told = await person.hears(
    () => house.slack.submit({ as: person.id, view: form.id, values: byField(values) }),
    (message) => /not counted|is recorded/.test(textOf(message)),
  );
  await house.slack.waitFor(person.id, ({ modals }) => modals.length === 0);
  return { form: textOf(form), told: textOf(told) };
}

/** Each field is a block of its own, and its name is that of both. */
const byField = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { [name]: value }]));

test('a form asks for the target and the code, and only the right code makes it count', async () => {
  const run = await house.request('one', reason);
  expect(textOf(await house.card(run, 'each with a one-time password'))).toContain('one@prod');
  const wrong = await fillsIn(run, { target: 'one@prod', code: '000 000', note: '' });
  expect(wrong.form).toContain('type `one@prod` and fill in your one-time password to approve it');
  expect(wrong.form).toContain('Each counts once.');
  expect(wrong.told).toContain('That is not the one-time password that');
  expect((await house.run(run)).votes).toEqual([]);
  const right = await fillsIn(run, { target: 'one@prod', code: await codeOf(manager), note: '' });
  expect(right.told).toContain('Your approval is recorded');
  expect(await says(second, `approve ${run} --target one@prod`)).toContain('as well');
  expect(
    await says(second, `approve ${run} --target one@prod --code ${await codeOf(second)}`),
  ).toContain('Your approval is recorded');
  await house.reaches(run, 'succeeded');
  expect(house.machine('one').restarts).toBe(1);
  const card = textOf(await house.card(run, 'done and proved'));
  expect(card.match(/with a one-time password/g)).toHaveLength(2);
  expect(textOf(await house.person(people.auditor).asks(`audit --run ${run}`))).toMatch(
    /stepped ?up/i,
  );
});

test('a code counts once, also for another request, and the next one counts again', async () => {
  clock.shift(60_000);
  const [run, other] = [await house.request('two', reason), await house.request('three', reason)];
  const code = await codeOf(manager);
  const approve = (id: string, on: string, shown: string) =>
    says(manager, `approve ${id} --target ${on}@prod --code ${shown}`);
  expect(await approve(run, 'two', code)).toContain('Your approval is recorded');
  expect(await approve(other, 'three', code)).toContain('was used already');
  expect((await house.run(other)).votes).toEqual([]);
  clock.shift(30_000);
  expect(await approve(other, 'three', await codeOf(manager))).toContain('is recorded');
});

test('who was never enrolled is told who can do that, and may still say no', async () => {
  const run = await house.request('four', reason);
  const approve = `approve ${run} --target four@prod --code 123456`;
  expect(await says(stranger, approve)).toContain('npm run step-up -- enrol');
  expect(await says(stranger, `deny ${run} "not now"`)).toContain('Your no is recorded');
  expect(await house.run(run)).toMatchObject({ state: 'denied' });
});

test('whoever tries many codes is locked out, also with the right one', async () => {
  clock.shift(60_000);
  const run = await house.request('four', reason);
  const approve = (code: string) =>
    says(second, `approve ${run} --target four@prod --code ${code}`);
  const right = await codeOf(second);
  const wrong = ['111111', '222222', '333333'].find((code) => code !== right) ?? expect.fail();
  for (let tries = 1; tries < 5; tries += 1) await approve(wrong);
  expect(await approve(wrong)).toContain('Too many of your one-time passwords were wrong');
  expect(await approve(right)).toContain('none is taken until');
  expect((await house.run(run)).votes).toEqual([]);
  const subject = factorSubject({ id: who(second).id, team: team.id });
  const [last] = await house.store.audit.find({ subject, limit: 1 });
  expect(last?.event).toBe('second-factor.locked');
});

test('no code is anywhere that lasts: not in the log, the audit, the runs or the intake', async () => {
  const records = await house.store.audit.find({ limit: 10_000 });
  const runs = await house.store.runs.inStates(['succeeded', 'waiting', 'denied']);
  const facts = records.map(({ facts: said }) => said);
  expect(kept.some(({ request }) => request?.includes('--code [secret]'))).toBe(true);
  expect(kept.some(({ request }) => request?.includes('"code":"[secret]"'))).toBe(true);
  for (const code of used) {
    for (const place of [house.log, facts, runs, kept.map(({ request }) => request)]) {
      expect(JSON.stringify(place)).not.toMatch(new RegExp(`(?<![\\d.])${code}(?!\\d)`));
    }
  }
});

test('without a key nothing that needs a code can be asked for, and the way on is said', async () => {
  const keyless = await openRunHouse(services, { catalogue });
  try {
    const engineer = keyless.person(people.onCall1);
    const asked = () => engineer.types(`restart one@prod --reason "${reason}"`);
    const told = textOf(await toldAlone(engineer, asked));
    expect(told).toContain('no encryption key is configured, so nothing was asked for');
    expect(told).toContain('`GATEHOUSE_ENCRYPTION_KEY`');
    expect(keyless.log.join('\n')).toContain('GATEHOUSE_ENCRYPTION_KEY is not set');
    expect(keyless.machine('one').restarts).toBe(0);
  } finally {
    await keyless.close();
  }
});
