import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import { labelsOf, type Person, textOf } from '../support/person.ts';
import { openRunHouse, type RunHouse, runIdIn, toldAlone } from '../support/run-house.ts';

let house: RunHouse;
let engineer: Person;

beforeAll(async () => {
  house = await openRunHouse(['rms-auth', 'rust-auth']);
  engineer = house.person(people.onCall1);
});
afterAll(() => house.close());

const says = async (text: string, who = engineer, channel?: string) =>
  textOf(await toldAlone(who, () => who.types(text, channel)));

const runsOpen = () => house.store.runs.inStates(['requested', 'planned', 'waiting', 'approved']);
const records = async () => (await house.store.audit.find({ limit: 100 })).length;

describe('who may ask', () => {
  test.each([
    [
      'a viewer',
      people.viewer,
      channels.general,
      /You may not use `restart`.*`oncall` or `manager`/s,
    ],
    ['an auditor', people.auditor, channels.general, /You may not use `restart`/],
    ['a guest', people.guest, channels.incidents, /Guests of the workspace cannot use Gatehouse/],
    ['somebody of another company', people.external, channels.incidents, /belongs to another/],
  ] as const)('not %s: nothing is written down as a run', async (_who, id, channel, sentence) => {
    const typed = 'restart rms-auth@prod --reason "memory leak"';
    expect(await says(typed, house.person(id), channel)).toMatch(sentence);
    expect(await runsOpen()).toEqual([]);
    expect(await records()).toBe(0);
  });
});

describe('what only shows a plan', () => {
  test.each(['restart rms-auth@prod --dry-run', 'plan restart rms-auth@prod'])(
    '`%s` does nothing and writes nothing',
    async (typed) => {
      const told = await says(typed);
      expect(told).toContain('nothing was done, and nobody was asked');
      expect(told).toContain('1. Restart api');
      expect(house.machine('rms-auth').restarts).toBe(0);
      expect([await runsOpen(), await records()]).toEqual([[], 0]);
    },
  );
});

describe('what cannot be meant', () => {
  test.each([
    ['restart rms-aut@prod --reason "memory leak"', /There is no service `rms-aut`.*rms-auth/s],
    ['restart rms-auth@prd --reason "memory leak"', /prd.*prod/s],
    ['restrat rms-auth@prod', /There is no command `restrat`.*`restart`/s],
    ['restart rms-auth@prod --resaon "memory leak"', /--resaon.*--reason/s],
  ] as const)('`%s` is answered with the nearest that exists', async (typed, sentence) => {
    const before = await engineer.sees();
    await engineer.types(typed);
    // Where arguments of a known action are wrong, a form opens that is filled with what was given.
    const told = await house.slack.waitFor(engineer.id, ({ modals, messages }) => {
      const form = modals.at(-1);
      const answer = messages.slice(before.messages.length).find(({ onlyFor }) => onlyFor !== null);
      return form ?? answer;
    });
    expect(textOf(told)).toMatch(sentence);
    if ('callbackId' in told) await house.slack.close({ as: engineer.id, view: told.id });
    expect([await runsOpen(), await records()]).toEqual([[], 0]);
  });

  test('a copy that is not there: the ones that are there are named', async () => {
    const told = await says('restart rms-auth@prod --instance apo --reason "memory leak"');
    expect(told).toMatch(/there is no copy \S+; its copies are api/);
    expect(await runsOpen()).toEqual([]);
    expect(house.machine('rms-auth').restarts).toBe(0);
  });
});

describe('a reason', () => {
  const hostile = [
    [
      'of Slack’s own signs',
      '*bold* _x_ `code` <!channel> <@U07MANAGE01> <http://x.example|click>',
    ],
    ['with commands for a shell', '$(reboot); `reboot` && reboot | tee /etc/passwd'],
    ['with a query', "'); drop table runs; --"],
    ['that turns the line round', 'memory \u202Ekael\u202C leak\u200B'],
    ['of two lines and a quotation mark', 'memory\nleak > quoted'],
  ] as const;
  test.each(hostile)('%s is shown as it is and does nothing', async (_what, reason) => {
    const answer = await toldAlone(engineer, () =>
      engineer.types(`restart rms-auth@prod --reason "${reason}"`),
    );
    const refused = !textOf(answer).includes('is asked for');
    if (refused) expect(textOf(answer)).toMatch(/nothing was done/i);
    else {
      const run = runIdIn(answer);
      const card = textOf(await house.card(run, 'waiting'));
      expect(card).not.toMatch(/<!channel|<@U07MANAGE01>|<http/);
      expect(card).not.toMatch(/[\u202A-\u202E\u200B]/);
      await toldAlone(engineer, () => engineer.types(`cancel ${run}`));
    }
    expect(await runsOpen()).toEqual([]);
    expect(house.machine('rms-auth').restarts).toBe(0);
  });

  test.each([3_001, 40_000])(
    'of %i letters is refused, and the next command works',
    async (many) => {
      const long = 'a'.repeat(many);
      const before = (await engineer.sees()).messages.length;
      await engineer.types(`restart rms-auth@prod --reason "${long}"`);
      const told = await house.slack.waitFor(
        engineer.id,
        ({ modals, messages }) =>
          modals.at(-1) ?? messages.slice(before).find(({ onlyFor }) => onlyFor === engineer.id),
      );
      expect(textOf(told)).toMatch(/at most|too long|<=3000|characters/i);
      if ('callbackId' in told) await house.slack.close({ as: engineer.id, view: told.id });
      expect(await says('whoami')).toContain('oncall');
      expect([await runsOpen(), house.machine('rms-auth').restarts]).toEqual([[], 0]);
    },
  );

  test('that is missing is asked for in a form, and nobody is asked to approve without one', async () => {
    await engineer.types('restart rust-auth@prod');
    const form = await house.slack.waitFor(engineer.id, ({ modals }) => modals.at(-1));
    expect(textOf(form)).toContain('This needs a reason, for those who approve it');
    const values = { target: { target: 'rust-auth@prod' }, reason: { reason: 'it hangs' } };
    const answer = await engineer.hears(
      () => house.slack.submit({ as: engineer.id, view: form.id, values }),
      (message) => textOf(message).includes('is asked for'),
    );
    expect(labelsOf(answer)).toEqual(['Cancel', 'Details']);
    expect(textOf(await house.card(runIdIn(answer)))).toContain('*Why:* it hangs');
  });
});

test('without a target, a form asks for what is missing, and what is filled in is a request', async () => {
  await engineer.types('restart --reason "memory leak"');
  const form = await house.slack.waitFor(engineer.id, ({ modals }) => modals.at(-1));
  expect(JSON.stringify(form.blocks)).toContain('memory leak');
  const values = { target: { target: 'rms-auth@prod' }, reason: { reason: 'memory leak' } };
  const told = await engineer.hears(
    () => house.slack.submit({ as: engineer.id, view: form.id, values }),
    (message) => textOf(message).includes('is asked for'),
  );
  expect(textOf(await house.card(runIdIn(told), 'waiting'))).toContain('*Why:* memory leak');
});

describe('without a form', () => {
  test('a mention is told what to type, and asks for nothing', async () => {
    const told = textOf(await engineer.mentions('restart rms-auth', channels.authOps));
    expect(told).toContain('/auth restart rms-auth@ENV');
    expect(house.machine('rms-auth').restarts).toBe(0);
  });

  test('a button of a suggestion opens the form, filled, and does nothing by itself', async () => {
    const before = (await runsOpen()).length;
    const said = await toldAlone(engineer, () =>
      engineer.types('restrat rms-auth@prod --reason "memory leak"'),
    );
    const [label = ''] = labelsOf(said);
    expect(label).toMatch(/^restart rms-auth@prod .* …$/);
    const form = await engineer.opens(said, label);
    expect(JSON.stringify(form.blocks)).toContain('memory leak');
    expect(await runsOpen()).toHaveLength(before);
    await house.slack.close({ as: engineer.id, view: form.id });
  });

  test('a plan leads to the form that asks for it', async () => {
    const plan = await toldAlone(engineer, () => engineer.types('plan restart rms-auth@prod'));
    const form = await engineer.opens(plan, 'Ask for it …');
    expect(JSON.stringify(form.blocks)).toContain('"initial_option":{"text"');
    await house.slack.close({ as: engineer.id, view: form.id });
    expect(house.machine('rms-auth').restarts).toBe(0);
  });
});
