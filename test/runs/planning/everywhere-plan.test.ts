import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Draft, PlanFact } from '../../../src/core/plan.ts';
import { joinDrafts, membersOf, planOfMember } from '../../../src/runs/planning/everywhere-plan.ts';
import { sealPlan } from '../../../src/runs/planning/plan-hash.ts';
import { inputs } from '../../support/inputs.ts';

const services = ['abc', 'rms-auth', 'rust-auth'];
const all = { service: 'all', env: 'prod' };

/** Texts that look like what the plan for all puts before the texts of its services. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...services,
        'every service',
        ': ',
        ':',
        '@prod',
        'rms-auth@prod',
        'services',
      ),
      fc.constantFrom('account', 'Restart', 'nothing to do on', ' '),
      fc.string({ maxLength: 3 }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(''));

const fact = fc.record({
  name: text,
  value: fc.constantFrom('1', '2'),
  material: fc.boolean(),
});
const draft: fc.Arbitrary<Draft> = fc.record({
  summary: text,
  facts: fc.uniqueArray(fact, { maxLength: 3, selector: ({ name }) => name }),
  steps: fc.uniqueArray(
    fc.record({
      id: text,
      does: text,
      args: fc.constant({}),
      timeout: fc.constant(1),
      repeatable: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3, selector: ({ id }) => id },
  ),
  risk: fc.constantFrom('low' as const, 'high' as const, 'destructive' as const),
  riskReasons: fc.array(text, { maxLength: 2 }),
  undo: fc.record({ possible: fc.boolean(), how: text }),
});

const byName = (facts: readonly PlanFact[]) =>
  [...facts].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

test('whatever texts are in it, each service finds its own part again, and nothing of another', () => {
  fc.assert(
    fc.property(
      fc
        .subarray(services, { minLength: 1 })
        .chain((some) =>
          fc.tuple(
            ...some.map((service) => fc.record({ service: fc.constant(service), seen: draft })),
          ),
        ),
      (members) => {
        const joined = joinDrafts(all, 'user offboard', members);
        const origin = {
          action: 'user offboard',
          version: 1,
          target: all,
          params: {},
          policyVersion: '1',
        };
        const plan = sealPlan(joined, origin);
        expect(new Set(plan.steps.map(({ id }) => id)).size).toBe(plan.steps.length);
        expect(membersOf(plan)).toEqual(members.map(({ service }) => service));
        for (const { service, seen } of members) {
          const own = planOfMember(plan, service);
          expect(own.target).toEqual({ service, env: 'prod' });
          expect(own.steps).toEqual(seen.steps);
          expect(byName(own.facts)).toEqual(byName(seen.facts));
        }
      },
    ),
    { numRuns: inputs(3_000) },
  );
});

test('the same drafts make the same plan, and it is at least as risky as each', () => {
  const order = ['low', 'high', 'destructive'];
  fc.assert(
    fc.property(draft, draft, (one, other) => {
      const members = [
        { service: 'abc', seen: one },
        { service: 'rms-auth', seen: other },
      ];
      const joined = joinDrafts(all, 'x', members);
      expect(joinDrafts(all, 'x', structuredClone(members))).toEqual(joined);
      expect(order.indexOf(joined.risk)).toBe(
        Math.max(order.indexOf(one.risk), order.indexOf(other.risk)),
      );
      expect(joined.undo.possible).toBe(one.undo.possible && other.undo.possible);
    }),
    { numRuns: inputs(500) },
  );
});
