// npm run audit -- verify [--anchors] | export --format jsonl|csv | grants ROLE: reads the audit log of
// DATABASE_URL, or of the embedded database in GATEHOUSE_DATA, and checks every sum of it, holds it
// against the copies of its anchors, or writes all of it out; or writes what a role needs.
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { readEnvironment } from '../src/config/environment.ts';
import { problemLine } from '../src/config/problem.ts';
import { messageOf } from '../src/core/errors.ts';
import type { Log } from '../src/core/log.ts';
import { type AuditFormat, auditFormats } from '../src/store/audit/audit-export.ts';
import { type OpenAudit, openAudit } from '../src/store/audit/open-audit.ts';
import { grantsFor } from '../src/store/database/grants.ts';
import { type AnchorPlaces, verifyAnchors } from './audit-anchors.ts';

const usage =
  'Usage: npm run audit -- verify [--anchors [--file FILE] [--pasted FILE]] | export --format jsonl|csv | grants ROLE';

const log: Log = {
  debug() {},
  info() {},
  warn: (fields, message) => console.error(message, fields),
  error: (fields, message) => console.error(message, fields),
};

/** The exit code: 0 when all is well, 1 when the log is not, 2 when it could not be read. */
async function main(words: readonly string[]): Promise<number> {
  const [verb, role, ...more] = words;
  if (verb === 'grants' && role !== undefined && more.length === 0) return grants(role);
  const work = workFor(words);
  if (!work) return complain([usage]);
  const env = readEnvironment(process.env);
  if (!env.ok) return complain(env.error.map(problemLine));
  const { DATABASE_URL: databaseUrl, GATEHOUSE_DATA: dataDir } = env.value;
  const migrationUrl = env.value.DATABASE_MIGRATION_URL;
  try {
    const audit = await openAudit({ databaseUrl, migrationUrl, dataDir, log });
    return await work(audit).finally(audit.close);
  } catch (error) {
    return complain([messageOf(error)]);
  }
}

const options = {
  anchors: { type: 'boolean' },
  file: { type: 'string' },
  pasted: { type: 'string' },
  format: { type: 'string' },
} as const;

/** What the words ask for; null when they make no sense. */
function workFor(words: readonly string[]) {
  let asked: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    asked = parseArgs({ args: [...words], options, allowPositionals: true });
  } catch {
    return null;
  }
  const { anchors, file, pasted, format } = asked.values;
  const verb = asked.positionals.join(' ');
  const places = { ...(file && { file }), ...(pasted && { pasted }) };
  if (verb === 'verify' && format === undefined) {
    if (anchors) return (audit: OpenAudit) => verify(audit, places);
    return file === undefined && pasted === undefined ? (audit: OpenAudit) => verify(audit) : null;
  }
  const chosen = auditFormats[format as keyof typeof auditFormats];
  if (verb !== 'export' || !chosen || anchors || file || pasted) return null;
  return (audit: OpenAudit) => write(audit, chosen);
}

function complain(lines: readonly string[]): number {
  for (const line of lines) console.error(line);
  return 2;
}

/** What the owner of the tables has to run once, so that this role can be the one that Gatehouse uses. */
function grants(role: string): number {
  for (const statement of grantsFor(role)) console.log(`${statement};`);
  return 0;
}

async function verify(audit: OpenAudit, places?: AnchorPlaces): Promise<number> {
  const check = await audit.verify();
  if (!check.ok) return changed(check, `${check.records} records before it are right.`);
  const { records, seals, unsealed } = check;
  console.log(
    `Nothing was changed: ${records} records under ${seals} seals, ${unsealed} not sealed yet.`,
  );
  return places === undefined ? 0 : hold(audit, places);
}

async function hold(audit: OpenAudit, places: AnchorPlaces): Promise<number> {
  const held = await verifyAnchors(audit, places, log);
  if (!held.ok) return changed(held, 'All its sums are right, so somebody has done them again.');
  const { anchors, records, from } = held;
  console.log(
    `Its ${anchors} anchors fit, and what they cover, the first ${records} records, is as it was copied. Read: ${from.join(', ')}.`,
  );
  return 0;
}

function changed({ firstBad, why }: { firstBad: string; why: string }, more: string): number {
  console.log(`The log was changed. The first bad one is ${firstBad}: ${why}.`);
  console.log(`${more} Compare with a backup before you go on.`);
  return 1;
}

async function write(audit: OpenAudit, { header, line }: AuditFormat): Promise<number> {
  if (header !== null) process.stdout.write(`${header}\n`);
  for await (const record of audit.records()) {
    if (!process.stdout.write(`${line(record)}\n`)) await once(process.stdout, 'drain');
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
