import type { z } from 'zod';
import type { Next } from '../core/report.ts';
import type { AuditPage } from '../views/audit-page.ts';
import { narrowRows } from './apply-filters.ts';
import type { Filter } from './command.ts';
import { write } from './grammar/write.ts';
import { readOrSay } from './read-or-say.ts';
import type { auditDeclared } from './run-declared.ts';
import type { RunTools } from './run-tools.ts';

/** What is looked for, as it was typed. */
type Wanted = z.output<typeof auditDeclared.params>;

const pageSize = 20;

/**
 * One page of the audit, newest first, with a button for the next one. Pages are told by the number
 * of a record, so that what is written meanwhile moves nothing.
 */
export async function searchAudit(
  wanted: Wanted,
  filters: readonly Filter[],
  { audit, now, team }: Pick<RunTools, 'audit'> & { now: number; team: string },
): Promise<AuditPage> {
  const { person, service, action, run, incident, since, until, before } = wanted;
  const subject = run ?? (incident && `incident:${incident}`);
  const query = {
    ...(person && { actor: `user:${team}/${person}` }),
    ...(service && { service }),
    ...(action && { action }),
    ...(subject && { subject }),
    ...(since && { since: now - since }),
    ...(until && { until: now - until }),
    ...(before && { beforeId: before }),
    limit: pageSize + 1,
  };
  const found = await readOrSay(() => audit.find(query));
  const page = found.slice(0, pageSize);
  const last = found.length > pageSize ? page.at(-1) : undefined;
  return {
    records: narrowRows(page, filters, (record) => JSON.stringify(record)),
    next: last ? [nextPage(wanted, last.id)] : [],
  };
}

/** The same question from the last record on. */
function nextPage(wanted: Wanted, before: number): Next {
  const { since, until, before: _, ...texts } = wanted;
  const flags = Object.entries({
    ...texts,
    ...(since && { since: `${Math.ceil(since / 1_000)}s` }),
    ...(until && { until: `${Math.floor(until / 1_000)}s` }),
    before: String(before),
  });
  const items = flags.flatMap(([name, value]) =>
    value === undefined ? [] : [{ kind: 'flag' as const, name, value }],
  );
  const command = write({ items: [{ kind: 'word', text: 'audit' }, ...items], filters: [] });
  return { label: 'Older', command };
}
