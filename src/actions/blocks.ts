import { z } from 'zod';
import type { Denied } from '../core/capabilities.ts';
import { targetsOf } from '../core/catalogue.ts';
import { messageOf } from '../core/errors.ts';
import { defineQuery, type QueryTools } from '../core/query.ts';
import type { Next, Part } from '../core/report.ts';
import { type Target, targetName } from '../core/target.ts';
import { flawOf } from './block/flaw.ts';
import { runOf, untilText, whyOf } from './block/mark.ts';
import { offered } from './offered.ts';

/** How long one list may take, in milliseconds. */
const patience = 5_000;
/** How many entries of one list are shown. */
const most = 40;

/** What one target said; null when it has no such list. */
interface Seen {
  target: Target;
  list: readonly Denied[] | null;
  protectedBy: readonly string[];
  why: string | null;
}

/** Runbooks 000 and 003 block with iptables; nobody can see afterwards what was blocked, why, and until when. */
export const blocks = defineQuery({
  name: 'blocks',
  summary: 'Lists who is refused where, until when, by which run, and what is odd about it.',
  examples: ['blocks', 'blocks rust-auth@prod'],
  aliases: ['blocked'],
  risk: 'read-sensitive',
  aim: 'optional',
  runbook: '000 Brute Force Attack',
  params: z.strictObject({}),

  async run(_params, target, tools) {
    const wanted = target ? [target] : targetsOf(tools.catalogue);
    const all = await Promise.all(wanted.map((one) => lookAt(one, tools)));
    const seen = all.filter(({ list, why }) => target || list !== null || why !== null);
    const none: Part = { kind: 'text', text: 'No service here has a list of refused addresses.' };
    return {
      title: `Blocked${target ? ` on ${targetName(target)}` : ''}`,
      parts: seen.length === 0 ? [none] : seen.flatMap((one) => partsOf(one, tools.clock.now())),
      next: nextFor(seen),
    };
  },
});

async function lookAt(target: Target, { targets }: QueryTools): Promise<Seen> {
  try {
    const found = await offered(targets, target, 'denyList', patience, async (offer, signal) => ({
      list: await offer.entries(signal),
      protectedBy: offer.protectedRanges(),
    }));
    return { target, list: null, protectedBy: [], ...found, why: null };
  } catch (error) {
    return { target, list: null, protectedBy: [], why: messageOf(error) };
  }
}

function partsOf({ target, list, protectedBy, why }: Seen, now: number): Part[] {
  const name = targetName(target);
  if (why !== null) return [{ kind: 'text', text: `${name}: not known, ${why}.` }];
  if (list === null) return [{ kind: 'text', text: `${name} has no list of refused addresses.` }];
  if (list.length === 0) return [{ kind: 'text', text: `${name}: nobody is blocked.` }];
  const facts = list.slice(0, most).map((entry) => ({
    name: entry.address,
    value: lineOf(entry, flawOf(entry, protectedBy, now)),
  }));
  const left = list.length - facts.length;
  const more: Part[] = left > 0 ? [{ kind: 'text', text: `… and ${left} more.` }] : [];
  return [
    { kind: 'text', text: `${name}: ${list.length} blocked` },
    { kind: 'facts', facts },
    ...more,
  ];
}

const lineOf = (entry: Denied, flaw: string | null): string =>
  [
    untilText(entry),
    runOf(entry) ?? 'not by Gatehouse',
    whyOf(entry),
    ...(flaw === null ? [] : [`ODD: ${flaw}`]),
  ].join(' · ');

/** Buttons that fill in what lets somebody in again; nothing is done before it was asked for and confirmed. */
const nextFor = (seen: readonly Seen[]): Next[] =>
  seen
    .flatMap(({ target, list }) =>
      (list ?? []).map(({ address }) => ({
        label: `Plan to unblock ${address}`,
        command: `plan unblock ${address} ${targetName(target)}`,
      })),
    )
    .slice(0, 5);
