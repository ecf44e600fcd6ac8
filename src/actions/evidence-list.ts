import { z } from 'zod';
import type { Kept, Vault } from '../core/capabilities.ts';
import { TargetError } from '../core/errors.ts';
import { defineQuery } from '../core/query.ts';
import type { Fact, Part } from '../core/report.ts';
import { targetName } from '../core/target.ts';
import { offered } from './offered.ts';

/** How long reading everything again may take, in milliseconds. */
const patience = 15_000;
/** How many are read again and shown, the newest. */
const most = 20;

/** Runbook 003 "Complete System Compromise": what evidence there is, and whether it still is as it was. */
export const evidenceList = defineQuery({
  name: 'evidence list',
  summary:
    'Lists the evidence that is kept of a service, and checks that nothing in it was changed.',
  examples: ['evidence list rms-auth@prod'],
  aliases: ['evidence'],
  risk: 'read-sensitive',
  aim: 'one',
  runbook: '003 Complete System Compromise',
  params: z.strictObject({}),

  async run(_params, target, { targets }) {
    if (!target) throw new TargetError('evidence needs a target', { retryable: false });
    const name = targetName(target);
    const found = await offered(targets, target, 'vault', patience, async (vault, signal) =>
      partOf(await vault.list(signal), vault, signal),
    );
    const none: Part = { kind: 'text', text: 'There is nowhere to keep evidence of this service.' };
    return {
      title: `Evidence of ${name}`,
      parts: [found ?? none],
      next: [{ label: 'Plan a snapshot', command: `plan evidence snapshot ${name}` }],
    };
  },
});

async function partOf(kept: readonly Kept[], vault: Vault, signal: AbortSignal): Promise<Part> {
  if (kept.length === 0) return { kind: 'text', text: 'None is kept yet.' };
  const facts: Fact[] = [];
  for (const one of kept.slice(0, most)) facts.push(await factOf(one, vault, signal));
  const left = kept.length - facts.length;
  const rest = left > 0 ? [{ name: 'older', value: `${left} more, not read again` }] : [];
  return { kind: 'facts', facts: [...facts, ...rest] };
}

async function factOf(
  { name, sha256, bytes, at }: Kept,
  vault: Vault,
  signal: AbortSignal,
): Promise<Fact> {
  const flaws = await vault.check(name, signal);
  const state = flaws.length === 0 ? 'unchanged' : `CHANGED: ${flaws.join('; ')}`;
  return {
    name,
    value: `${new Date(at).toISOString()} · ${bytes} bytes · ${state} · SHA-256 ${sha256}`,
  };
}
