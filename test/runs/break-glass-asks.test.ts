import { expect, test, vi } from 'vitest';
import { createDirectory } from '../../src/bot/people/directory.ts';
import type { BreakGlassRule } from '../../src/core/break-glass.ts';
import { realSleep } from '../../src/runs/sleep.ts';
import { groups, people, team } from '../../workspace/people.ts';
import { startLocalSlack, tokens } from '../bot/local-slack.ts';
import { recordingLog } from '../bot/recording-log.ts';
import { clientOf } from '../bot/start-bot.ts';
import { approvalsAnywhere } from '../support/approvals-anywhere.ts';
import { stillClock } from '../support/clock.ts';
import { aRequest, ballot, granted, grounds } from './grounds.ts';

const roles = {
  viewer: { members: [`group:${groups.viewers}`] },
  oncall: { members: [`group:${groups.oncall}`] },
  primary: { members: ['oncall:primary'] },
  manager: { members: [`group:${groups.managers}`] },
  security: { members: [`group:${groups.security}`] },
  helpdesk: { members: [`group:${groups.helpdesk}`] },
  auditor: { members: [`group:${groups.auditors}`] },
};
/** The list has the same group as the role: it is asked about once for both. */
const shift = { who: [`group:${groups.oncall}`], from: 0, to: Number.MAX_SAFE_INTEGER };
const rule: BreakGlassRule = {
  roles: ['oncall'],
  onCall: ['primary'],
  never: [],
  notify: { roles: ['manager'], channel: 'C-security' },
  perPerson: 2,
  global: 5,
  review: { by: ['manager', 'security'], within: 86_400_000 },
};

/** The real directory over the local workspace, which notes the groups that Slack is asked about. */
async function watchedDirectory() {
  const { api } = clientOf((await startLocalSlack()).apiUrl, 60_000, tokens.bot);
  const asked: string[] = [];
  const list = (given: { usergroup: string }) => {
    asked.push(given.usergroup);
    return api.usergroups.users.list(given);
  };
  const watched = { users: api.users, usergroups: { ...api.usergroups, users: { list } } };
  const clock = stillClock();
  const directory = createDirectory({
    api: watched as unknown as Parameters<typeof createDirectory>[0]['api'],
    team: team.id,
    roles: () => roles,
    oncall: () => ({ primary: { shifts: [shift], weekly: null } }),
    clock,
    log: recordingLog(),
    patience: 60_000,
  });
  const since = () => asked.splice(0).toSorted();
  return { directory, clock, since };
}

test('Slack is asked about the groups that break-glass depends on, once each, and about no others', async () => {
  const { directory, clock, since } = await watchedDirectory();
  const { runnerOver, store, find } = grounds();
  const runner = runnerOver({
    directory,
    sleep: realSleep,
    breakGlass: store.breakGlass,
    approvals: () => ({ ...approvalsAnywhere, breakGlass: rule }),
  });
  const engineer = { id: people.onCall1, team: team.id, roles: [] };
  const manager = { id: people.manager1, team: team.id, roles: [] };

  const reason = 'nobody answers and nobody can sign in';
  const run = granted(
    await runner.request(aRequest({ reason, breakGlass: true, by: engineer, action: 'restart' })),
  );
  expect(since()).toEqual([groups.oncall]);

  // As the desk has done it, which shows people what they may do.
  await directory.standing(engineer.id, team.id);
  since();
  const sure = { kind: 'confirm', typedTarget: 'rms-auth@prod', by: engineer } as const;
  granted(await runner.vote(ballot(run, engineer.id, sure)));
  await vi.waitFor(async () => expect((await find(run.id)).state).toBe('succeeded'), 20_000);
  expect(since()).toEqual([groups.oncall, groups.oncall]); // for the use, and once more at the claim

  const review = { run: run.id, by: manager, text: 'looked at it with them, it was right' };
  clock.pass(30_001);
  expect(await runner.review(review)).toEqual({ ok: true, value: true });
  expect(since()).toEqual([groups.managers, groups.security].toSorted());
});
