import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goneBackFrom } from '../../../src/actions/history/releases.ts';
import { chooseRelease } from '../../../src/actions/rollback/choice.ts';
import type { Release } from '../../../src/core/capabilities.ts';

/** Makes another release the current one, and writes down which one was left for it. */
const switched = (releases: readonly Release[], id: string): Release[] =>
  releases.map((one) => ({
    ...one,
    current: one.id === id,
    ...(one.current ? { leftFor: id } : {}),
  }));

const some = fc
  .array(fc.boolean(), { minLength: 1, maxLength: 6, size: 'max' })
  .chain((verified) => fc.tuple(fc.constant(verified), fc.nat(verified.length - 1)))
  .map(([verified, current]): Release[] =>
    verified.map((ok, index) => ({
      id: `r${index}`,
      at: 100 - index,
      verified: ok,
      current: index === current,
    })),
  );

const wanted = fc.option(
  fc.nat(5).map((index) => `r${index}`),
  { freq: 2 },
);

/** Somebody deploys a release, or asks for a rollback. */
const deed = fc.record({
  kind: fc.constantFrom('deploy' as const, 'rollback' as const),
  to: wanted,
});
const doing = fc.array(deed, { maxLength: 20, size: 'max' });

type Deed = typeof deed extends fc.Arbitrary<infer One> ? One : never;

test('rollbacks alone only ever go further back, to what ran well, and come to an end', () => {
  fc.assert(
    fc.property(some, fc.array(wanted, { maxLength: 20 }), (first, wishes) => {
      let releases = first;
      let last = releases.findIndex(({ current }) => current);
      for (const wish of wishes) {
        const chosen = chooseRelease(releases, wish);
        if (!chosen.ok) continue;
        const place = releases.findIndex(({ id }) => id === chosen.value.to.id);
        expect(place).toBeGreaterThan(last);
        expect(chosen.value.to.verified).toBe(true);
        releases = switched(releases, chosen.value.to.id);
        last = place;
      }
    }),
  );
});

test('whatever is deployed in between, none goes to what was gone back from when it was last left', () => {
  fc.assert(
    fc.property(some, doing, (first, deeds) => {
      const given = new Set<string>();
      deeds.reduce((releases, deed) => after(releases, deed, given), first);
    }),
  );
});

/** Does one of them. `given` are those that were last left for an older one, by a model of its own. */
function after(releases: Release[], { kind, to: wish }: Deed, given: Set<string>): Release[] {
  const to = kind === 'deploy' ? wish : toOf(chooseRelease(releases, wish));
  if (kind === 'rollback') expect(given).not.toContain(to);
  const left = leaving(releases, to);
  if (!left) return releases;
  if (left.back) given.add(left.id);
  else given.delete(left.id);
  return switched(releases, left.to);
}

const toOf = (chosen: ReturnType<typeof chooseRelease>): string | null =>
  chosen.ok ? chosen.value.to.id : null;

/** What is left for that one, and whether that is a step back, whatever it is called; null for no step. */
function leaving(releases: readonly Release[], to: string | null) {
  const from = releases.findIndex(({ current }) => current);
  const place = releases.findIndex(({ id }) => id === to);
  if (to === null || place < 0 || place === from) return null;
  return { id: releases[from]?.id ?? '', to, back: place > from };
}

test('a release that was deployed again and then left for a newer one can be gone back to', () => {
  const left: Release = { id: 'b', at: 2, verified: true, current: false, leftFor: 'c' };
  const releases = [{ ...left, id: 'c', current: true }, left];
  expect(goneBackFrom(left, releases)).toBeNull();
  expect(chooseRelease(releases, null)).toMatchObject({ ok: true, value: { to: { id: 'b' } } });
});
