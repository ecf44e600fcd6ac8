import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { directMessage, people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { answersIn, labelsOf, textOf } from '../support/person.ts';
import { runCatalogue } from '../support/run-catalogue.ts';
import { openRunHouse, pressing, type RunHouse, toldAlone } from '../support/run-house.ts';
import { shiftedClock } from '../support/shifted-clock.ts';

const clock = shiftedClock();
let house: RunHouse;

const day = 86_400_000;

/** Yesterday, today and tomorrow. */
const days = [-1, 0, 1].map((past) => new Date(clock.now() + past * day).toUTCString().slice(0, 3));
const hours = `${days.join(',')} 00:00-24:00 UTC`;

/** After five minutes a manager hears of it, and somebody who has no say. In three days nothing can be asked for. */
const catalogue = () =>
  stringify({
    ...parse(runCatalogue({ one: { fake: {} } })),
    approvals: {
      environments: { prod: { windows: { restart: hours } } },
      sets: {
        one: {
          slots: [{ any_of: 'manager' }],
          expires: '15m',
          reason: 1,
          escalate: { after: '5m', to: [`user:${people.manager2}`, `user:${people.viewer}`] },
        },
      },
    },
  });

beforeAll(async () => {
  house = await openRunHouse(['one'], { catalogue, clock });
});
afterAll(() => house.close());

const toldTo = (who: string, run: string, says = 'so you hear of it'): Promise<Message> =>
  house.slack.waitFor(who, (seen) =>
    answersIn(seen).find(
      (message) =>
        message.channel === directMessage(who) &&
        textOf(message).includes(run) &&
        textOf(message).includes(says),
    ),
  );

test('whoever is named hears of what nobody decides, learns who could, and may decide only where they may anyway', async () => {
  const run = await house.request('one');
  expect(textOf(await house.card(run, 'waiting'))).toContain('hears of it');
  clock.shift(5 * 60_000);
  const [manager, viewer] = [people.manager2, people.viewer].map(house.person);
  if (!manager || !viewer) throw new Error('nobody is there');

  const forViewer = await toldTo(people.viewer, run);
  expect(labelsOf(forViewer)).toEqual(['Approve', 'Deny', 'Details']);
  expect(textOf(await pressing(viewer, forViewer, 'Approve'))).toContain(
    'it takes somebody with the role `manager`',
  );
  expect((await house.run(run)).state).toBe('waiting');
  expect(textOf(await house.card(run, 'Escalated'))).toContain(
    `so <@${people.manager2}>, <@${people.viewer}> heard of it`,
  );

  const forManager = await toldTo(people.manager2, run);
  expect(textOf(await pressing(manager, forManager, 'Approve'))).toContain(
    'Your approval is recorded',
  );
  await house.reaches(run, 'succeeded');
  expect(house.machine('one').restarts).toBe(1);
  for (const who of [people.manager2, people.viewer]) {
    const { channel, ts } = who === people.viewer ? forViewer : forManager;
    const now = await house.slack.waitFor(who, ({ messages }) =>
      messages.find(
        (one) => one.channel === channel && one.ts === ts && /done and proved/.test(textOf(one)),
      ),
    );
    expect(labelsOf(now)).toEqual(['Details']);
  }
});

test('outside of its hours it is refused, with when it may be asked for; its plan can be seen at any time', async () => {
  const engineer = house.person(people.onCall1);
  const says = async (text: string) =>
    textOf(await toldAlone(engineer, () => engineer.types(`${text} one@prod --reason "leak"`)));
  clock.shift(3 * day);
  const refused = await says('restart');
  expect(refused).toContain(
    `only \`${hours}\`, so nothing was asked for. It can be asked for again`,
  );
  expect(refused).toContain('Nobody can do it before then');
  expect(await says('plan restart')).toContain(`it may be asked for and begin only \`${hours}\``);
  clock.shift(4 * day);
  expect(await says('restart')).toContain('is asked for');
  expect(house.machine('one').restarts).toBe(1);
});
