import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type SetupState, type SetupStep, setupSteps } from '../../src/core/incident.ts';
import { directMessage, people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { type IncidentHouse, openIncidentHouse } from '../support/incident-house.ts';
import { memoryStore } from '../support/memory-store.ts';
import { patience } from '../support/patience.ts';
import { labelsOf, type Person, textOf } from '../support/person.ts';
import { pressing, toldAlone } from '../support/run-house.ts';
import { shiftedClock } from '../support/shifted-clock.ts';

const minute = 60_000;
const clock = shiftedClock();
let house: IncidentHouse;
let engineer: Person;
let second: Person;

beforeAll(async () => {
  house = await openIncidentHouse(
    ['rms-auth', 'rust-auth'],
    { clock, store: memoryStore({}, clock) },
    {},
  );
  engineer = house.person(people.onCall1);
  second = house.person(people.onCall2);
});
afterAll(() => house.close());
afterEach(() => house.slack.faults({ refuse: {}, latencyMs: 0 }));

/** Fills in the form to resolve it, without waiting for a watch, from a card that may be old. */
async function resolves(card: Message, as = engineer): Promise<void> {
  await house.chooses(as, card, 'Resolve');
  const form = await house.form(as, 'Resolve');
  await house.sends(as, form, {
    fix: 'restarted it',
    'without-watch': 'there is nothing to watch',
  });
}

/** Whether Slack has refused to show that it is resolved, so that nobody tries it again. */
async function isRefused(id: string): Promise<boolean> {
  const { traffic } = await house.slack.traffic({});
  return traffic.some(({ outcome, request }) => {
    const said = JSON.stringify(request);
    return outcome === 'edit_window_closed' && said.includes(id) && said.includes('Resolved by');
  });
}

describe('acknowledging and resolving at once', () => {
  test('what is resolved is not opened again by a card that did not show it yet, which is drawn anew', async () => {
    const { id, channel, card } = await house.declares(
      engineer,
      'sev2 rms-auth@prod it was nothing',
    );
    await house.slack.join({ as: second.id, channel });
    await house.slack.faults({ refuse: { 'chat.update': 'edit_window_closed' } });
    await resolves(card);
    await house.incident(id, ({ state }) => state === 'resolved');
    await expect.poll(() => isRefused(id)).toBe(true);
    const stale = await house.incidentCard(id, '', second);
    expect(labelsOf(stale)).toContain('Acknowledge');
    await house.slack.faults({ refuse: {} });
    const told = textOf(await pressing(second, stale, 'Acknowledge'));
    expect(told).toMatch(new RegExp(`is resolved now by <@${engineer.id}>, changed `));
    expect(told).toContain('Nothing was done');
    const anew = await house.incidentCard(id, /Resolved by/, second);
    expect(labelsOf(anew)).not.toContain('Acknowledge');
    const { state, acknowledged } = await house.incident(id);
    expect([state, acknowledged]).toEqual(['resolved', null]);
  });

  test('what somebody has acknowledged meanwhile is resolved all the same', async () => {
    const { id, card } = await house.declares(engineer, 'sev2 rms-auth@prod it is odd');
    await engineer.clicks(card, 'Acknowledge');
    await house.incident(id, ({ acknowledged }) => acknowledged !== null);
    await resolves(card);
    const { acknowledged } = await house.incident(id, ({ state }) => state === 'resolved');
    expect(acknowledged?.by).toBe(engineer.id);
    await house.incidentCard(id, /Resolved by/);
  });
});

describe('a role that is offered', () => {
  const offered = async (title: string) => {
    const { id, channel } = await house.declares(engineer, `sev2 rust-auth@prod ${title}`);
    await engineer.types('incident give @oncall-2', channel);
    const says = new RegExp(`${id}.*asks you to be incident commander`, 's');
    const asked = await house.sees(second, says, directMessage(second.id));
    const brief = new RegExp(
      `Problem.*${title}.*Timeline.*is declared.*Now.*next update.*Checks`,
      's',
    );
    expect(textOf(asked)).toMatch(brief);
    return { id, asked };
  };

  test('and refused stays where it is, and who has it hears of it', async () => {
    const { id, asked } = await offered('it is slow');
    await second.clicks(asked, 'I can’t');
    await house.sees(
      engineer,
      new RegExp(`${id}.*cannot be incident commander.*stays with <@${engineer.id}>`, 's'),
      directMessage(engineer.id),
    );
    const { roles, handovers } = await house.incident(id, (one) => one.handovers.length === 0);
    expect([roles.commander?.by, handovers]).toEqual([engineer.id, []]);
  });

  test('and not answered for ten minutes stays where it is, and both hear of it', async () => {
    const { id, asked } = await offered('it is slower');
    clock.shift(9 * minute);
    clock.shift(minute + 1_000);
    const after = await house.incident(id, ({ handovers }) => handovers.length === 0);
    expect(after.roles.commander?.by).toBe(engineer.id);
    const says = new RegExp(
      `${id}.*<@${second.id}> did not answer whether.*stays with <@${engineer.id}>`,
      's',
    );
    for (const one of [engineer, second]) await house.sees(one, says, directMessage(one.id));
    const late = await toldAlone(second, () => second.clicks(asked, 'Accept'));
    expect(textOf(late)).toMatch(/offer to be commander/);
    expect((await house.incident(id)).roles.commander?.by).toBe(engineer.id);
  });
});

test('while every call to Slack takes longer than Slack waits, what somebody declares is taken and told, and its channel comes', async () => {
  await house.slack.faults({ latencyMs: patience / 4 + 1_000 });
  const newcomer = house.person(people.viewer); // of whom Slack was asked nothing yet
  const told = await toldAlone(newcomer, () =>
    newcomer.types('incident start sev1 rms-auth@prod Slack is slow --another'),
  );
  expect(textOf(told)).toMatch(/INC-\d+.*Slack is slow.*is declared: SEV1/s);
  const [id = ''] = /INC-\d+/.exec(textOf(told)) ?? [];
  await house.slack.faults({ latencyMs: 0 });
  const { setup } = await house.incident(id, (one) => one.setup.pin.kind === 'done');
  expect(setup.channel.kind).toBe('done');
});

const missing: Readonly<Record<string, { step: SetupStep; words: RegExp }>> = {
  'conversations.invite': {
    step: 'invite',
    words: /Not everybody could be invited.*missing_scope/,
  },
  'conversations.setTopic': { step: 'topic', words: /The topic could not be set.*missing_scope/ },
  'bookmarks.add': { step: 'bookmark', words: /The bookmark could not be added.*missing_scope/ },
  'pins.add': { step: 'pin', words: /The card could not be pinned.*missing_scope/ },
};

describe('a channel for which Gatehouse lacks rights', () => {
  test('is all the rest, its card names what is missing, and that is done once Slack takes it', async () => {
    const refuse = Object.fromEntries(Object.keys(missing).map((one) => [one, 'missing_scope']));
    await house.slack.faults({ refuse });
    const told = await toldAlone(engineer, () =>
      engineer.types('incident start sev2 rms-auth@prod no rights --another'),
    );
    const [id = ''] = /INC-\d+/.exec(textOf(told)) ?? [];
    const steps = Object.values(missing).map(({ step }) => step);
    const tried = await house.incident(id, ({ setup }) =>
      setupSteps.every(
        (step) =>
          setup[step].kind === (steps.includes(step) ? 'open' : 'done') &&
          (setup[step].kind === 'done' || tries(setup[step]) > 0),
      ),
    );
    await house.slack.join({ as: second.id, channel: tried.channel?.id ?? '' });
    const card = await house.incidentCard(id, missing['pins.add']?.words, second);
    for (const { words } of Object.values(missing)) expect(textOf(card)).toMatch(words);
    await second.clicks(card, 'Acknowledge');
    await house.incidentCard(id, /Acknowledged by/, second);

    await house.slack.faults({ refuse: {} });
    clock.shift(minute + 5_000);
    await house.incident(id, ({ setup }) =>
      setupSteps.every((step) => setup[step].kind === 'done'),
    );
    await expect
      .poll(async () => textOf(await house.incidentCard(id, '', second)))
      .not.toContain('missing_scope');
    const { channels } = await engineer.sees();
    expect(channels.find((one) => one.id === card.channel)).toMatchObject({
      pins: [card.ts],
      members: expect.arrayContaining([engineer.id]),
    });
  });
});

const tries = (state: SetupState): number => (state.kind === 'open' ? state.tries : 0);
