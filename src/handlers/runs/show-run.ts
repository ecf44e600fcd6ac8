import type { AuditRecord } from '../../core/audit.ts';
import type { Unconfirmed } from '../../core/outbox.ts';
import { runDetails } from '../../views/runs/run-details.ts';
import type { Asking } from '../command.ts';
import { mayReadWords, recordWithoutWords, withoutWords } from '../incidents/withhold-run.ts';
import { readOrSay } from '../read-or-say.ts';
import type { RunTools } from './run-tools.ts';
import { refuseRun } from './vote.ts';

/** Shows everything about one run, also while the audit cannot be read. */
export async function showRun(
  id: string,
  asking: Pick<Asking, 'show' | 'person'>,
  { runner, audit, outbox, incidents }: Pick<RunTools, 'runner' | 'audit' | 'outbox' | 'incidents'>,
): Promise<void> {
  const run = await readOrSay(() => runner.find(id));
  if (run === null) return refuseRun({ kind: 'no-such-run', id }, asking);
  const [open, trail, unconfirmed] = await Promise.all([
    mayReadWords(run, asking.person, incidents),
    audit.find({ subject: run.id, limit: 100 }).catch((): readonly AuditRecord[] | null => null),
    outbox.unconfirmed(run.id).catch((): readonly Unconfirmed[] => []),
  ]);
  const read = open
    ? { run, trail }
    : { run: withoutWords(run), trail: trail?.map(recordWithoutWords) ?? null };
  await asking.show(runDetails, { ...read, unconfirmed });
}
