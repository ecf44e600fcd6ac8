import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sign } from '../../workspace/delivery/signature.ts';
import { app, channels, directMessage, people, team } from '../../workspace/people.ts';
import { tokens } from '../support/grounds.ts';
import { type House, openHouse } from '../support/house.ts';
import { leaveOldButton } from '../support/old-button.ts';
import { delivered, readiness } from '../support/pages.ts';
import { answersIn, type Person, textOf } from '../support/person.ts';

let house: House;
let engineer: Person;

beforeAll(async () => {
  house = await openHouse({ mode: 'http' });
  house.writeLog('rust-auth', [`${new Date().toISOString()} INFO somebody logged in`]);
  engineer = house.person(people.onCall1);
});
afterAll(() => house.close());

const answers = async () => answersIn(await engineer.sees()).length;

test('over signed requests everything works as it does over sockets', async () => {
  const all = await engineer.asks('status');
  expect(textOf(all)).toContain('All 2 are up.');
  const one = await engineer.presses(all, 'Details', 'rust-auth@prod');
  expect(textOf(await engineer.presses(one, 'Logs'))).toContain('somebody logged in');
  expect(textOf(await engineer.mentions('services'))).toContain('rust-auth');
  expect(textOf(await engineer.opensHome())).toContain('All 2 are up.');
  expect(textOf(await engineer.shortcut('check-services'))).toContain('All 2 are up.');
});

describe('a request that is not Slack’s, or not of now', () => {
  test.each(['bad-signature', 'stale', 'future'] as const)(
    'is refused and does nothing: %s',
    async (how) => {
      await engineer.asks('status');
      const before = await answers();
      expect(await house.slack.resend({ how })).toMatchObject({ status: 401 });
      await engineer.asks('whoami');
      expect(await answers()).toBe(before + 1);
    },
  );

  test('is refused when it is not signed at all, is too long, or comes another way', async () => {
    const address = `${house.web()}/slack/events`;
    const post = async (body: string) => (await fetch(address, { method: 'POST', body })).status;
    expect(await post('command=/auth&text=status')).toBe(401);
    expect(await post('x'.repeat(2_000_000)).catch(() => 413)).toBe(413);
    expect((await fetch(address)).status).toBe(405);
    expect(textOf(await engineer.asks('status'))).toContain('All 2 are up.');
  });
});

test('a replayed request is acknowledged and does nothing again', async () => {
  const button = await leaveOldButton(house, channels.authOps, engineer.id);
  for (const [kind, doing] of [
    ['command', () => engineer.asks('status')],
    ['click', () => engineer.presses(button, 'Restart')],
    // What is said in a channel comes twice, as a mention and as a message of the channel.
    [
      'event',
      async () => {
        const heard = await answers();
        await engineer.says('status', directMessage(engineer.id));
        await expect.poll(answers).toBe(heard + 1);
      },
    ],
  ] as const) {
    await doing();
    const [before, copies] = [await answers(), await delivered(house.web(), kind, 'copy')];
    expect(await house.slack.resend({ how: 'replay' })).toMatchObject({ status: 200 });
    await expect.poll(() => delivered(house.web(), kind, 'copy')).toBe(copies + 1);
    expect(await answers()).toBe(before);
  }
});

test('what another bot says to Gatehouse is acknowledged and not answered', async () => {
  const said = await engineer.says('Deploying now', channels.authOps);
  const event = {
    type: 'app_mention',
    bot_id: 'B07OTHERBOT',
    user: engineer.id,
    text: `<@${app.botUser}> status`,
    ts: said.ts,
    channel: channels.authOps,
    event_ts: said.ts,
  };
  const before = await answers();
  const mention = { type: 'event_callback', team_id: team.id, event, event_id: randomUUID() };
  expect(await post(mention)).toBe(200);
  await engineer.asks('whoami');
  expect(await answers()).toBe(before + 1);
  const { bot_id: _, ...person } = event;
  await engineer.hears(
    () => post({ ...mention, event: person, event_id: randomUUID() }),
    ({ threadTs }) => threadTs === said.ts,
  );
});

test('health, readiness and metrics stand on the same port', async () => {
  expect(await (await fetch(`${house.web()}/healthz`)).json()).toEqual({ ok: true });
  const { status, checks } = await readiness(house.web());
  expect({ status, checks: Object.keys(checks).sort() }).toEqual({
    status: 200,
    checks: ['changes', 'database', 'directory', 'messages', 'reach', 'slack', 'timers'],
  });
  const before = await delivered(house.web(), 'command', 'new');
  await engineer.asks('status');
  await expect.poll(() => delivered(house.web(), 'command', 'new')).toBe(before + 1);
  const metrics = await (await fetch(`${house.web()}/metrics`)).text();
  expect(metrics).toContain('gatehouse_slack_connected 1');
  expect(metrics).toContain('gatehouse_database_open 1');
  expect(metrics).toContain('gatehouse_acknowledgement_seconds_bucket{le="3",kind="command"}');
});

/** Posts as Slack would: signed, now. */
async function post(payload: object): Promise<number> {
  const body = JSON.stringify(payload);
  const at = Math.floor(Date.now() / 1_000);
  const response = await fetch(`${house.web()}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': sign(tokens.signingSecret, at, body),
    },
    body,
  });
  return response.status;
}
