import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../src/core/plan.ts';
import { planDifferences } from '../../../src/runs/planning/plan-differences.ts';
import { planCode, sealPlan } from '../../../src/runs/planning/plan-hash.ts';
import { somePlan } from '../../support/some-run.ts';

const [api, worker] = somePlan.facts;
const to = (change: Partial<Plan>) => planDifferences(somePlan, { ...somePlan, ...change });
const steps = (...names: string[]) =>
  names.map((name) => ({ ...somePlan.steps[0], id: name, does: `Do ${name}` })) as never;

describe('between two plans for the same', () => {
  test('there is no difference where all that is approved is the same', () => {
    expect(to({ summary: 'In other words', hash: 'another' })).toEqual([]);
    const aside = { name: 'load', value: '3', material: false };
    expect(to({ facts: [...somePlan.facts, aside] })).toEqual([]);
  });

  test('each fact says what it was and is, came or went', () => {
    const facts = [
      { ...api, value: 'pid 99, up' },
      { name: 'cache', value: 'cold', material: true },
    ] as Plan['facts'];
    expect(to({ facts })).toEqual([
      'api was pid 41, up, is pid 99, up',
      'worker was pid 42, up, is gone',
      'cache was not there, is cold',
    ]);
    expect(to({ facts: [api, worker].toReversed() as Plan['facts'] })).toEqual([]);
  });

  test('the steps, the risk and the way back are said', () => {
    expect(to({ steps: steps('one', 'two') })).toEqual(['the steps would be: Do one, Do two']);
    expect(to({ steps: [] })).toEqual(['the steps would be: none']);
    expect(to({ risk: 'destructive' })).toEqual(['the risk was high and is destructive']);
    expect(to({ undo: { possible: true, how: 'Start it again' } })).toEqual([
      'undoing it: Start it again',
    ]);
  });
});

test('a plan is its draft with what it is for, and its code is how its hash begins', () => {
  const { hash: _none, ...draft } = somePlan;
  const origin = {
    action: 'restart',
    version: 2,
    target: { service: 'rust-auth', env: 'lab' },
    params: { hard: true },
    policyVersion: 'p1',
  };
  const plan = sealPlan(draft, { ...origin, ...{ reason: 'none of its business' } });
  expect(plan).toEqual({ ...draft, ...origin, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(planCode(plan)).toBe(plan.hash.slice(0, 8));
  expect(sealPlan({ ...draft, risk: 'low' }, origin).hash).not.toBe(plan.hash);
});
