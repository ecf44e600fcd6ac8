import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { AuditQuery } from '../../src/core/audit.ts';
import { everyService } from '../../src/core/target.ts';
import type { NewRun } from '../../src/core/transition.ts';
import { patience } from '../support/patience.ts';
import { change, entry, newRun, type RunsSetUp } from './runs.ts';

/** What every implementation of {@link Audit} must do. */
export function auditContract(setUp: () => RunsSetUp) {
  const { since, pages } = { since: 0, pages: 3 };
  const audit = () => setUp().store.audit;
  const find = (query: Partial<AuditQuery>) => audit().find({ since, limit: 1_000, ...query });
  /** A run with so many records. */
  const history = async (length: number, asked: Partial<NewRun> = {}, actor = 'user:T1/U1') => {
    const run = newRun(asked);
    await setUp().store.runs.create(run, { ...entry('run.requested'), actor });
    for (let version = 1; version < length; version += 1) {
      const said = { ...entry('run.changed', { n: version }), actor };
      await setUp().store.runs.transition(change({ id: run.id, version }, { audit: said }));
    }
    return run;
  };

  test('the newest record comes first, and the next page begins after the last', async () => {
    const { id: subject } = await history(7);
    const all = await find({ subject });
    expect(all.map(({ version }) => version)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    const read = [];
    for (let beforeId: number | undefined, page = 0; page < pages; page += 1) {
      const rows = await find({ subject, limit: 3, ...(beforeId !== undefined && { beforeId }) });
      read.push(...rows);
      beforeId = rows.at(-1)?.id;
    }
    expect(read).toEqual(all);
  });

  test('records are found by who, what, on what and when', async () => {
    const [actor, service, action] = [`user:T1/${randomUUID()}`, randomUUID(), randomUUID()];
    const early = await history(2, { action, target: { service, env: 'prod' } });
    await setUp().pass(10_000);
    const late = await history(1, { action, target: { service, env: 'dev' } }, actor);
    const other = await history(1, {}, actor);
    const found = async (query: Partial<AuditQuery>) =>
      (await find(query)).map(({ subject }) => subject);
    expect(await found({ actor })).toEqual([other.id, late.id]);
    expect(await found({ service })).toEqual([late.id, early.id, early.id]);
    expect(await found({ action })).toEqual([late.id, early.id, early.id]);
    expect(await found({ action, actor })).toEqual([late.id]);
    const at = (await find({ subject: late.id }))[0]?.at ?? 0;
    expect(await found({ service, since: at })).toEqual([late.id]);
    expect(await found({ service, since: at + 1 })).toEqual([]);
    expect(await found({ service, until: at })).toEqual([late.id, early.id, early.id]);
    expect(await found({ service, until: at - 1 })).toEqual([early.id, early.id]);
    expect(await found({ service, until: at - 1, since: at - 1 })).toEqual([]);
    expect(await found({ until: 1 })).toEqual([]);
    expect(await found({ service: randomUUID() })).toEqual([]);
  });

  test('what was done to all services is found under the name of each of them', async () => {
    const [service, other] = [randomUUID(), randomUUID()];
    const all = newRun({ target: { service: everyService, env: 'prod' } });
    const about = (...services: string[]) => entry('run.changed', { services });
    await setUp().store.runs.create(all, about(service, other));
    const own = await history(1, { target: { service, env: 'prod' } });
    const said = [
      about(other),
      about(other, service),
      about(),
      entry('run.changed', { services: service }),
    ];
    for (const [n, audit] of said.entries()) {
      await setUp().store.runs.transition(change({ id: all.id, version: n + 1 }, { audit }));
    }
    const found = await find({ service });
    const ofAll = [all.id, own.id, all.id];
    expect(found.map(({ subject }) => subject)).toEqual(ofAll);
    expect(found.map(({ version }) => version)).toEqual([3, 1, 1]);
    const [first, second] = found;
    expect(await find({ service, limit: 2 })).toEqual([first, second]);
    expect(await find({ service, beforeId: first?.id ?? 0, limit: 1 })).toEqual([second]);
    expect(await find({ service, subject: all.id, limit: 1 })).toEqual([first]);
    expect((await find({ service: everyService, subject: all.id })).length).toBe(5);
    expect(await find({ service, action: 'rollback' })).toEqual([]);
    expect(await find({ service: service.slice(1) })).toEqual([]);
  });

  test('every sum is right, and every record is sealed within a second', async () => {
    await Promise.all([history(4), history(1), history(3)]);
    await vi.waitFor(async () => {
      expect(await audit().verify()).toMatchObject({ ok: true, unsealed: 0 });
    }, patience);
    const checked = await audit().verify();
    expect(checked.ok && checked.seals).toBeGreaterThan(0);
    expect(checked.records).toBeGreaterThanOrEqual(8);
  });

  test('whatever is tried at once, the log stays whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(2), { minLength: 1, maxLength: 20 }), async (attempts) => {
        const runs = await Promise.all([history(1), history(1), history(1)]);
        const checks = attempts.map(async (at, n) => {
          const { id } = runs[at] ?? runs[0];
          await setUp().store.runs.transition(change({ id, version: 1 + (n % 3) }));
          return n % 5 === 0 ? audit().verify() : null;
        });
        for (const check of await Promise.all(checks)) expect(check?.ok ?? true).toBe(true);
        expect(await audit().verify()).toMatchObject({ ok: true });
      }),
      { numRuns: 5 },
    );
  });
}
