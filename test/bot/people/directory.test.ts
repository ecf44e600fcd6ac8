import { describe, expect, onTestFinished, test } from 'vitest';
import { createDirectory } from '../../../src/bot/people/directory.ts';
import { app, groups, partnerTeam, people, slackbot, team } from '../../../workspace/people.ts';
import { stillClock } from '../../support/clock.ts';
import { patience } from '../../support/patience.ts';
import { startLocalSlack, tokens } from '../local-slack.ts';
import { recordingLog } from '../recording-log.ts';
import { clientOf } from '../start-bot.ts';
import { startTinySlack } from '../tiny-slack.ts';

const roles = {
  oncall: { members: [`group:${groups.oncall}`] },
  manager: { members: [`group:${groups.managers}`, `user:${people.onCall2}`] },
  auditor: { members: [`user:${people.auditor}`] },
};

const over = (apiUrl: string, home: string = team.id) => {
  const [clock, log] = [stillClock(), recordingLog()];
  const { api } = clientOf(apiUrl, patience, tokens.bot);
  const who = { api, team: home, roles: () => roles, clock, log };
  return {
    clock,
    log,
    directory: createDirectory({ ...who, patience }),
    /** One for which nobody waits as long as a test does. */
    hasty: () => createDirectory(who),
  };
};

describe('who is who in a workspace', () => {
  test.each([
    ['a person of a group', people.onCall1, team.id, { roles: ['oncall'] }],
    ['a person of a group and by name', people.onCall2, team.id, { roles: ['oncall', 'manager'] }],
    ['a person by name', people.auditor, team.id, { roles: ['auditor'] }],
    ['a person without a role', people.viewer, team.id, { roles: [] }],
  ])('%s is a member', async (_who, id, from, expected) => {
    const { directory } = over((await startLocalSlack()).apiUrl);
    expect(await directory.standing(id, from)).toEqual({
      kind: 'member',
      person: { id, team: team.id, ...expected },
    });
    expect(directory.ready()).toEqual({ ok: true, why: null });
  });

  test.each([
    ['a guest', people.guest, team.id, 'guest'],
    ['somebody deactivated', people.deactivated, team.id, 'deactivated'],
    ['somebody of another team', people.external, partnerTeam, 'foreign'],
    ['somebody of another team who says otherwise', people.external, team.id, 'foreign'],
    ['a member who comes from another team', people.onCall1, partnerTeam, 'foreign'],
    ['somebody of no team', people.onCall1, '', 'foreign'],
    ['somebody nobody knows', 'U00000000', team.id, 'foreign'],
    ['the app itself', app.botUser, team.id, 'bot'],
    ['Slackbot', slackbot, team.id, 'bot'],
  ])('%s is refused', async (_who, id, from, why) => {
    const { directory } = over((await startLocalSlack()).apiUrl);
    expect(await directory.standing(id, from)).toEqual({ kind: 'refused', why });
  });

  test('a group that is gone, and groups that nobody pays for, are empty and reported', async () => {
    const slack = await startLocalSlack();
    await slack.control('plan', { paid: false });
    const { directory, log } = over(slack.apiUrl);
    expect(await directory.standing(people.onCall2, team.id)).toMatchObject({
      kind: 'member',
      person: { roles: ['manager'] },
    });
    expect(log.lines[0]).toMatchObject({ level: 'warn', fields: { group: groups.oncall } });
  });

  test('somebody who is deactivated, or leaves a group, is another at once when Slack says so', async () => {
    const slack = await startLocalSlack();
    const { directory } = over(slack.apiUrl);
    await directory.standing(people.onCall1, team.id);
    await slack.control('group', { group: groups.oncall, members: [people.onCall2] });
    directory.forget('group', groups.oncall);
    expect(await directory.standing(people.onCall1, team.id)).toMatchObject({
      person: { roles: [] },
    });
    await slack.control('member', { user: people.onCall1, deactivated: true });
    directory.forget('person', people.onCall1);
    expect(await directory.standing(people.onCall1, team.id)).toEqual({
      kind: 'refused',
      why: 'deactivated',
    });
  });
});

/** A directory over a Slack that can be spoilt, and how often that was asked. */
async function spoilable(isHasty = false) {
  const slack = await startTinySlack();
  onTestFinished(() => slack.close());
  const user = { id: 'U1', team_id: 'T1' };
  slack.answer('users.info', () => ({ user }));
  slack.answer('usergroups.users.list', () => ({ users: ['U1'] }));
  const spoil = (reply: Parameters<typeof slack.answer>[1]) => {
    slack.answer('users.info', reply);
    slack.answer('usergroups.users.list', reply);
  };
  const asked = () => slack.calls.filter(({ method }) => method === 'users.info').length;
  const { hasty, clock, ...patient } = over(slack.apiUrl, 'T1');
  const directory = isHasty ? hasty() : patient.directory;
  return { slack, spoil, asked, clock, ask: () => directory.standing('U1', 'T1'), directory };
}

const member = { kind: 'member', person: { roles: ['oncall', 'manager'] } };

describe('copies', () => {
  test('serve half a minute, then Slack is asked again', async () => {
    const { ask, asked, clock } = await spoilable();
    await ask();
    clock.pass(30_000);
    await ask();
    expect(asked()).toBe(1);
    clock.pass(1);
    await ask();
    expect(asked()).toBe(2);
  });

  test('are asked for once, however many people want them', async () => {
    const { ask, slack } = await spoilable();
    await Promise.all(Array.from({ length: 50 }, ask));
    expect(slack.calls).toHaveLength(3);
  });

  test.each<[string, Parameters<Awaited<ReturnType<typeof spoilable>>['spoil']>[0]]>([
    ['hangs', () => 'hang'],
    ['breaks', () => ({ status: 503 })],
    ['limits the rate', () => ({ status: 429 })],
    ['refuses the token', () => ({ ok: false, error: 'token_revoked' })],
    ['says nothing about the person', () => ({})],
  ])('serve ten minutes while Slack %s, and after that nobody is verified', async (_how, reply) => {
    const { ask, spoil, clock, directory } = await spoilable(true);
    await expect.poll(ask).toMatchObject(member);
    spoil(reply);
    clock.pass(600_000);
    expect(await ask()).toMatchObject(member);
    clock.pass(1);
    expect(await ask()).toMatchObject({
      kind: 'unverified',
      person: { id: 'U1', team: 'T1', roles: [] },
      why: expect.stringContaining('Slack does not say who is who'),
    });
    expect(directory.ready()).toMatchObject({ ok: true, why: expect.any(String) });
  });
});

test('only the groups of the wanted roles are asked for, so that deciding costs few questions', async () => {
  const slack = await startLocalSlack();
  const { directory } = over(slack.apiUrl);
  const asked = async () => {
    const { traffic } = await slack.control('traffic', {});
    return traffic.filter(({ what }) => what === 'usergroups.users.list').length;
  };
  const standing = await directory.standing(people.manager1, team.id, {
    maxAge: 0,
    roles: ['manager'],
  });
  expect(standing).toMatchObject({ kind: 'member', person: { roles: ['manager'] } });
  expect(await asked()).toBe(1);
  const none = await directory.standing(people.onCall1, team.id, { maxAge: 0, roles: [] });
  expect(none).toMatchObject({ kind: 'member', person: { roles: [] } });
  expect(await asked()).toBe(1);
});

describe('a role that is somebody’s while they are on call', () => {
  const hour = 3_600_000;
  const onCall = async (people_: Partial<Record<'first' | 'second', string>>) => {
    const slack = await startLocalSlack();
    const [clock, log] = [stillClock(), recordingLog()];
    const { api } = clientOf(slack.apiUrl, patience, tokens.bot);
    const now = clock.now();
    const shifts = Object.values(people_).map((who, turn) => ({
      who: [who],
      from: now + turn * hour,
      to: now + (turn + 1) * hour,
    }));
    const roles_ = () => ({ oncall: { members: ['oncall:primary', 'oncall:gone'] } });
    const oncall = () => ({ primary: { shifts, weekly: null } });
    const who = { api, team: team.id, roles: roles_, oncall };
    const directory = createDirectory({ ...who, clock, log, patience });
    const holds = async (id: string, maxAge?: number) => {
      const standing = await directory.standing(
        id,
        team.id,
        maxAge === undefined ? undefined : { maxAge },
      );
      return standing.kind === 'member' && standing.person.roles.includes('oncall');
    };
    return { clock, directory, holds };
  };

  test('goes to the next at the minute of the hand-over, whatever copies there are', async () => {
    const { clock, directory, holds } = await onCall({
      first: `user:${people.onCall1}`,
      second: `user:${people.onCall2}`,
    });
    expect([await holds(people.onCall1), await holds(people.onCall2)]).toEqual([true, false]);
    clock.pass(hour - 1);
    expect(await holds(people.onCall1, 30_000)).toBe(true);
    clock.pass(1);
    expect(await holds(people.onCall1, 30_000)).toBe(false);
    expect([await holds(people.onCall1, 0), await holds(people.onCall2, 0)]).toEqual([false, true]);
    expect(await directory.members('oncall')).toEqual([people.onCall2]);
    clock.pass(hour);
    expect(await directory.members('oncall')).toEqual([]);
  });

  test('can be that of a whole group', async () => {
    const { holds } = await onCall({ first: `group:${groups.managers}` });
    expect([await holds(people.manager1), await holds(people.onCall1)]).toEqual([true, false]);
  });
});

describe('the names of groups', () => {
  test('are asked for once, and are what people write', async () => {
    const slack = await startLocalSlack();
    const { directory } = over(slack.apiUrl);
    const names = await directory.groupNames?.();
    expect(names?.get(groups.oncall)).toMatch(/^@[a-z]/);
    await directory.groupNames?.();
    const { traffic } = await slack.control('traffic', {});
    expect(traffic.filter(({ what }) => what === 'usergroups.list')).toHaveLength(1);
  });

  test.each([
    ['hangs', () => 'hang' as const],
    ['breaks', () => ({ status: 503 })],
    ['says nothing', () => ({})],
  ])('are none when Slack %s', async (_how, reply) => {
    const { slack, directory } = await spoilable();
    slack.answer('usergroups.list', reply);
    expect(await directory.groupNames?.()).toEqual(new Map());
  });
});
