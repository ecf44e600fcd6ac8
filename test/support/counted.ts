import type { Capabilities, Capability } from '../../src/core/capabilities.ts';

/** What a method does to the target: it only looks, or it changes something. */
type Deed = 'reads' | 'changes';

type Kinds<T> = {
  [K in keyof T as NonNullable<T[K]> extends string ? never : K]-?: NonNullable<T[K]> extends (
    ...args: never[]
  ) => unknown
    ? Deed
    : Kinds<NonNullable<T[K]>>;
};

/**
 * Every method of every capability. The type demands each of them: whoever adds one has to say here what
 * it does, or nothing compiles.
 */
export const deeds: { [C in Capability]: Kinds<Capabilities[C]> } = {
  probes: { list: 'reads' },
  instances: { instances: 'reads' },
  logs: { read: 'reads' },
  releases: { history: 'reads' },
  lifecycle: { restart: 'changes', rollout: { read: 'reads', replace: 'changes' } },
  deployments: { use: 'changes', markVerified: 'changes' },
  replicas: { read: 'reads', scale: 'changes' },
  denyList: { protectedRanges: 'reads', entries: 'reads', deny: 'changes', allow: 'changes' },
  accounts: {
    roles: 'reads',
    find: 'reads',
    similar: 'reads',
    admins: 'reads',
    create: 'changes',
    disable: 'changes',
    enable: 'changes',
    resetPassword: 'changes',
    clearLockout: 'changes',
  },
  sessions: { remains: 'reads', count: 'reads', revoke: 'changes', revokeAll: 'changes' },
  signingKeys: { keys: 'reads', rotate: 'changes' },
  maintenance: { read: 'reads', turnOn: 'changes', turnOff: 'changes' },
  rateLimit: { read: 'reads', presets: 'reads', use: 'changes' },
  caches: { prefixes: 'reads', size: 'reads', clear: 'changes' },
  vault: { keep: 'changes', list: 'reads', check: 'reads' },
  membership: { find: 'reads', taken: 'reads', take: 'changes', giveBack: 'changes' },
};

/** One call that changes something, such as `accounts.disable`, and what it was given. */
export interface Effect {
  method: string;
  given: readonly unknown[];
}

/** The same capabilities, with every call that changes something noted. One whose deed nobody knows throws. */
export function counted(can: Capabilities): { can: Capabilities; effects: Effect[] } {
  const effects: Effect[] = [];
  const wrap = (part: object, kinds: object, path: string): object =>
    Object.fromEntries(
      Object.entries(part).map(([name, value]) => {
        const kind: unknown = kinds[name as keyof typeof kinds];
        const method = path === '' ? name : `${path}.${name}`;
        if (typeof value === 'string') return [name, value];
        if (typeof value !== 'function') return [name, wrap(value, kind as object, method)];
        if (kind !== 'reads' && kind !== 'changes') throw new Error(`what does ${method} do?`);
        const call = (...given: unknown[]) => {
          if (kind === 'changes') effects.push({ method, given });
          return value.apply(part, given);
        };
        return [name, call];
      }),
    );
  return { effects, can: wrap(can, deeds, '') as Capabilities };
}
