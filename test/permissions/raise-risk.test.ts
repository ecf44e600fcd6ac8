import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Escalator } from '../../src/core/approval-policy.ts';
import { defaultApprovals } from '../../src/core/default-approvals.ts';
import type { ActionRisk, Draft } from '../../src/core/plan.ts';
import { risks } from '../../src/core/risk.ts';
import { type Planned, raiseRisk } from '../../src/permissions/raise-risk.ts';
import { inputs } from '../support/inputs.ts';

const draft = (change: Partial<Draft> = {}): Draft => ({
  summary: 'Restart it',
  facts: [
    { name: 'users affected', value: '1,204 people', material: true },
    { name: 'healthy instances', value: '1', material: true },
  ],
  steps: [],
  risk: 'low',
  riskReasons: ['it is a test'],
  undo: { possible: true, how: 'Do it again.' },
  ...change,
});
const planned: Planned = {
  action: 'restart',
  baseRisk: 'low',
  target: { service: 'rms-auth', env: 'prod' },
};
const raised = (escalators: Escalator[], change: Partial<Draft> = {}, about = planned) =>
  raiseRisk(draft(change), about, { ...defaultApprovals, escalators });

describe('the risk of a plan', () => {
  test('is what its action says when nothing raises it', () => {
    expect(raised([])).toEqual(draft());
  });

  test('is never less than the least that its action can have', () => {
    expect(raised([], {}, { ...planned, baseRisk: 'high' }).risk).toBe('high');
    expect(raised([], { risk: 'destructive' }, { ...planned, baseRisk: 'high' }).risk).toBe(
      'destructive',
    );
  });

  test.each<[string, Omit<Escalator, 'to'>, boolean]>([
    ['a figure above', { fact: { name: 'users affected', over: 1_000 } }, true],
    ['a figure that is not above', { fact: { name: 'users affected', over: 1_204 } }, false],
    ['a value that is as said', { fact: { name: 'healthy instances', is: '1' } }, true],
    ['a value that is another', { fact: { name: 'healthy instances', is: '2' } }, false],
    ['a fact that is not there', { fact: { name: 'sessions', over: 0 } }, false],
    ['what can be undone', { irreversible: true }, false],
    ['its environment', { env: ['prod'] }, true],
    ['another environment', { env: ['lab'] }, false],
    ['its service and action', { service: ['rms-auth'], action: ['restart'] }, true],
    ['another action', { action: ['rollback'] }, false],
  ])('is raised, or not, by %s', (_what, condition, rises) => {
    expect(raised([{ ...condition, to: 'destructive' }]).risk).toBe(rises ? 'destructive' : 'low');
  });

  test('is raised by a figure that cannot be read', () => {
    const facts = [{ name: 'users affected', value: 'nobody knows', material: true }];
    const escalator = { fact: { name: 'users affected', over: 1_000 }, to: 'high' as const };
    expect(raised([escalator], { facts })).toMatchObject({
      risk: 'high',
      riskReasons: ['it is a test', 'users affected: nobody knows (an escalator of the policy).'],
    });
  });

  test.each([
    ['1,204 people', 1_203.5, true],
    [' 1 204 people', 1_203, true],
    [' 1 204 people', 1_204, false],
    ["1'204", 1_204, false],
    ['12.75 seconds', 12.7, true],
    ['12.75 seconds', 12.75, false],
    ['about 3', 1_000, true],
    ['2.5', 9, false],
  ])('is raised, or not, by the figure in “%s” above %d', (value, over, rises) => {
    const facts = [
      { name: 'aside', value: '0', material: true },
      { name: 'users affected', value, material: true },
    ];
    const escalator = { fact: { name: 'users affected', over }, to: 'high' as const };
    const { risk, riskReasons } = raised([escalator], { facts });
    expect(risk).toBe(rises ? 'high' : 'low');
    const why = `users affected: ${value} (an escalator of the policy).`;
    expect(riskReasons).toEqual(rises ? ['it is a test', why] : ['it is a test']);
  });

  test('is raised by what is about its target, and says about which', () => {
    expect(raised([{ env: ['prod'], to: 'high' }]).riskReasons).toContain(
      'It is about rms-auth@prod (an escalator of the policy).',
    );
  });

  test('is not raised by what is about another service', () => {
    expect(raised([{ service: ['rust-auth'], to: 'high' }]).risk).toBe('low');
  });

  test('says nothing of what raises it no further', () => {
    const same = raised([{ env: ['prod'], to: 'low' }]);
    expect(same).toEqual(draft());
    const more = raised([
      { env: ['prod'], to: 'low' },
      { fact: { name: 'users affected', over: 1 }, to: 'high' },
    ]);
    expect(more.riskReasons).toHaveLength(2);
    expect(raised([{ env: ['prod'], to: 'high' }], { risk: 'high' })).toEqual(
      draft({ risk: 'high' }),
    );
  });

  test('is raised where it cannot be undone', () => {
    const undo = { possible: false, how: 'Not at all.' };
    expect(raised([{ irreversible: true, to: 'high' }], { undo }).riskReasons).toContain(
      'It cannot be undone (an escalator of the policy).',
    );
  });

  test('for every service at once is raised by what is about one of them', () => {
    const all = { ...planned, target: { service: 'all', env: 'prod' } };
    expect(raised([{ service: ['rust-auth'], to: 'high' }], {}, all).risk).toBe('high');
    expect(raised([{ service: ['rust-auth'], env: ['lab'], to: 'high' }], {}, all).risk).toBe(
      'low',
    );
  });

  test.each(['rms-auth: users affected', 'every service: users affected'])(
    'for every service at once is raised by what is true of one of them: %s',
    (name) => {
      const all = { ...planned, target: { service: 'all', env: 'prod' } };
      const facts = [{ name, value: '1,204 people', material: true }];
      const escalator = { fact: { name: 'users affected', over: 1_000 }, to: 'high' as const };
      expect(raised([escalator], { facts }, all)).toMatchObject({
        risk: 'high',
        riskReasons: ['it is a test', `${name}: 1,204 people (an escalator of the policy).`],
      });
      expect(raised([escalator], { facts }).risk).toBe('low');
    },
  );
});

test('raising anything only ever raises the risk, and one more escalator never lowers it', () => {
  const risk = fc.constantFrom<ActionRisk>('low', 'high', 'destructive');
  const escalator: fc.Arbitrary<Escalator> = fc.record(
    {
      to: risk,
      env: fc.constantFrom(['prod'], ['lab']),
      irreversible: fc.constant(true),
      fact: fc.record({ name: fc.constant('users affected'), over: fc.nat(50) }),
    },
    { requiredKeys: ['to'] },
  );
  const escalators = fc.array(escalator, { maxLength: 4 });
  const at = (one: ActionRisk) => risks.indexOf(one);
  fc.assert(
    fc.property(
      escalators,
      escalator,
      risk,
      risk,
      fc.nat(60),
      fc.nat(60),
      (all, more, a, b, n, m) => {
        const facts = (users: number) => [
          { name: 'users affected', value: String(users), material: true },
        ];
        const [lower, upper] = at(a) <= at(b) ? [a, b] : [b, a];
        const [few, many] = n <= m ? [n, m] : [m, n];
        const before = raised(all, { risk: lower, facts: facts(few) });
        expect(at(before.risk)).toBeGreaterThanOrEqual(at(lower));
        const after = raised([...all, more], { risk: upper, facts: facts(many) });
        expect(at(after.risk)).toBeGreaterThanOrEqual(at(before.risk));
      },
    ),
    { numRuns: inputs(2_000) },
  );
});

test('a policy without escalators changes nothing but what the action itself says', () => {
  const { escalators: _none, ...bare } = { ...defaultApprovals, escalators: [] };
  expect(raiseRisk(draft(), planned, bare)).toEqual(draft());
  const same = draft();
  expect(raiseRisk(same, planned, bare)).toBe(same);
});

test('an escalator about a value of one fact is about no other that ends alike', () => {
  const all = { ...planned, target: { service: 'all', env: 'prod' } };
  const facts = [{ name: 'rms-auth: not users affected', value: '5', material: true }];
  const escalator = { fact: { name: 'users affected', over: 1 }, to: 'high' as const };
  expect(raised([escalator], { facts }, all).risk).toBe('low');
  const is = { fact: { name: 'state', is: 'down' }, to: 'high' as const };
  const state = [{ name: 'state', value: 'down', material: true }];
  expect(raised([is], { facts: state }).risk).toBe('high');
});
