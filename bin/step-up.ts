// npm run step-up -- enrol U… | revoke U… | list | key: gives the people who approve what is destructive
// a second factor and takes it away. It works on DATABASE_URL, or on the embedded database in
// GATEHOUSE_DATA, and only here: nobody can do it in Slack.
import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { loadConfig } from '../src/config/load-config.ts';
import { problemLine } from '../src/config/problem.ts';
import { messageOf } from '../src/core/errors.ts';
import type { Log } from '../src/core/log.ts';
import type { FactorHolder } from '../src/core/second-factor.ts';
import { createEnrolments, type Enrolments } from '../src/step-up/enrolments.ts';
import { createKeyring } from '../src/step-up/keyring.ts';
import { StoreBusy } from '../src/store/database/errors.ts';
import { openSecondFactors } from '../src/store/people/open-second-factors.ts';
import { drivers } from '../src/targets/index.ts';

const usage = `Usage: npm run step-up -- enrol U… | revoke U… | list | key
enrol   gives somebody a new secret for their authenticator app, and shows it once
revoke  takes it away: what they approve with a one-time password counts no more
list    says who has one
key     makes a value for GATEHOUSE_ENCRYPTION_KEY`;

const log: Log = {
  debug() {},
  info() {},
  warn: (fields, message) => console.error(message, fields),
  error: (fields, message) => console.error(message, fields),
};

type Work = (enrolments: Enrolments, team: string) => Promise<number>;

/** The exit code: 0 when it was done, 1 when there was nothing to do, 2 when it could not be done. */
async function main(words: readonly string[]): Promise<number> {
  const [verb, id, ...more] = words;
  if (verb === 'key' && id === undefined) return say([randomBytes(32).toString('base64')]);
  const work = workFor(verb, id);
  if (!work || more.length > 0) return complain([usage]);
  const config = loadConfig({ env: process.env, drivers });
  if (!config.ok) return complain(config.error.map(problemLine));
  const keyring = createKeyring(config.value.encryptionKeys, randomBytes);
  if (!keyring) return complain([noKey]);
  const { databaseUrl, migrationUrl, dataFolder: dataDir, team } = config.value;
  try {
    const { rows, close } = await openSecondFactors({
      databaseUrl: databaseUrl ?? undefined,
      migrationUrl: migrationUrl ?? undefined,
      dataDir,
      log,
    });
    return await work(createEnrolments(rows, keyring, randomBytes), team).finally(close);
  } catch (error) {
    return complain([error instanceof StoreBusy ? busy : messageOf(error)]);
  }
}

const noKey =
  'GATEHOUSE_ENCRYPTION_KEY is not set, so no secret could be kept. `npm run step-up -- key` makes one; Gatehouse needs the same.';
const busy =
  'Gatehouse is running on the embedded database, which only one process can open. Stop it, do this, and start it again; with DATABASE_URL both can go on at once. Nothing was changed.';

function workFor(verb: string | undefined, id: string | undefined): Work | null {
  if (verb === 'list') return id === undefined ? list : null;
  if (id === undefined || !/^[UW][A-Z0-9]{1,20}$/.test(id)) return null;
  if (verb === 'enrol') return (enrolments, team) => enrol(enrolments, { id, team });
  if (verb === 'revoke') return (enrolments, team) => revoke(enrolments, { id, team });
  return null;
}

/** Who does it, as this machine knows them. */
const operator = () => `operator:${userInfo().username}`;

async function enrol(enrolments: Enrolments, person: FactorHolder): Promise<number> {
  const { secret, address, replaced } = await enrolments.enrol(person, operator());
  return say([
    `${person.id} of ${person.team} has a second factor now${replaced ? ', and the one before counts no more' : ''}.`,
    'Give them this on a way that is not Slack. It is shown once and can be read nowhere again:',
    `  secret   ${secret.reveal()}`,
    `  address  ${address.reveal()}`,
    'An authenticator app takes either; it shows six digits, a new code every 30 seconds.',
  ]);
}

async function revoke(enrolments: Enrolments, person: FactorHolder): Promise<number> {
  const was = await enrolments.revoke(person, operator());
  say([
    was
      ? `${person.id} of ${person.team} has no second factor any more.`
      : `${person.id} of ${person.team} has no second factor, so nothing was changed.`,
  ]);
  return was ? 0 : 1;
}

async function list(enrolments: Enrolments): Promise<number> {
  const all = await enrolments.list();
  if (all.length === 0) return say(['Nobody has a second factor.']);
  return say(
    all.map(
      ({ person, enrolledAt, keyId, readable }) =>
        `${person}  since ${new Date(enrolledAt).toISOString()}  key ${keyId}${readable ? '' : '  CANNOT BE READ: enrol them again, or add the key'}`,
    ),
  );
}

function say(lines: readonly string[]): number {
  for (const line of lines) console.log(line);
  return 0;
}

function complain(lines: readonly string[]): number {
  for (const line of lines) console.error(line);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
