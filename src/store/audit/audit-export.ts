import type { Body } from './audit-body.ts';
import type { StoredRecord } from './audit-source.ts';

/** How the log is written into a file: a line for each record, perhaps under a header. */
export interface AuditFormat {
  header: string | null;
  line(record: StoredRecord): string;
}

const columns = 'id,at,actor,event,action,service,env,incident,subject,version,facts,hash';

/** The formats, by the names under which they are asked for. */
export const auditFormats: Readonly<Record<'jsonl' | 'csv', AuditFormat>> = {
  jsonl: { header: null, line: jsonLine },
  csv: { header: columns, line: csvLine },
};

/** The text of the record stands in it letter by letter, so that its sum can be done again anywhere. */
function jsonLine({ id, subject, version, body, hash }: StoredRecord): string {
  const fields = JSON.stringify({ id, subject, version, hash });
  return `${fields.slice(0, -1)},"record":${body}}`;
}

function csvLine({ id, subject, version, body, hash }: StoredRecord): string {
  const { about, actor, at, event, facts } = JSON.parse(body) as Body;
  const { action, service, env, incident } = about;
  const cells = [
    ...[id, new Date(at).toISOString(), actor, event, action, service, env, incident],
    ...[subject, version, JSON.stringify(facts), hash],
  ];
  return cells.map((value) => cell(String(value ?? ''))).join(',');
}

/** A spreadsheet takes what begins so for a formula, and does what it says. */
const formula = /^[=+\-@\t\r]/;

const cell = (text: string): string =>
  `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
