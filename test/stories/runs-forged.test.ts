import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../workspace/delivery/signature.ts';
import { channels, people, team } from '../../workspace/people.ts';
import { tokens } from '../support/grounds.ts';
import { openRunHouse, type RunHouse } from '../support/run-house.ts';

/** Bodies that Slack has signed, and whose every field somebody has made up: the worst that a client can send. */
let house: RunHouse;
let run: string;
let code: string;

beforeAll(async () => {
  house = await openRunHouse(['one', 'two'], { mode: 'http' });
});
afterAll(() => house.close());

beforeEach(async () => {
  run = await house.request('one');
  code = (await house.run(run)).plan?.hash.slice(0, 8) ?? '';
});

const open = () =>
  house.store.runs.inStates(['requested', 'planned', 'waiting', 'approved', 'claimed']);
/** Whatever was sent before has been dealt with when this has. */
const settled = () => house.person(people.onCall2).asks('whoami');

/** Sends them one after the other; nothing of it may have done anything. */
async function nothingComesOf(bodies: readonly object[]): Promise<void> {
  const before = await open();
  for (const body of bodies) expect(await post(body)).toBe(200);
  await settled();
  expect(await open()).toEqual(before);
  const [one, two] = [house.machine('one'), house.machine('two')];
  expect([one.restarts, two.restarts]).toEqual([0, 0]);
  expect((await house.store.killSwitch.state()).on).toBe(false);
}

describe('a form about a run', () => {
  const deeds = ['approve', 'confirm', 'deny'];
  const values = { note: 'fine', reason: 'no', target: 'one@prod', code: '123456' };

  test('counts for nobody who may not decide, whoever it says it is from', async () => {
    const strangers = [
      people.onCall1,
      people.onCall2,
      people.viewer,
      people.guest,
      people.external,
    ];
    await nothingComesOf(
      strangers.flatMap((user) =>
        deeds.map((deed) => form(user, `run:${deed}`, `${run}.${code}`, values)),
      ),
    );
  });

  test('counts for no manager of another team, of no team, or with a team beside the user', async () => {
    const data = `${run}.${code}`;
    const { manager1 } = people;
    await nothingComesOf([
      {
        ...form(manager1, 'run:approve', data, values),
        user: { id: manager1, team_id: 'T0OTHER' },
      },
      {
        ...form(manager1, 'run:approve', data, values),
        user: { id: manager1, team_id: 'T0OTHER' },
        team: { id: team.id },
      },
      {
        ...form(manager1, 'run:approve', data, values),
        user: { id: manager1 },
        team: { id: 'T0OTHER' },
      },
      { ...form(manager1, 'run:approve', data, values), user: { id: manager1 }, team: null },
    ]);
  });

  test('counts for another plan, run or deed as little as for none', async () => {
    const { manager1 } = people;
    const wrong = [
      run,
      `${run}.`,
      `${run}.00000000`,
      `${run}.${code} `,
      `R-000000.${code}`,
      '',
      '{}',
    ];
    await nothingComesOf([
      ...wrong.map((data) => form(manager1, 'run:approve', data, values)),
      ...['run:cancel', 'run:details', 'run:', 'run:approve:x', 'RUN:approve', 'approve'].map(
        (callback) => form(manager1, callback, `${run}.${code}`, values),
      ),
    ]);
  });
});

describe('the form of a request', () => {
  const carrying = (command: string, askedIn: string | null = channels.authOps) =>
    JSON.stringify({ command, askedIn });
  const request = (user: string, command: string, values: Record<string, string>) =>
    form(user, 'run:request', carrying(command), values);

  test('asks for nothing that the person may not ask for', async () => {
    const values = { target: 'two@prod', reason: 'because' };
    await nothingComesOf(
      [people.viewer, people.auditor, people.guest, people.external, people.deactivated].map(
        (user) => request(user, 'restart', values),
      ),
    );
  });

  test('is no other way to decide: whatever command it carries, the person is who they are', async () => {
    const words = { 'param:words': run };
    await nothingComesOf(
      [people.onCall1, people.viewer].flatMap((user) =>
        ['approve', 'confirm', 'deny', `approve ${run}`].map((command) =>
          request(user, command, { ...words, reason: 'fine' }),
        ),
      ),
    );
    await nothingComesOf([
      request(people.viewer, 'stop-all', { 'param:words': 'now' }),
      request(people.viewer, 'cancel', words),
      request(people.onCall2, 'cancel', words),
    ]);
  });

  test.each([
    ['a flag in a field', { target: 'two@prod --dry-run=no' }],
    ['two targets', { target: 'two@prod one@prod' }],
    ['all services', { target: 'all@prod' }],
    ['no target', {}],
    ['an unknown field', { target: 'two@prod', 'param:by': people.manager1 }],
    ['a parent', { target: 'two@prod', 'param:parent': 'R-000000' }],
    ['a flag in a word', { target: 'two@prod', 'param:words': '--instance=api' }],
    ['a path', { target: '../two@prod' }],
    ['the same flag twice', { target: 'two@prod', 'param:reason': 'no' }],
  ])('asks for nothing with %s', async (_, values: Record<string, string>) => {
    await nothingComesOf([request(people.onCall1, 'restart', { reason: 'because', ...values })]);
  });

  test.each(['', 'null', '[]', '{"command":7}', '{"command":"restart"}', 'x'.repeat(4_000)])(
    'asks for nothing when it carries %.30j',
    async (data) => {
      const body = form(people.onCall1, 'run:request', data, { target: 'two@prod', reason: 'x' });
      const before = await open();
      await post(body);
      await settled();
      expect(await open()).toEqual(before);
    },
  );
});

test('the same form counts when it says what is so', async () => {
  const { manager1, manager2 } = people;
  await post(form(manager1, 'run:approve', `${run}.${code}`, { note: 'fine' }));
  const { votes } = await house.reaches(run, 'succeeded');
  expect(votes.map(({ person }) => person)).toEqual([manager1]);
  await post(form(manager2, 'run:deny', `${run}.${code}`, { reason: 'no' }));
  await settled();
  expect((await house.run(run)).votes).toHaveLength(1);
});

/** A form as Slack sends it. */
function form(user: string, callback: string, data: string, values: Record<string, string>) {
  const fields = Object.entries(values).map(([block, value]) => [
    block,
    { field: { type: 'plain_text_input', value } },
  ]);
  return {
    type: 'view_submission',
    user: { id: user, team_id: team.id },
    team: { id: team.id },
    trigger_id: randomUUID(),
    view: {
      id: 'V0FORGED',
      hash: randomUUID(),
      callback_id: callback,
      private_metadata: data,
      state: { values: Object.fromEntries(fields) },
    },
  };
}

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
