import type { AuditEntry } from '../../core/audit.ts';

/** What the audit keeps of a use; `person` is `T…/U…`. */
export const usedEntry = (run: string, person: string): AuditEntry => ({
  event: 'break-glass.used',
  actor: `user:${person}`,
  facts: { run },
});

/** What it keeps of the review. */
export const reviewedEntry = (run: string, person: string, text: string): AuditEntry => ({
  event: 'break-glass.reviewed',
  actor: `user:${person}`,
  facts: { run, review: text },
});
