import type { z } from 'zod';
import type { AuditRecord } from '../core/audit.ts';
import type { Fact, Next, Report } from '../core/report.ts';
import { write } from './grammar/write.ts';
import type { auditDeclared } from './run-declared.ts';
import type { RunTools } from './run-tools.ts';

/** What is looked for, as it was typed. */
type Wanted = z.output<typeof auditDeclared.params>;

const page = 20;

/**
 * One page of the audit, newest first, with a button for the next one. Pages are told by the number
 * of a record, so that what is written meanwhile moves nothing.
 */
export async function auditReport(
  wanted: Wanted,
  team: string,
  { audit, now }: Pick<RunTools, 'audit'> & { now: number },
): Promise<Report> {
  const { person, service, action, run, since, before } = wanted;
  const found = await audit.find({
    ...(person && { actor: `user:${team}/${person}` }),
    ...(service && { service }),
    ...(action && { action }),
    ...(run && { subject: run }),
    ...(since && { since: now - since }),
    ...(before && { beforeId: before }),
    limit: page + 1,
  });
  const shown = found.slice(0, page);
  const last = found.length > page ? shown.at(-1) : undefined;
  return {
    title: 'Audit',
    parts:
      shown.length === 0
        ? [{ kind: 'text', text: 'Nothing that fits is written down.' }]
        : [{ kind: 'facts', facts: shown.map(lineOf) }],
    next: last ? [nextPage(wanted, last.id)] : [],
  };
}

const lineOf = ({ id, at, event, actor, subject, facts }: AuditRecord): Fact => ({
  name: `#${id} ${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC ${event}`,
  value: `${actor}, ${subject}: ${Object.entries(facts).map(factText).join(', ')}`,
});

const factText = ([name, value]: [string, unknown]): string =>
  `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`;

/** The same question from the last record on. */
function nextPage(wanted: Wanted, before: number): Next {
  const { since, before: _, ...texts } = wanted;
  const flags = Object.entries({
    ...texts,
    ...(since && { since: `${Math.ceil(since / 1_000)}s` }),
    before: String(before),
  });
  const items = flags.flatMap(([name, value]) =>
    value === undefined ? [] : [{ kind: 'flag' as const, name, value }],
  );
  const command = write({ items: [{ kind: 'word', text: 'audit' }, ...items], filters: [] });
  return { label: 'Older', command };
}
