// npm run audit -- verify | export --format jsonl|csv: reads the audit log of DATABASE_URL, or of the
// embedded database in GATEHOUSE_DATA, and checks every sum of it or writes all of it out.
import { once } from 'node:events';
import { readEnvironment } from '../src/config/environment.ts';
import { problemLine } from '../src/config/problem.ts';
import { messageOf } from '../src/core/errors.ts';
import type { Log } from '../src/core/log.ts';
import { type AuditFormat, auditFormats } from '../src/store/audit-export.ts';
import { type OpenAudit, openAudit } from '../src/store/open-audit.ts';

const usage = 'Usage: npm run audit -- verify | export --format jsonl|csv';

const log: Log = {
  debug() {},
  info() {},
  warn: (fields, message) => console.error(message, fields),
  error: (fields, message) => console.error(message, fields),
};

/** The exit code: 0 when all is well, 1 when the log is not, 2 when it could not be read. */
async function main(words: readonly string[]): Promise<number> {
  const work = workFor(words);
  if (!work) return complain([usage]);
  const env = readEnvironment(process.env);
  if (!env.ok) return complain(env.error.map(problemLine));
  const { DATABASE_URL: databaseUrl, GATEHOUSE_DATA: dataDir } = env.value;
  try {
    const audit = await openAudit({ databaseUrl, dataDir, log });
    return await work(audit).finally(audit.close);
  } catch (error) {
    return complain([messageOf(error)]);
  }
}

function workFor([verb, option, format, ...more]: readonly string[]) {
  if (verb === 'verify' && option === undefined) return verify;
  if (verb !== 'export' || option !== '--format' || more.length > 0) return null;
  const chosen = auditFormats[format as keyof typeof auditFormats];
  return chosen ? (audit: OpenAudit) => write(audit, chosen) : null;
}

function complain(lines: readonly string[]): number {
  for (const line of lines) console.error(line);
  return 2;
}

async function verify(audit: OpenAudit): Promise<number> {
  const check = await audit.verify();
  if (check.ok) {
    const { records, seals, unsealed } = check;
    console.log(
      `Nothing was changed: ${records} records under ${seals} seals, ${unsealed} not sealed yet.`,
    );
    return 0;
  }
  console.log(`The log was changed. The first bad one is ${check.firstBad}: ${check.why}.`);
  console.log(
    `${check.records} records before it are right. Compare with a backup before you go on.`,
  );
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
