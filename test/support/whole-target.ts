import type {
  Account,
  Capabilities,
  Denied,
  Instance,
  Release,
  SigningKey,
} from '../../src/core/capabilities.ts';
import { TargetError } from '../../src/core/errors.ts';
import { stillClock } from './clock.ts';
import { fakePeople, fakeSystem, someAccount } from './fake-people.ts';
import { memoryVault } from './memory-vault.ts';
import { probesThat } from './on-ground.ts';

/** The accounts of {@link wholeTarget}. */
export const jane = 'jane@example.com';
export const locked = 'locked@example.com';

/** A target that has every capability, all of it in memory, in a state in which every action makes sense. */
export function wholeTarget(change: { accounts?: readonly Account[]; maintenance?: boolean } = {}) {
  const clock = stillClock();
  const people = [
    someAccount(jane),
    someAccount(locked, { failedAttempts: 5, lockedUntil: clock.now() + 60_000 }),
    someAccount('admin-1@example.com', { role: 'admin' }),
    someAccount('admin-2@example.com', { role: 'admin' }),
  ];
  const system = fakeSystem(change.accounts ?? people);
  const { on } = fakePeople({ system, people: { [jane]: 'U07JANE0001' } });
  const { keep, list, check } = memoryVault(clock.now);
  const can: Capabilities = {
    ...running(),
    ...guards(clock.now, change.maintenance ?? false),
    accounts: system.accounts,
    sessions: system.sessions,
    vault: { keep, list, check },
    membership: on.can.membership,
  };
  return { can, clock };
}

const untouched = (message: string): never => {
  throw new TargetError(message, { retryable: false, happened: false });
};

function running(): Pick<
  Capabilities,
  'probes' | 'instances' | 'logs' | 'releases' | 'lifecycle' | 'deployments' | 'replicas'
> {
  const copies: Instance[] = [{ id: 'api', health: 'up', startedAt: 1_000, release: '2' }];
  const releases: Release[] = [
    { id: '3', at: 3_000, current: false, verified: true },
    { id: '2', at: 2_000, current: true, verified: true },
    { id: '1', at: 1_000, current: false, verified: true },
  ];
  let wanted = 2;
  const start = (release: string) => {
    for (const copy of copies)
      Object.assign(copy, { release, startedAt: (copy.startedAt ?? 0) + 1 });
  };
  return {
    probes: probesThat(() => 'up'),
    instances: { instances: async () => structuredClone(copies) },
    logs: { read: async () => ({ lines: ['a line'], total: 1, complete: true }) },
    releases: { history: async () => structuredClone(releases) },
    lifecycle: { restart: async () => start('2') },
    deployments: {
      use: async (id) => {
        for (const one of releases) one.current = one.id === id;
        start(id);
      },
      markVerified: async (id) => {
        for (const one of releases) if (one.id === id) one.verified = true;
      },
    },
    replicas: {
      read: async () => ({ wanted, ready: wanted, most: 5 }),
      scale: async (to) => {
        wanted = to;
      },
    },
  };
}

function guards(
  now: () => number,
  on: boolean,
): Pick<Capabilities, 'denyList' | 'signingKeys' | 'maintenance' | 'rateLimit' | 'caches'> {
  const off = { on: false, message: null, until: null };
  let state: Awaited<ReturnType<Capabilities['maintenance']['read']>> = on
    ? { on, message: 'now', until: now() + 60_000 }
    : off;
  let denied: Denied[] = [{ address: '203.0.113.99', until: now() + 60_000, reason: 'a test' }];
  let keys: SigningKey[] = [{ id: 'k1', current: true, until: null }];
  let limit = { preset: 'normal', perMinute: 1_200, until: null as number | null };
  let size = 100;
  return {
    denyList: {
      protectedRanges: () => ['10.0.0.0/8'],
      entries: async () => denied,
      deny: async (address, lasts, reason) => {
        denied = [...denied, { address, until: now() + lasts, reason }];
      },
      allow: async (address) => {
        denied = denied.filter((one) => one.address !== address);
      },
    },
    signingKeys: {
      keys: async () => keys,
      rotate: async (expected, overlap) => {
        if (keys[0]?.id !== expected) untouched('another key signs');
        const old = { id: expected, current: false, until: now() + overlap };
        keys = [{ id: 'k2', current: true, until: null }, ...(overlap > 0 ? [old] : [])];
      },
    },
    maintenance: {
      read: async () => state,
      turnOn: async (message, lasts) => {
        state = { on: true, message, until: now() + lasts };
      },
      turnOff: async () => {
        state = off;
      },
    },
    rateLimit: {
      presets: () => ['normal', 'tight', 'emergency'],
      read: async () => limit,
      use: async (preset, lasts) => {
        limit = { preset, perMinute: 60, until: lasts === null ? null : now() + lasts };
      },
    },
    caches: {
      prefixes: () => ['cache:'],
      size: async () => size,
      clear: async () => {
        const removed = size;
        size = 0;
        return removed;
      },
    },
  };
}
