import { describe, expect, test } from 'vitest';
import type { Unconfirmed } from '../../../src/core/outbox.ts';
import { homeView } from '../../../src/views/home.ts';
import { runDetails } from '../../../src/views/runs/run-details.ts';
import { checkMessage } from '../../../workspace/blocks/check.ts';
import { ask, type } from '../../handlers/run-desk.ts';
import { fakeRuns } from '../../support/fake-runner.ts';
import { someRun } from '../../support/some-run.ts';

const one = (to: string, why = 'is_archived'): Unconfirmed => ({
  id: '1',
  kind: 'card',
  subject: 'R7',
  to,
  why,
  since: Date.UTC(2026, 0, 2),
});

describe('messages that may not have reached Slack', () => {
  test('are shown with their run: where, since when and why', () => {
    const unconfirmed = [one('C0AUDIT'), one('user:U0MANAGER', 'no answer <!here>')];
    const message = runDetails({ run: someRun(), trail: [], unconfirmed });
    const said = JSON.stringify(message);
    expect(checkMessage(message as never)).toBeNull();
    expect(said).toContain('Unconfirmed');
    expect(said).toMatch(/Its card, for <#C0AUDIT>: given up <!date\^\d+.*is_archived/);
    expect(said).toContain('<@U0MANAGER>');
    expect(said).not.toContain('<!here>');
    expect(JSON.stringify(runDetails({ run: someRun(), trail: [] }))).not.toContain('Unconf');
  });

  test('are named by the first few', () => {
    const unconfirmed = Array.from({ length: 9 }, (_, n) => one(`C0${n}`));
    const said = JSON.stringify(runDetails({ run: someRun(), trail: [], unconfirmed }));
    expect(said).toContain('and 4 more');
  });

  test('are what `/auth run` says first, and the Home tab counts them', async () => {
    const { tools } = fakeRuns({ unconfirmed: [one('C0AUDIT'), one('C0OTHER')] });
    expect((await type(tools, 'run R7')).text).toContain('Its card, for <#C0AUDIT>');
    const { homes } = await ask(tools, { kind: 'home' });
    expect(JSON.stringify(homes)).toContain('2 messages may not have reached Slack (`R7`)');
  });

  test('are not mentioned where there are none', () => {
    const runs = { waiting: [], open: [], unconfirmed: { runs: [], messages: 0 } };
    const home = { roles: [], unverified: null, status: null, runs, commands: [], next: [] };
    expect(JSON.stringify(homeView(home, 0))).not.toContain('may not have');
  });
});
