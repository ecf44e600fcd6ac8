import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/core/json.ts';
import type { Draft } from '../../../src/core/plan.ts';
import { canonicalJson } from '../../../src/runs/planning/canonical-json.ts';
import { type PlanOrigin, planHash } from '../../../src/runs/planning/plan-hash.ts';

const text = fc.string({ maxLength: 8 });
const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
const drafts: fc.Arbitrary<Draft> = fc.record({
  summary: text,
  facts: fc.array(fc.record({ name: text, value: text, material: fc.boolean() }), { maxLength: 4 }),
  steps: fc.array(
    fc.record({ id: text, does: text, args: json, timeout: fc.nat(), repeatable: fc.boolean() }),
    { maxLength: 3 },
  ),
  risk: fc.constantFrom('low', 'high', 'destructive'),
  riskReasons: fc.array(text),
  undo: fc.record({ possible: fc.boolean(), how: text }),
});
const origins: fc.Arbitrary<PlanOrigin> = fc.record({
  action: text,
  version: fc.nat(),
  target: fc.record({ service: text, env: text }),
  params: json,
  policyVersion: text,
});

/** The same with the keys the other way round, all the way down. */
function turned<T>(value: T): T {
  if (Array.isArray(value)) return value.map(turned) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, turned(inner)]);
  return Object.fromEntries(entries.toReversed()) as T;
}

/** What the hash is for, as plain data: two plans are the same exactly when this is. */
const subject = (draft: Draft, origin: PlanOrigin) => ({
  ...origin,
  facts: draft.facts.filter(({ material }) => material),
  steps: draft.steps,
  risk: draft.risk,
  undo: draft.undo,
});

describe('the hash of a plan', () => {
  test('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(drafts, origins, (draft, origin) => {
        expect(planHash(turned(draft), turned(origin))).toBe(planHash(draft, origin));
      }),
    );
  });

  test('does not depend on what is not material, nor on how it is told', () => {
    fc.assert(
      fc.property(drafts, origins, text, (draft, origin, other) => {
        const aside = { name: other, value: other, material: false };
        const facts = [aside, ...draft.facts.filter(({ material }) => material)];
        const told = { ...draft, facts, summary: other, riskReasons: [other] };
        expect(planHash(told, origin)).toBe(planHash(draft, origin));
      }),
    );
  });

  test('is another one whenever anything else is', () => {
    fc.assert(
      fc.property(
        drafts,
        drafts,
        origins,
        origins,
        fc.nat(8),
        (draft, other, from, elsewhere, which) => {
          const keys = Object.keys({ ...from, ...draft });
          const key = keys[which % keys.length] ?? '';
          const changed = key in draft ? { ...draft, [key]: other[key as keyof Draft] } : draft;
          const origin =
            key in from ? { ...from, [key]: elsewhere[key as keyof PlanOrigin] } : from;
          const same =
            JSON.stringify(turned(subject(changed, origin))) ===
            JSON.stringify(turned(subject(draft, from)));
          expect(planHash(changed, origin) === planHash(draft, from)).toBe(same);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('takes only what it is for: what else comes along does not change it', () => {
    fc.assert(
      fc.property(drafts, origins, text, (draft, origin, more) => {
        const wider = { ...origin, reason: more, by: more };
        expect(planHash({ ...draft, ...{ note: more } }, wider)).toBe(planHash(draft, origin));
      }),
    );
  });
});

describe('canonical JSON', () => {
  test('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('leaves out what is undefined, and refuses what is no data', () => {
    expect(canonicalJson({ b: 1, a: undefined, c: { z: null, y: 'é' } })).toBe(
      '{"b":1,"c":{"y":"é","z":null}}',
    );
    for (const odd of [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      () => 1,
      Symbol('x'),
      1n,
      [undefined],
    ]) {
      expect(() => canonicalJson(odd)).toThrow('cannot be hashed');
    }
  });
});
