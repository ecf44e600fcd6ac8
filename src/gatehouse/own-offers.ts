import type { Capabilities, Capability, Membership, Vault } from '../core/capabilities.ts';
import type { Target } from '../core/target.ts';
import type { Targets } from '../core/targets.ts';

/** What Gatehouse itself adds to what the drivers of a target offer. */
export interface OwnOffers {
  membership: Membership;
  /** What leaves for a vault leaves as everything else does: without secrets. */
  redact(text: string): string;
}

/** The targets, each of which offers who stands behind its accounts, and keeps evidence without secrets. */
export const withOwnOffers = (targets: Targets, { membership, redact }: OwnOffers): Targets => ({
  ...targets,
  async offer<C extends Capability>(target: Target, capability: C) {
    if (capability === 'membership') return membership as Capabilities[C];
    const offered = await targets.offer(target, capability);
    return capability === 'vault' && offered !== null
      ? (redacting(offered as Vault, redact) as Capabilities[C])
      : offered;
  },
});

const redacting = (vault: Vault, redact: OwnOffers['redact']): Vault => ({
  list: (signal) => vault.list(signal),
  check: (name, signal) => vault.check(name, signal),
  keep: (name, files, signal) =>
    vault.keep(
      name,
      files.map((file) => ({ ...file, content: redact(file.content) })),
      signal,
    ),
});
