import { expect, test } from 'vitest';
import { userShow } from '../../src/actions/user-show.ts';
import { TargetError } from '../../src/core/errors.ts';
import { personSubject } from '../../src/core/suspensions.ts';
import { stillClock } from '../support/clock.ts';
import { fakePeople, fakeSystem, someAccount, team } from '../support/fake-people.ts';
import { catalogueOf, scriptedTargets } from '../support/scripted-targets.ts';

const jane = 'jane@example.com';
const now = 10_000_000;

function setUp(change = {}) {
  const system = fakeSystem([someAccount(jane, change)]);
  const { on, suspensions } = fakePeople({ system, people: { [jane]: 'U07JANE' } });
  const show = async (target: Parameters<typeof userShow.run>[1] = null, user = jane) => {
    const names = ['rms-auth', 'rust-auth', 'no-accounts'];
    const targets = scriptedTargets({
      'rms-auth@prod': on.can,
      'rust-auth@prod': on.can,
      'no-accounts@prod': { membership: on.can.membership },
    });
    const tools = { catalogue: catalogueOf(names), targets, clock: stillClock(now) };
    const { parts, next } = await userShow.run({ user }, target, tools);
    const facts = parts.flatMap((part) => (part.kind === 'facts' ? part.facts : []));
    return {
      facts: Object.fromEntries(facts.map(({ name, value }) => [name, value])),
      next,
      parts,
    };
  };
  return { system, suspensions, show };
}

test('shows what each system says, and who it is', async () => {
  const { show } = setUp({ role: 'admin', lastLogin: now - 60_000, failedAttempts: 3 });
  const { facts } = await show();
  const seen =
    'role admin · can sign in · 3 failed attempts · signed in last 1 m ago · sessions: 2';
  expect(facts).toEqual({
    'rms-auth@prod': seen,
    'rust-auth@prod': seen,
    'in Gatehouse': 'U07JANE',
  });
});

test('says what keeps an account out', async () => {
  const { show } = setUp({
    enabled: false,
    verified: false,
    mustResetPassword: true,
    lockedUntil: now + 120_000,
  });
  expect((await show()).facts['rms-auth@prod']).toBe(
    'role user · cannot sign in: disabled · address never verified · has to choose a password · locked out for 2 m more · sessions: 2',
  );
});

test('says by which run somebody was suspended, and why', async () => {
  const { show, suspensions } = setUp();
  await suspensions.suspend(personSubject({ id: 'U07JANE', team }), {
    run: 'R-7',
    actor: 'user:T/U',
    reason: 'left on Friday',
  });
  expect((await show()).facts['in Gatehouse']).toBe('U07JANE · suspended by R-7: left on Friday');
});

test('an account that there is not, and one system that does not answer, are said so', async () => {
  const { show, system } = setUp();
  expect((await show(null, 'joan@example.com')).facts['rms-auth@prod']).toBe(
    'no such account; what comes nearest is jane@example.com',
  );
  system.accounts.find = () => Promise.reject(new TargetError('it is away', { retryable: true }));
  expect((await show()).facts['rms-auth@prod']).toBe('not known: it is away');
});

test('one system alone can be asked; one without accounts is said to have none', async () => {
  const { show } = setUp();
  const { facts, next } = await show({ service: 'rust-auth', env: 'prod' });
  expect(Object.keys(facts)).toEqual(['rust-auth@prod', 'in Gatehouse']);
  expect(next.map(({ command }) => command)).toContain(`plan user offboard ${jane} rust-auth@prod`);
  const { parts } = await show({ service: 'no-accounts', env: 'prod' });
  expect(parts).toEqual([{ kind: 'text', text: 'No system that was asked keeps accounts.' }]);
});
