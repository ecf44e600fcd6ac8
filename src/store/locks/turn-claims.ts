import type { AuditEntry } from '../../core/audit.ts';
import {
  type Claim,
  type Claimed,
  type Claimer,
  type Claims,
  claimNotice,
  isSamePerson,
  type Unclaimed,
} from '../../core/claims.ts';
import { overlap } from '../../core/locks.ts';
import { storedText } from '../database/stored-json.ts';

/** The claim of a target as it is kept; version 0 before there was any. */
export interface KeptClaim {
  version: number;
  /** The last one, and whether nobody has ended it and it was not written down that it is over. */
  claim: Claim;
  open: boolean;
}

/** What an environment looks like while nobody else changes it. */
export interface Claimable {
  kept: readonly KeptClaim[];
  /** By the database's clock. */
  now: number;
}

/** What is to be written: the claim as it is then, its record, and whom to tell. */
export interface ClaimChange extends KeptClaim {
  entry: AuditEntry;
  notice: { subject: string; to: string } | null;
}

/** Where claims are kept. */
export interface ClaimPlace {
  /** Lets `decide` look at the environment of the target and writes what it wants, all before anybody else. */
  change<T>(target: string, decide: (seen: Claimable) => Decided<T>): Promise<T>;
  /** Those that are open, of one environment or of all, and the time. */
  read(target: string | null): Promise<Claimable>;
}

/** What comes of a look, and what is to be written, if anything. */
export interface Decided<T> {
  answer: T;
  change?: ClaimChange;
}

/** Claims over any place that can keep them. */
export function turnClaims({ change, read }: ClaimPlace): Claims {
  const live = async (target: string | null) => liveIn(await read(target));
  return {
    on: async (target) => (await live(target)).filter((one) => overlap(one.target, target)),
    all: () => live(null),
    claim: (target, by, reason, ms) =>
      change<Claimed>(target, (seen) => {
        const all = liveIn(seen).filter((one) => overlap(one.target, target));
        const rival = all.find((one) => !isSamePerson(one.by, by));
        if (rival) return { answer: { kind: 'taken', claim: rival } };
        const mine = all.find((one) => one.target === target);
        const { now } = seen;
        const until = now + ms;
        const kept = { target, by: idOf(by), reason: storedText(reason), until };
        const claim = { ...kept, since: mine?.since ?? now };
        const kind = mine ? 'prolonged' : 'claimed';
        return { answer: { kind, claim }, change: changeTo(seen, claim, kind, by) };
      }),
    release: (target, by, because) =>
      change<Unclaimed>(target, (seen) => {
        const claim = liveIn(seen).find((one) => one.target === target);
        if (!claim) return { answer: { kind: 'none' } };
        const own = isSamePerson(claim.by, by);
        if (!own && because === undefined) return { answer: { kind: 'not-yours', claim } };
        const kind = own ? 'released' : 'taken-away';
        return { answer: { kind, claim }, change: changeTo(seen, claim, kind, by, because) };
      }),
    endDue: async () => {
      const { kept, now } = await read(null);
      for (const { claim, open } of kept) {
        if (open && claim.until <= now) await endOf(change, claim.target);
      }
    },
  };
}

const endOf = (change: ClaimPlace['change'], target: string) =>
  change<void>(target, (seen) => {
    const due = seen.kept.find((one) => one.open && one.claim.target === target);
    if (!due || due.claim.until > seen.now) return { answer: undefined };
    return { answer: undefined, change: changeTo(seen, due.claim, 'ended', null) };
  });

const liveIn = ({ kept, now }: Claimable): Claim[] =>
  kept
    .filter(({ open, claim }) => open && claim.until > now)
    .map(({ claim }) => claim)
    .toSorted((a, b) => a.since - b.since || (a.target < b.target ? -1 : 1));

const idOf = ({ id, team }: Claimer): Claimer => ({ id, team });

type Event = 'claimed' | 'prolonged' | 'released' | 'taken-away' | 'ended';

/** The next version of a claim with its record. Who loses it by somebody else's word, or by time, is told. */
function changeTo(
  { kept }: Claimable,
  claim: Claim,
  event: Event,
  by: Claimer | null,
  because?: string,
): ClaimChange {
  const { target, reason, since, until } = claim;
  const version = (kept.find((one) => one.claim.target === target)?.version ?? 0) + 1;
  const holder = `user:${claim.by.team}/${claim.by.id}`;
  const why = because === undefined ? {} : { because: storedText(because) };
  const at = target.lastIndexOf('@');
  const place = { service: target.slice(0, at), env: target.slice(at + 1) };
  const facts = { ...place, claimedBy: holder, reason, since, until, ...why };
  const actor = by === null ? 'gatehouse' : `user:${by.team}/${by.id}`;
  const told = event === 'taken-away' || event === 'ended';
  return {
    version,
    claim,
    open: event === 'claimed' || event === 'prolonged',
    entry: { event: `claim.${event}`, actor, facts },
    notice: told ? { subject: claimNotice(target, version), to: `user:${claim.by.id}` } : null,
  };
}
