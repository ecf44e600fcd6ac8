import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import type { Unless } from '../../src/core/incidents.ts';
import { someIncident } from '../support/some-incident.ts';
import type { IncidentsSetUp } from './incidents.ts';

/** What every implementation of `Incidents` must do when somebody declares what was declared already. */
export function incidentDuplicatesContract(setUp: () => IncidentsSetUp) {
  const incidents = () => setUp().store.incidents;
  const about = (env = 'prod') => ({ service: `s-${randomUUID().slice(0, 8)}`, env });
  const entry = { event: 'incident.declared', actor: 'user:T1/U1', facts: {} };
  const declare = async (
    target: Incident['target'],
    unless: Partial<Unless> | null,
    origin: string | null = null,
  ) => {
    const { number, now } = await incidents().next();
    const some = someIncident(number, { target });
    const declared = { ...some, times: { ...some.times, declared: now } };
    const whole = unless && { since: now - 600_000, but: [], ...unless };
    return incidents().declare(declared, origin, entry, [], whole);
  };

  describe('a declaration of what was declared already', () => {
    test('comes to the first one: of many in the same instant one is declared', async () => {
      const target = about();
      const all = await Promise.all([1, 2, 3, 4, 5].map(() => declare(target, {})));
      expect(all.filter(({ fresh }) => fresh)).toHaveLength(1);
      expect(all.filter(({ duplicate }) => duplicate)).toHaveLength(4);
      expect(new Set(all.map(({ incident }) => incident.id)).size).toBe(1);
      const { service } = target;
      expect(await incidents().list({ service, limit: 10 })).toHaveLength(1);
    });

    test('is another incident where that is wanted, or the first one does not count', async () => {
      const target = about();
      const first = await declare(target, {});
      expect((await declare(target, null)).fresh).toBe(true);
      const { incident: second } = await declare(target, {});
      expect(second.id).not.toBe(first.incident.id);
      expect((await declare(target, { but: [second.id] })).incident.id).toBe(first.incident.id);
      const none = [first.incident.id, second.id];
      expect((await declare(target, { but: none })).fresh).toBe(true);
    });

    test('comes to one that is still open, also when a later one is over', async () => {
      const target = about();
      const { incident: open } = await declare(target, {});
      const { incident: before } = await declare(target, null);
      const audit = { ...entry, event: 'incident.changed' };
      const after = { ...before, state: 'resolved' as const };
      await incidents().transition({ before, after, audit, messages: [] });
      const found = await declare(target, {});
      expect([found.duplicate, found.incident.id]).toEqual([true, open.id]);
    });

    test('is another incident where it is about something else, or about nothing', async () => {
      const target = about();
      await declare(target, {});
      expect((await declare({ ...target, env: 'staging' }, {})).fresh).toBe(true);
      expect((await declare(about(), {})).fresh).toBe(true);
      expect((await declare(null, {})).fresh).toBe(true);
      expect((await declare(null, {})).fresh).toBe(true);
    });

    test.each(['resolved', 'closed', 'cancelled'] as const)(
      'is another incident once the first one is %s',
      async (state) => {
        const target = about();
        const { incident: before } = await declare(target, {});
        const audit = { ...entry, event: 'incident.changed' };
        await incidents().transition({ before, after: { ...before, state }, audit, messages: [] });
        expect((await declare(target, {})).fresh).toBe(true);
      },
    );

    test('is another incident once the first one was declared too long ago', async () => {
      const target = about();
      const { incident } = await declare(target, {});
      const { declared } = incident.times;
      await setUp().pass(1_000);
      expect((await declare(target, { since: declared + 500 })).fresh).toBe(true);
    });

    test('that comes again is still the incident that came of it', async () => {
      const [target, origin] = [about(), `Ev-${randomUUID()}`];
      const first = await declare(target, {}, origin);
      expect(await declare(target, {}, origin)).toEqual({ incident: first.incident, fresh: false });
      expect(await declare(target, null, origin)).toEqual({
        incident: first.incident,
        fresh: false,
      });
      expect((await declare(target, {})).incident.id).toBe(first.incident.id);
    });
  });
}
