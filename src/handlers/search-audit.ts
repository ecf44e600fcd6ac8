import type { z } from 'zod';
import type { Catalogue } from '../core/catalogue.ts';
import { nearest } from '../core/near.ts';
import type { Person } from '../core/person.ts';
import type { Next } from '../core/report.ts';
import type { AuditPage } from '../views/audit-page.ts';
import { narrowRows } from './apply-filters.ts';
import type { Filter } from './command.ts';
import { write } from './grammar/write.ts';
import { withholdRecords } from './incidents/withhold-records.ts';
import { readOrSay } from './read-or-say.ts';
import type { auditDeclared } from './runs/run-declared.ts';
import type { RunTools } from './runs/run-tools.ts';

/** What is looked for, as it was typed. */
type Wanted = z.output<typeof auditDeclared.params>;

const pageSize = 20;

/** Who looks, when, and at what they may look. */
interface Where {
  now: number;
  person: Person;
  catalogue: Catalogue;
}

/**
 * One page of the audit, newest first, with a button for the next one. Pages are told by the number
 * of a record, so that what is written meanwhile moves nothing.
 */
export async function searchAudit(
  wanted: Wanted,
  filters: readonly Filter[],
  {
    audit,
    incidents,
    now,
    person: asker,
    catalogue,
  }: Pick<RunTools, 'audit' | 'incidents'> & Where,
): Promise<AuditPage> {
  const { person, service, action, run, incident, since, until, before } = wanted;
  const query = {
    ...(person && { actor: `user:${asker.team}/${person}` }),
    ...(service && { service }),
    ...(action && { action }),
    ...(run && { subject: run }),
    ...(incident && { incident }),
    ...(since && { since: now - since }),
    ...(until && { until: now - until }),
    ...(before && { beforeId: before }),
    limit: pageSize + 1,
  };
  const found = await readOrSay(() => audit.find(query));
  const reading = { person: asker, ...(incidents && { incidents }) };
  const page = await withholdRecords(found.slice(0, pageSize), reading);
  const last = found.length > pageSize ? page.at(-1) : undefined;
  return {
    records: narrowRows(page, filters, (record) => JSON.stringify(record)),
    next: last ? [nextPage(wanted, last.id)] : [],
    ...(service && { hint: hintFor(service, catalogue) }),
  };
}

/** The audit may hold what has left the catalogue, so a service that is not there is looked for all the same. */
function hintFor(service: string, catalogue: Catalogue): string {
  const known = catalogue.services.map(({ name }) => name);
  if (known.includes(service)) return '';
  const near = nearest(service, known);
  const names = (near.length > 0 ? near : known).map((name) => `\`${name}\``);
  return `There is no service \`${service.replaceAll('`', '')}\` now; ${near.length > 0 ? 'what comes nearest is' : 'there are'} ${names.join(', ')}.`;
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
