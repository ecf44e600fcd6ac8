import type { AuditEntry } from '../../core/audit.ts';
import type { SuspendedBy, Suspension, Suspensions } from '../../core/suspensions.ts';
import { StoreError } from '../database/errors.ts';

/** What is kept of one subject: version 0 before anything was taken for the first time. */
export interface KeptSuspension {
  version: number;
  suspended: boolean;
}

/** What is to be written over exactly the version that was read, with its record. */
export interface SuspensionChange {
  subject: string;
  version: number;
  suspended: boolean;
  by: SuspendedBy;
  entry: AuditEntry;
}

/** Where suspensions are kept. */
export interface SuspensionPlace extends Pick<Suspensions, 'find' | 'people'> {
  read(subject: string): Promise<KeptSuspension>;
  /** False when somebody else was first. */
  write(change: SuspensionChange): Promise<boolean>;
}

/** How often a change is decided upon anew because somebody else was first. */
const mostTries = 50;

/** Suspensions over any place that can keep them: read, decide, and write over what was read. */
export function turnSuspensions({ read, write, ...reading }: SuspensionPlace): Suspensions {
  const turn = async (subject: string, suspended: boolean, by: SuspendedBy) => {
    const entry = entryFor(suspended, by);
    for (let tries = 0; tries < mostTries; tries += 1) {
      const kept = await read(subject);
      if (kept.suspended === suspended) return;
      if (await write({ subject, version: kept.version, suspended, by, entry })) return;
    }
    throw new StoreError(crowded, { final: false });
  };
  return {
    ...reading,
    suspend: (subject, by) => turn(subject, true, by),
    lift: (subject, by) => turn(subject, false, by),
  };
}

/** What the audit keeps of a change. */
const entryFor = (suspended: boolean, { run, actor, reason }: SuspendedBy): AuditEntry => ({
  event: suspended ? 'access.suspended' : 'access.restored',
  actor,
  facts: { run, reason },
});

/** What a reader gets; null when nothing is suspended. */
export const suspensionIn = (
  kept: (Suspension & Pick<KeptSuspension, 'suspended'>) | undefined,
): Suspension | null => {
  if (!kept?.suspended) return null;
  const { subject, since, run, actor, reason } = kept;
  return { subject, since, run, actor, reason };
};

const crowded = 'Too many changed the same at once, so this was not written down. Try again.';
