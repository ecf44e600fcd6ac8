import { z } from 'zod';
import type { On } from '../../core/action.ts';
import type { Denied } from '../../core/capabilities.ts';
import { formatDuration } from '../../core/duration.ts';
import type { Draft, Plan, Step } from '../../core/plan.ts';
import { targetName } from '../../core/target.ts';
import { lastingMs } from '../lasting.ts';
import { coverOf, entryFor, mostBlocked } from './list.ts';
import { entryText, net } from './mark.ts';
import { type SignIns, signInFacts } from './sign-ins.ts';

/** What is asked for. */
export interface BlockParams {
  address: string;
  for: string;
}

/** What the one step works from; `prior` is what stood there before. */
const stepArgs = z.object({
  address: z.string(),
  lasts: z.number(),
  prior: z.object({ until: z.number().nullable(), reason: z.string().nullable() }).nullable(),
});

/** What the step of a plan works from. */
export const argsIn = ({ steps }: Pick<Plan, 'steps'>) => stepArgs.parse(steps[0]?.args);

/** The longest that anything is blocked, in milliseconds. */
const longest = 7 * 86_400_000;
/** Longer than this is as grave as a range. */
const day = 86_400_000;

/** The plan for one address on one target. */
export function blockDraft(
  { address, for: lasts }: BlockParams,
  list: readonly Denied[],
  signIns: SignIns | { why: string },
  { target }: Pick<On, 'target'>,
): Draft {
  const after = lastingMs(lasts);
  const long = formatDuration(after);
  const entry = entryFor(list, address);
  const grave = graveReasons(address, after);
  return {
    summary: `Block ${address} on ${targetName(target)} for ${long}`,
    facts: [
      { name: address, value: entry ? entryText(entry) : 'not blocked', material: true },
      ...coverFacts(list, address),
      { name: 'blocked now', value: `${list.length} of at most ${mostBlocked}`, material: false },
      ...signInFacts(signIns),
    ],
    steps: [stepFor(address, after, entry)],
    risk: grave.length > 0 ? 'destructive' : 'high',
    riskReasons: [...grave, impactOf(signIns), ...(entry ? [extended] : [])],
    undo: {
      possible: true,
      how: `It ends by itself after ${long}; \`unblock ${address}\` ends it sooner.`,
    },
    revert: { action: 'unblock', params: { address }, after },
  };
}

const extended = 'It is blocked already: this sets its end anew.';

function stepFor(address: string, after: number, entry: Denied | null): Step {
  const prior = entry && { until: entry.until, reason: entry.reason };
  return {
    id: `block:${address}`,
    does: `${entry ? 'Keep' : 'Put'} ${address} on the list of those who are refused`,
    args: { address, lasts: Math.min(after + net, longest), prior },
    timeout: 10_000,
    repeatable: true,
  };
}

function graveReasons(address: string, after: number): string[] {
  return [
    ...(address.includes('/') ? ['It is a range: others than the attacker may be in it.'] : []),
    ...(after > day ? ['It lasts longer than a day.'] : []),
  ];
}

const coverFacts = (list: readonly Denied[], address: string): Draft['facts'] => {
  const cover = coverOf(list, address);
  return cover
    ? [{ name: `covered by ${cover.address}`, value: entryText(cover), material: false }]
    : [];
};

/** People who share an address, as in an office, are shut out together. */
function impactOf(seen: SignIns | { why: string }): string {
  if ('why' in seen) return 'Whoever comes from there is shut out, whoever they are.';
  if (seen.signedIn === 0)
    return 'Whoever comes from there is shut out; within a day nobody signed in from there.';
  return `${seen.signedIn} sign-ins from there worked within a day: those people are shut out too.`;
}
