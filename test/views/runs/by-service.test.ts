import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../src/core/plan.ts';
import type { Message } from '../../../src/views/blocks/message.ts';
import { runCard } from '../../../src/views/runs/run-card.ts';
import { somePlan, someRun } from '../../support/some-run.ts';

const services = ['enterprise-auth', 'rms-auth', 'rust-auth'];
const fact = (name: string, value: string) => ({ name, value, material: true });

/** A block on three services, as it is planned for all of them. */
const plan: Plan = {
  ...somePlan,
  target: { service: 'all', env: 'prod' },
  facts: [
    fact('services', services.join(', ')),
    fact('every service: 203.0.113.7', 'not blocked'),
    fact('enterprise-auth: blocked now', '0 of at most 500'),
    fact('rms-auth: blocked now', '0 of at most 500'),
    fact('rust-auth: blocked now', '1 of at most 500'),
  ],
  steps: services.map((service) => ({
    id: `${service}:block`,
    does: `${service}: Put 203.0.113.7 on the list`,
    args: {},
    timeout: 1_000,
    repeatable: true,
  })),
};

const textOf = ({ blocks }: Message): string =>
  [...JSON.stringify(blocks).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text]) => JSON.parse(`"${text}"`) as string)
    .join('\n');

const shown = (change: Parameters<typeof someRun>[0] = {}): string =>
  textOf(runCard(someRun({ plan, target: plan.target, ...change })));

describe('a card about several services', () => {
  test('says once what is the same on all of them, and names those where it is not', () => {
    const text = shown();
    expect(text).toContain('*What will happen*\n1. Put 203.0.113.7 on the list – on all 3\n');
    expect(text).toContain('*203.0.113.7*: not blocked – on all 3');
    expect(text).toContain('*blocked now*: 0 of at most 500 – on enterprise-auth, rms-auth');
    expect(text).toContain('*blocked now*: 1 of at most 500 – on rust-auth');
  });

  test('shows how far each of them is', () => {
    const [first, second] = plan.steps.map(({ id }) => ({ id, intentAt: 0, outcome: null }));
    if (!first || !second) throw new Error('a plan without steps');
    const done = { kind: 'done', seen: 'it is refused' } as const;
    const text = shown({ state: 'executing', steps: [{ ...first, outcome: done }, second] });
    expect(text).toContain('✓ Put 203.0.113.7 on the list – it is refused – on enterprise-auth');
    expect(text).toContain('▶ Put 203.0.113.7 on the list – on rms-auth');
    expect(text).toContain('○ Put 203.0.113.7 on the list – on rust-auth');
  });

  test('groups what was seen after by what was seen, and never what failed with what did not', () => {
    const checks = services.map((service, index) => ({
      name: `${service}: 203.0.113.7`,
      ok: index < 2,
      seen: `blocked until 2026-11-22T03:56:0${index}Z`,
    }));
    const text = shown({ state: 'failed', verdict: { ok: false, checks } });
    expect(text).toMatch(/✓ \*203[^\n]*03:56 UTC> – on enterprise-auth, rms-auth\n/);
    expect(text).toMatch(/✗ \*203[^\n]*03:56 UTC> – on rust-auth\n/);
  });
});

test('a step that names its service in its words is joined as well, and one that names two is not', () => {
  const steps = services.map((service, index) => ({
    ...somePlan.steps[0],
    id: `${service}:end`,
    does:
      index < 2
        ? `End sessions in ${service}@prod`
        : 'Move what is in rust-auth@prod from rms-auth@prod',
  })) as Plan['steps'];
  const text = shown({ plan: { ...plan, steps } });
  expect(text).toContain(
    '1. End sessions – on enterprise-auth, rms-auth\n2. Move what is in rust-auth@prod from rms',
  );
});

test('a card about one target joins no two of its lines', () => {
  const twice = { ...somePlan, facts: [fact('a: b', 'c'), fact('a: b', 'c')] };
  expect(shown({ plan: twice, target: twice.target })).toContain('*a: b*: c\n*a: b*: c');
});
