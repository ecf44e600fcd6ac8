import { describe, expect, test } from 'vitest';
import type { Incidents } from '../../src/core/incidents.ts';
import type { Declaration } from '../../src/incidents/incident-life.ts';
import { duplicateMessage } from '../../src/views/incidents/incident-duplicate.ts';
import { lifeHouse } from './life-stage.ts';
import { declaration, minute, rules } from './stage.ts';

const other = { id: 'U-kim', team: 'T1', holds: ['oncall'] };

function house(told?: (incidents: Incidents) => Partial<Incidents>) {
  const all = lifeHouse(told);
  const declares = (more: Partial<Declaration> = {}) =>
    all.life.declare({ ...declaration, ...more });
  /** The incident that it comes to: a new one, or that which was declared already. */
  const comesTo = async (more: Partial<Declaration> = {}) => {
    const done = await declares({ by: other, ...more });
    if (done.ok) return `new ${done.value.id}`;
    return done.error.kind === 'duplicate' ? done.error.incident.id : expect.fail(done.error.kind);
  };
  const count = async () => (await all.life.list({ limit: 50 })).length;
  return { ...all, declares, comesTo, count };
}

describe('whoever declares what was declared a moment ago', () => {
  test('is told of the first one, and nothing else is declared and nobody called', async () => {
    const { declares, comesTo, count, store } = house();
    await declares();
    const messages = (await store.outbox.take(50)).length;
    expect(await comesTo()).toBe('INC-1');
    expect([await count(), (await store.outbox.take(50)).length]).toEqual([1, 0]);
    expect(messages).toBeGreaterThan(0);
    expect(await store.audit.find({ limit: 10 })).toHaveLength(1);
  });

  test('in the same instant is told of it as well: one is declared', async () => {
    const { declares, count } = house();
    const all = await Promise.all([1, 2, 3, 4].map(() => declares()));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await count()).toBe(1);
  });

  test('is told of it also when nobody could see it before it was written down', async () => {
    const { declares, comesTo } = house(() => ({ list: async () => [] }));
    await declares();
    expect(await comesTo()).toBe('INC-1');
  });

  test('declares another one all the same where they want that', async () => {
    const { declares, comesTo, count } = house();
    await declares();
    expect(await comesTo({ another: true })).toBe('new INC-2');
    expect(await count()).toBe(2);
  });

  test.each<[string, Partial<Declaration>]>([
    ['of another environment', { target: { service: 'rms-auth', env: 'staging' } }],
    ['of another service', { target: { service: 'rust-auth', env: 'prod' } }],
    ['of no service', { target: null }],
    ['of another team', { by: { id: 'U-kim', team: 'T2' } }],
  ])('declares another one %s', async (_what, more) => {
    const { declares, comesTo } = house();
    await declares();
    expect(await comesTo(more)).toMatch(/^new/);
  });

  test('declares another one after ten minutes, and once the first is over', async () => {
    const first = house();
    await first.declares();
    await first.time.pass(10 * minute);
    expect(await first.comesTo()).toBe('INC-1');
    await first.time.pass(1);
    expect(await first.comesTo()).toMatch(/^new/);
    const second = house();
    await second.declares();
    const by = { id: 'U-sam', team: 'T1', holds: [] };
    await second.life.do('INC-1', { kind: 'cancel', reason: 'false-alarm', of: null }, by);
    expect(await second.comesTo()).toMatch(/^new/);
  });

  test('hears of none about security that they may not read, and theirs is taken for no other', async () => {
    const { declares, comesTo, count } = house();
    await declares({ security: true });
    expect(await comesTo()).toBe('new INC-2');
    expect(await comesTo({ by: { ...other, holds: ['security'] } })).toMatch(/^INC-[12]$/);
    expect(await comesTo({ security: true })).toMatch(/^new/);
    expect(await count()).toBe(3);
  });

  test('hears of none about security either when it is the newest one', async () => {
    const { declares, comesTo } = house();
    await declares();
    await declares({ security: true, another: true });
    expect(await comesTo()).toBe('INC-1');
  });

  test('is told of the same when the delivery comes again that declared it', async () => {
    const { declares } = house();
    const origin = 'view:V1';
    const [first, again] = [await declares({ origin }), await declares({ origin })];
    expect(again).toEqual(first);
    expect(first.ok).toBe(true);
  });

  test('is told of no duplicate by a copy of the delivery that declared it', async () => {
    const { declares, count } = house();
    const origin = 'view:V1';
    const all = await Promise.all([1, 2, 3].map(() => declares({ origin })));
    expect(all.map((one) => one.ok && one.value.id)).toEqual(['INC-1', 'INC-1', 'INC-1']);
    expect(await count()).toBe(1);
  });

  test('nor where that copy was declared between two looks for it', async () => {
    let looks = 0;
    const late = house((incidents) => ({
      findByOrigin: async (key) => {
        looks += 1;
        return looks === 2 ? null : incidents.findByOrigin(key);
      },
    }));
    const origin = 'view:V1';
    await late.declares({ origin });
    expect(await late.comesTo({ origin })).toBe('new INC-1');
    expect([looks, await late.count()]).toEqual([3, 1]);
  });

  test('is told of none where the configuration does not want that', async () => {
    const never = { ...rules, duplicateWithin: null };
    const { life } = lifeHouse(undefined, () => never);
    await life.declare(declaration);
    expect((await life.declare(declaration)).ok).toBe(true);
  });
});

describe('what they are shown', () => {
  const shown = async (severity: Declaration['severity'], anyway: string | null = 'incident x') => {
    const { declares } = house();
    await declares({ severity: 3 });
    const done = await declares({ by: other, severity });
    if (done.ok || done.error.kind !== 'duplicate') return expect.fail('it is no duplicate');
    const { blocks } = duplicateMessage({ refusal: done.error, anyway });
    const elements = blocks.flatMap((one) => (one.type === 'actions' ? one.elements : []));
    const labels = elements.map((one) => ('text' in one ? one.text?.text : null));
    return { labels, text: JSON.stringify(blocks), elements };
  };

  test('lets them join it, or declare another one anyway', async () => {
    const { labels, text } = await shown(3);
    expect(labels).toEqual(['Join INC-1', 'Declare another anyway']);
    expect(text).toContain('Nothing else was declared');
    expect((await shown(3, null)).labels).toEqual(['Join INC-1']);
  });

  test('offers to raise it where they say that it is worse, so that no SEV1 is swallowed', async () => {
    const { labels, elements } = await shown(1);
    expect(labels).toEqual(['Join INC-1', 'Raise it to SEV1', 'Declare another anyway']);
    expect(elements[1]).toMatchObject({ action_id: 'incident:set-severity', value: 'INC-1:1:1' });
    expect((await shown(null)).labels).not.toContain('Raise it to SEV2');
    expect((await shown(4)).labels).toHaveLength(2);
  });
});
