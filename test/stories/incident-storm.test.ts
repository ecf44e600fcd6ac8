import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import { setupSteps } from '../../src/core/incident.ts';
import { usualPace } from '../../src/core/pace.ts';
import type { Severity } from '../../src/core/severity.ts';
import { requiredDeadlines } from '../../src/incidents/deadlines.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { channels, directMessage, people, team } from '../../workspace/people.ts';
import { startWorkspace } from '../../workspace/server.ts';
import { clientOf } from '../bot/start-bot.ts';
import { entry } from '../contracts/runs.ts';
import { declared, rules } from '../incidents/stage.ts';
import { realClock } from '../support/clock.ts';
import { tokens } from '../support/grounds.ts';
import { patience } from '../support/patience.ts';
import { openRunHouse, type RunHouse } from '../support/run-house.ts';
import { tempFolder } from '../support/temp-folder.ts';

const minute = 60_000;
/** So many nobody has acknowledged, of which somebody has to hear; of all an update is due. */
const grave = 2;
const all = 8;
/** So many messages are on their way at once. */
const inFlight = 8;

const folder = tempFolder();
const store = memoryStore({ clock: realClock, pace: usualPace });
/** Slack counts by its own published limits, on a clock that stands until the story moves it on. */
let slackTime = 0;
/** What is due is found, and what is to be said is sent, when the story lets it. */
const open = { due: false, outbox: false };

let house: RunHouse;
let api: ReturnType<typeof clientOf>['api'];
let rooms: string[] = [];

const slackHere = (rateScale: number) =>
  startWorkspace({
    ...{ data: folder.path, tokens, rateScale, ackMs: patience / 4, say: () => {} },
    manifest: readFileSync('manifest.yml', 'utf8'),
    rateClock: { monotonic: () => slackTime },
  });

beforeAll(async () => {
  rooms = await channelsBefore(all);
  for (const [n, room] of rooms.entries()) await kept(n, room);
  house = await openRunHouse(['rms-auth'], {
    store,
    startSlack: () => slackHere(1),
    openStore: async () => ({
      ...store,
      incidents: {
        ...store.incidents,
        takeDue: async (...asked) => (open.due ? store.incidents.takeDue(...asked) : []),
      },
      outbox: {
        ...store.outbox,
        take: async (...asked) => (open.outbox ? store.outbox.take(...asked) : []),
      },
    }),
  });
  ({ api } = clientOf(`${house.slackUrl}/api/`, patience, tokens.bot));
});
afterAll(async () => {
  await house.close();
  await folder.remove();
});

/** The channels of incidents, as they were made before all this. */
async function channelsBefore(count: number): Promise<string[]> {
  const { url, close } = await slackHere(1_000);
  const client = clientOf(`${url}/api/`, patience, tokens.bot);
  const made: string[] = [];
  for (let n = 1; n <= count; n += 1) {
    const { channel } = await client.api.conversations.create({ name: `inc-000${n}` });
    made.push(channel?.id ?? expect.fail('no channel was made'));
  }
  await close();
  return made;
}

/** An incident that has had its channel for twenty minutes. */
async function kept(n: number, room: string): Promise<void> {
  const severity: Severity = n < grave ? 1 : 2;
  const who = { id: people.onCall1, team: team.id };
  const contacts = [
    { name: 'secondary', who: [`user:${people.onCall2}`] },
    { name: 'manager', who: [`user:${people.manager1}`] },
  ];
  const own = { ...rules, contacts, channels: { announce: null, stakeholders: null } };
  const { number, now } = await store.incidents.next();
  const [at, by] = [now - 31 * minute, people.onCall1];
  const first = declared({ severity, by: who, page: false, title: `storm ${n}` }, { rules: own });
  const whole: Incident = {
    ...first,
    ...{ id: `INC-${number}`, number, lastActivity: now, moved: { by, at, version: 1 } },
    ...{
      times: { ...first.times, declared: at },
      roles: { commander: { by, at }, communications: { by, at } },
    },
    acknowledged: n < grave ? null : { by, at },
    channel: { id: room, name: `inc-000${number}`, private: false, lost: null },
    setup: Object.fromEntries(
      setupSteps.map((step) => [step, { kind: 'done', at }]),
    ) as Incident['setup'],
    updates: { ...first.updates, next: now - minute },
    counted: { acknowledge: { from: at, done: 0 }, unresolved: { from: at, done: 9 } },
  };
  const incident = { ...whole, deadlines: requiredDeadlines(whole) };
  const card = { kind: 'incident', to: `incident:${incident.id}`, urgency: 2 } as const;
  await store.incidents.declare(incident, null, entry('incident.declared'), [card]);
}

interface Call {
  to: string;
  /** What was sent, as JSON. */
  sent: string;
  outcome: string;
  /** When it was answered, in milliseconds since 1970. */
  at: number;
}

/** What Gatehouse has called since a line of the traffic, oldest first; nothing of what somebody else has. */
async function calls(method: string, since = 0): Promise<Call[]> {
  const { traffic } = await house.slack.traffic({ since });
  return traffic
    .filter(({ what }) => what === method)
    .map(({ request, outcome, at }) => {
      const { channel } = request as { channel: string };
      return { to: channel, sent: JSON.stringify(request), outcome, at };
    })
    .filter(({ sent }) => !sent.includes(somebodyElse));
}
const somebodyElse = 'another app of the same token';
const taken = (all: readonly Call[]) => all.filter(({ outcome }) => outcome === 'ok');
const refused = (all: readonly Call[]) => all.filter(({ outcome }) => outcome === '429');
const lastLine = async () => (await house.slack.traffic({})).traffic.at(-1)?.seq ?? 0;

/** Somebody else uses up what Slack allows, until it allows no more. */
async function useUp(call: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await call();
    } catch (error) {
      return expect(String(error)).toMatch(/rate/i);
    }
  }
}

/** After the first, which were on their way at once, none comes before Slack's time is over, in milliseconds. */
function atItsPace(answers: readonly Call[], atOnce: number, retryAfter: number): void {
  const [first = 0, last = first] = [answers[0]?.at, answers.at(-1)?.at];
  expect(answers.length).toBeLessThanOrEqual(atOnce + (last - first + 10) / retryAfter);
}

const isDone = async (n: number) => {
  const found = await store.incidents.find(`INC-${n}`);
  return found?.incident.deadlines.every(({ at }) => at > found.now) === true;
};
const numbers = Array.from({ length: all }, (_, n) => n + 1);
const escalated = /is escalated automatically/;
const updated = /Update 1, automatic/;

test('in a storm pages go first, none is lost or sent twice, a slow channel and refused edits delay nobody else, and cards end as they are', async () => {
  open.outbox = true; // the cards stand there before
  await expect.poll(async () => taken(await calls('chat.postMessage')).length).toBe(all);
  open.outbox = false;
  const slow = rooms[grave] ?? '';
  await useUp(() => api.chat.postMessage({ channel: slow, text: somebodyElse }));
  const { ts = '' } = await api.chat.postMessage({ channel: channels.general, text: somebodyElse });
  await useUp(() => api.chat.update({ channel: channels.general, ts, text: somebodyElse }));
  const since = await lastLine();
  open.due = true;
  for (const n of numbers) await expect.poll(() => isDone(n)).toBe(true);
  open.outbox = true;

  const posts = () => calls('chat.postMessage', since);
  const reached = async (says: RegExp) =>
    taken(await posts())
      .filter(({ sent }) => says.test(sent))
      .map(({ to }) => to)
      .toSorted();
  const inRooms = rooms.slice(0, grave);
  const manager = directMessage(people.manager1);
  const others = rooms.filter((one) => one !== slow).toSorted();
  const patient = { timeout: 2 * patience };
  const updatedIn = async () => (await reached(updated)).filter((one) => rooms.includes(one));
  await expect.poll(updatedIn, patient).toEqual(others);
  const pages = [...inRooms, ...inRooms.map(() => manager)].toSorted();
  await expect.poll(() => reached(escalated), patient).toEqual(pages);

  const refusedThere = async () => refused(await posts()).filter(({ to }) => to === slow);
  await expect.poll(async () => (await refusedThere()).length, patient).toBeGreaterThan(1);
  atItsPace(await refusedThere(), 1, 1_000);
  expect(refused(await posts()).filter(({ to }) => to !== slow)).toEqual([]);
  const edits = () => calls('chat.update', since);
  await expect.poll(async () => refused(await edits()).length, patient).toBeGreaterThan(0);
  expect(taken(await edits())).toEqual([]);
  atItsPace(refused(await edits()), inFlight, 2_000);
  const said = await posts();
  for (const room of inRooms) {
    const at = (says: RegExp) => said.findIndex((one) => one.to === room && says.test(one.sent));
    expect(at(escalated)).toBeLessThan(inFlight);
    expect(at(escalated)).toBeLessThan(at(updated));
  }

  slackTime += 2 * minute;
  await expect.poll(updatedIn, patient).toEqual(rooms.toSorted());
  for (const [n, room] of inRooms.entries()) {
    const isNewest = async () => {
      const { incident } =
        (await store.incidents.find(`INC-${n + 1}`)) ?? expect.fail('it is gone');
      const card = taken(await edits()).findLast(({ to }) => to === room);
      return card?.sent.includes(`"v${incident.version}  `);
    };
    await expect.poll(isNewest, patient).toBe(true);
  }
  expect(await reached(escalated)).toEqual(pages);
});
