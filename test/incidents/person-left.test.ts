import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import type { PersonGone } from '../../src/core/incident-command.ts';
import { vacating } from '../../src/incidents/keeping/vacate.ts';
import { incidentNotice } from '../../src/views/incidents/incident-notice.ts';
import { quietLog } from '../support/quiet-log.ts';
import { lifeHouse } from './life-stage.ts';
import { declared, done, dueAt, having, meet, minute, refusal, ten } from './stage.ts';

const left = (who = 'U-sam', why: PersonGone = 'suspended') =>
  ({ kind: 'person-left', who, why }) as const;
const own = { by: null, at: ten + minute };

describe('whoever can do nothing any more', () => {
  test('leads nothing: the channel hears of it, and soon whoever is on call is called for it', () => {
    const gone = done(declared({ page: false }), left(), own);
    expect(gone.event).toBe('incident.person-left');
    expect(gone.incident.roles).toEqual({});
    expect(gone.told).toEqual(['incident:INC-42 0']);
    expect(gone.facts).toMatchObject({ who: 'U-sam', roles: ['commander'], acknowledged: false });
    expect(dueAt(gone.incident, 'role-unclaimed')).toBe(1 + 5);
    const asked = meet(gone.incident, 'role-unclaimed');
    expect(asked.facts).toMatchObject({ role: 'commander' });
    expect(asked.told).toContain('user:U-primary 0');
  });

  test('leads nothing also when somebody was asked to lead before, and nobody is again', () => {
    const before = having(
      declared({ page: false }),
      [{ kind: 'leave-role', role: 'commander' }, { at: ten }],
      [
        { kind: 'take-role', role: 'commander' },
        { at: ten + 20 * minute, by: 'U-kim' },
      ],
    );
    const counted = { ...before.counted, 'role-unclaimed': { from: ten, done: 6 } };
    const gone = done({ ...before, counted }, left('U-kim'), { by: null, at: ten + 30 * minute });
    expect(dueAt(gone.incident, 'role-unclaimed')).toBe(35);
  });

  test('who spoke for it puts off nothing while nobody leads; while somebody does, another is looked for', () => {
    const speaking = having(declared({ page: false }), [
      { kind: 'take-role', role: 'communications' },
      { at: ten, by: 'U-kim' },
    ]);
    const leaderless = having(speaking, [left(), own]);
    const gone = done(leaderless, left('U-kim'), { by: null, at: ten + 4 * minute });
    expect(dueAt(gone.incident, 'role-unclaimed')).toBe(1 + 5);
    const led = done(speaking, left('U-kim'), { by: null, at: ten + 4 * minute });
    expect(dueAt(led.incident, 'role-unclaimed')).toBe(4 + 10);
  });

  test('is not relied upon as the one who is on it: the ladder begins anew', () => {
    const mine = having(declared(), [{ kind: 'acknowledge' }, { at: ten }]);
    expect(dueAt(mine, 'acknowledge')).toBeUndefined();
    const gone = done(mine, left(), own);
    expect(gone.incident.acknowledged).toBeNull();
    expect(gone.incident.firstAcknowledged?.by).toBe('U-sam');
    expect(dueAt(gone.incident, 'acknowledge')).toBe(1 + 5);
  });

  test('keeps no offer of a role; what they had offered to others is still there to accept', () => {
    const offered = having(
      declared(),
      { kind: 'offer-role', role: 'commander', to: 'U-kim' },
      { kind: 'offer-role', role: 'scribe', to: 'U-sam' },
    );
    const gone = done(offered, left(), { by: null, at: ten + 3 * minute }).incident;
    expect(gone.handovers).toMatchObject([{ role: 'commander', from: null, to: 'U-kim' }]);
    const taken = having(gone, [{ kind: 'accept-role', role: 'commander' }, { by: 'U-kim' }]);
    expect(taken.roles.commander?.by).toBe('U-kim');
  });

  test('owns no review that is still to be written, and is still who led what is over', () => {
    const over = { ...resolved(), roles: { commander: { by: 'U-sam', at: ten } } };
    const gone = done(over, left(), { by: null, at: ten + 99 * minute });
    expect(gone.incident.review?.owner).toBeNull();
    expect(gone.incident.roles.commander?.by).toBe('U-sam');
    expect(refusal(gone.incident, left(), own)).toMatchObject({ kind: 'not-now' });
  });

  test('takes nothing from anybody else, and only Gatehouse says so', () => {
    expect(refusal(declared(), left('U-kim'), own)).toMatchObject({ kind: 'not-now' });
    expect(refusal(declared(), left(), { by: 'U-kim' })).toMatchObject({ kind: 'not-now' });
  });

  test('is named on the timeline with what nobody is now', () => {
    const mine = having(declared(), [{ kind: 'acknowledge' }, { at: ten }]);
    const { facts, event } = done(mine, left(), own);
    const record = { id: 1, subject: 'INC-42', version: 3, at: ten, hash: '', actor: 'gatehouse' };
    const named = { ...record, event, facts: { ...facts, who: 'U07SAM' } };
    expect(incidentNotice(named, 'room').text).toMatch(
      /<@U07SAM> was offboarded: nobody is incident commander now; nobody is known to be on it/i,
    );
  });
});

const resolved = (): Incident => {
  const texts = { causeText: null, customerText: null, withoutWatch: 'it was a single user' };
  const resolution = { fix: 'a restart', cause: 'known' as const, ...texts };
  const deed = { kind: 'resolve', resolution, started: null, ended: null, followUps: [] } as const;
  return having(declared(), deed);
};

describe('all incidents', () => {
  const setUp = async (gone: Record<string, PersonGone | Error>) => {
    const house = lifeHouse();
    const asked: string[] = [];
    const vacate = vacating({
      ...{ life: house.life, incidents: house.store.incidents, log: quietLog },
      gone: async ({ id }) => {
        asked.push(id);
        const why = gone[id] ?? null;
        if (why instanceof Error) throw why;
        return why;
      },
    });
    const commander = async (id: string) =>
      (await house.life.find(id))?.roles.commander?.by ?? null;
    return { ...house, vacate, asked, commander };
  };
  const by = (id: string, team = 'T1') => ({ by: { id, team } });

  test('lose who has just left, at once, each of them once', async () => {
    const { declare, vacate, commander, records } = await setUp({});
    await declare(by('U-sam'));
    await declare(by('U-sam'));
    await declare(by('U-kim'));
    await vacate.left({ id: 'U-sam', team: 'T1' }, 'suspended');
    await vacate.left({ id: 'U-sam', team: 'T1' }, 'suspended');
    expect(await Promise.all(['INC-1', 'INC-2', 'INC-3'].map(commander))).toEqual([
      null,
      null,
      'U-kim',
    ]);
    expect(await records()).toEqual(['incident.declared', 'incident.person-left']);
  });

  test('lose whoever left while nobody was there to hear of it, and nobody of whom nothing is said', async () => {
    const { declare, vacate, commander } = await setUp({
      'U-sam': 'deactivated',
      'U-ana': new Error('Slack does not say'),
    });
    for (const id of ['U-sam', 'U-ana', 'U-kim']) await declare(by(id));
    await vacate.all();
    expect(await Promise.all(['INC-1', 'INC-2', 'INC-3'].map(commander))).toEqual([
      null,
      'U-ana',
      'U-kim',
    ]);
  });

  test('of another team keep whoever has the same id there', async () => {
    const { declare, vacate, commander } = await setUp({});
    await declare(by('U-sam', 'T2'));
    await vacate.left({ id: 'U-sam', team: 'T1' }, 'suspended');
    expect(await commander('INC-1')).toBe('U-sam');
  });

  test('are looked through in turns where they are many, so that Slack is asked for fifty at once', async () => {
    const { declare, vacate, asked } = await setUp({});
    for (let one = 0; one < 60; one += 1) await declare(by(`U-${one}`));
    await vacate.all();
    expect(new Set(asked).size).toBe(50);
    await vacate.all();
    expect([asked.length, new Set(asked).size]).toEqual([100, 60]);
  });

  test('are left as they are when the database does not answer, and nobody hears of that', async () => {
    const { life, store } = lifeHouse();
    const incidents = { unfinished: () => Promise.reject(new Error('no line')) };
    const gone = async () => null;
    const vacate = vacating({ life, incidents, gone, log: quietLog });
    await vacate.left({ id: 'U-sam', team: 'T1' }, 'suspended');
    await vacate.all();
    expect(await store.audit.find({ limit: 1 })).toEqual([]);
  });
});
