import type { Audit } from '../../core/audit.ts';
import { noticeIn } from '../../core/claims.ts';
import type { LostClaim } from '../../views/runs/claim.ts';

/** How many records of one target's claims are read to find one of them. */
const most = 200;

/** What the outbox's notice of a lost claim is about, as the audit has it; null when there is nothing to tell. */
export async function lostClaim(
  { audit }: { audit: Pick<Audit, 'find'> },
  notice: string,
): Promise<LostClaim | null> {
  const about = noticeIn(notice);
  if (!about) return null;
  const { subject, version } = about;
  const records = await audit.find({ subject, limit: most });
  const record = records.find((one) => one.version === version);
  if (!record) return null;
  const { actor, facts } = record;
  const because = facts.because === undefined ? null : String(facts.because);
  return {
    target: subject.slice('claim:'.length),
    by: personIn(String(facts.claimedBy)),
    reason: String(facts.reason),
    since: Number(facts.since),
    until: Number(facts.until),
    takenBy: because === null ? null : { id: personIn(actor).id, because },
  };
}

/** The person whom the audit calls `user:T…/U…`. */
function personIn(actor: string): { id: string; team: string } {
  const [team = '', id = ''] = actor.slice('user:'.length).split('/');
  return { id, team };
}
