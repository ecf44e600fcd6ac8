import type { AuditEntry } from '../core/audit.ts';
import type { BreakGlassUses } from '../core/break-glass.ts';
import type { Claims } from '../core/claims.ts';
import type { KillSwitch } from '../core/kill-switch.ts';
import type { Redactor } from '../core/redactor.ts';
import type { StepRecord } from '../core/run.ts';
import type { RunPatch, Runs } from '../core/transition.ts';

type Cleaner = Pick<Redactor, 'redact' | 'redactAll'>;

/**
 * Runs that are written down without the secrets that people and targets may have put into their words:
 * what is recorded once can never be taken out of the audit again. The plan stays as it is, since its
 * hash says exactly what was approved.
 */
export const runsWithoutSecrets = (runs: Runs, cleaner: Cleaner): Runs => ({
  ...runs,
  create: (run, entry) =>
    runs.create({ ...run, reason: cleaner.redact(run.reason) }, cleanEntry(entry, cleaner)),
  transition: (change) =>
    runs.transition({
      ...change,
      patch: cleanPatch(change.patch, cleaner),
      audit: cleanEntry(change.audit, cleaner),
    }),
});

/** The switch, whose reason everybody reads and the audit keeps. */
export const switchWithoutSecrets = (killSwitch: KillSwitch, { redact }: Cleaner): KillSwitch => ({
  ...killSwitch,
  engage: (by, reason) => killSwitch.engage(by, redact(reason)),
});

/** The uses of break-glass, whose reviews the audit keeps. */
export const usesWithoutSecrets = (uses: BreakGlassUses, { redact }: Cleaner): BreakGlassUses => ({
  ...uses,
  review: (run, by, text) => uses.review(run, by, redact(text)),
});

/** The claims, whose reasons everybody reads and the audit keeps. */
export const claimsWithoutSecrets = (claims: Claims, { redact }: Cleaner): Claims => ({
  ...claims,
  claim: (target, by, reason, ms) => claims.claim(target, by, redact(reason), ms),
  release: (target, by, because) =>
    claims.release(target, by, because === undefined ? undefined : redact(because)),
});

const cleanEntry = (entry: AuditEntry, { redactAll }: Cleaner): AuditEntry => ({
  ...entry,
  facts: redactAll(entry.facts),
});

function cleanPatch(patch: RunPatch, cleaner: Cleaner): RunPatch {
  const { why, votes, steps, verdict } = patch;
  const { redact, redactAll } = cleaner;
  const clean = (text: string | null) => (text === null ? null : redact(text));
  return {
    ...patch,
    ...(why !== undefined && { why: clean(why) }),
    ...(votes && { votes: votes.map((vote) => ({ ...vote, note: clean(vote.note) })) }),
    ...(steps && { steps: steps.map((step) => cleanStep(step, cleaner)) }),
    ...(verdict !== undefined && { verdict: redactAll(verdict) }),
  };
}

/** Its id is what it is found by. */
const cleanStep = (step: StepRecord, { redactAll }: Cleaner): StepRecord => ({
  ...step,
  outcome: redactAll(step.outcome),
});
