import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { URI } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { factorSubject } from '../../src/core/second-factor.ts';
import { Secret } from '../../src/core/secret.ts';
import { createKeyring } from '../../src/step-up/keyring.ts';
import { createSecondFactor } from '../../src/step-up/second-factor.ts';
import { openStore } from '../../src/store/open-store.ts';
import { realClock } from '../support/clock.ts';
import { dataFolder } from '../support/data-folder.ts';
import {
  type PostgresServer,
  postgresAvailable,
  startPostgres,
} from '../support/postgres-server.ts';
import { quietLog } from '../support/quiet-log.ts';
import { runProgram } from '../support/run-program.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const person = { id: 'U07MANAGE01', team: 'T07GATEHSE1' };
let folder: Awaited<ReturnType<typeof dataFolder>>;
let server: PostgresServer | null = null;

beforeAll(async () => {
  folder = await dataFolder();
  const config = `version: 1\nslack: { team: ${person.team} }\nservices: {}\n`;
  writeFileSync(join(folder.path, 'gatehouse.yml'), config);
  if (postgresAvailable) server = await startPostgres();
});
afterAll(async () => {
  await server?.stop();
  await folder.remove();
});

const variables = (more = {}) => ({
  GATEHOUSE_DATA: folder.path,
  GATEHOUSE_CONFIG: join(folder.path, 'gatehouse.yml'),
  GATEHOUSE_ENCRYPTION_KEY: key,
  ...more,
});
const stepUp = (words: string[], more = {}) =>
  runProgram(['bin/step-up.ts', ...words], variables(more));

/** The store as Gatehouse opens it, beside the command. */
const open = (databaseUrl?: string) =>
  openStore({
    dataDir: folder.path,
    log: quietLog,
    clock: realClock,
    ...(databaseUrl && { databaseUrl: new Secret(databaseUrl) }),
  });

async function everything(more: Record<string, string>, databaseUrl?: string) {
  expect((await stepUp(['list'], more)).out).toBe('Nobody has a second factor.');
  const { code, out } = await stepUp(['enrol', person.id], more);
  expect(code).toBe(0);
  const [, address = ''] = /address {2}(\S+)/.exec(out) ?? [];
  const [, secret = ''] = /secret {3}(\S+)/.exec(out) ?? [];
  const totp = URI.parse(address);
  expect(totp).toMatchObject({ issuer: 'Gatehouse', algorithm: 'SHA1', digits: 6, period: 30 });
  expect(totp.secret.base32).toBe(secret);
  const listed = (await stepUp(['list'], more)).out;
  expect(listed).toContain(`${person.team}/${person.id}  since 20`);
  expect(listed).not.toContain(secret);

  const store = await open(databaseUrl);
  const keyring = createKeyring([new Secret(key)], (size) => Buffer.alloc(size));
  const factor = createSecondFactor(store.secondFactors, keyring);
  expect(await factor.verify(person, totp.generate())).toMatchObject({ kind: 'ok' });
  const subject = factorSubject(person);
  const { state } = await store.secondFactors.find(subject);
  expect(JSON.stringify(state)).not.toContain(secret);
  const [, enrolled] = await store.audit.find({ subject, limit: 2 });
  expect(enrolled).toMatchObject({ event: 'second-factor.enrolled' });
  expect(enrolled?.actor).toMatch(/^operator:\S+$/);
  expect(JSON.stringify(enrolled)).not.toContain(secret);
  await store.close();

  const revoked = await stepUp(['revoke', person.id], more);
  expect([revoked.code, revoked.out]).toEqual([
    0,
    expect.stringContaining('no second factor any more'),
  ]);
  expect((await stepUp(['revoke', person.id], more)).code).toBe(1);
}

test('on the embedded database: enrol, list, use, revoke', () => everything({}));

describe.skipIf(!postgresAvailable)('on PostgreSQL', () => {
  test('enrol, list, use, revoke', async () => {
    await everything({ DATABASE_URL: server?.url ?? '' }, server?.url);
  });

  test('while Gatehouse has the same database open', async () => {
    const store = await open(server?.url);
    const { code } = await stepUp(['enrol', person.id], { DATABASE_URL: server?.url ?? '' });
    await store.close();
    expect(code).toBe(0);
  });
});

test('while Gatehouse has the embedded database open nothing is done, and the way on is said', async () => {
  const store = await open();
  const { code, out, complaints } = await stepUp(['enrol', person.id]);
  const kept = await store.secondFactors.find(factorSubject(person));
  await store.close();
  expect([code, out, kept.state.sealed]).toEqual([2, '', null]);
  expect(complaints).toEqual([
    'Gatehouse is running on the embedded database, which only one process can open. Stop it, do this, and start it again; with DATABASE_URL both can go on at once. Nothing was changed.',
  ]);
});

test('without a key, or with one that is none, nothing is done', async () => {
  const none = await stepUp(['enrol', person.id], { GATEHOUSE_ENCRYPTION_KEY: '' });
  expect([none.code, none.complaints[0]]).toEqual([
    2,
    expect.stringContaining('GATEHOUSE_ENCRYPTION_KEY is not set'),
  ]);
  const short = await stepUp(['list'], { GATEHOUSE_ENCRYPTION_KEY: 'c2hvcnQ=' });
  expect([short.code, short.complaints[0]]).toEqual([
    2,
    expect.stringContaining('GATEHOUSE_ENCRYPTION_KEY: expected 32 bytes in base64'),
  ]);
  expect(short.complaints.join()).not.toContain('c2hvcnQ=');
  const { out } = await stepUp(['key']);
  expect(Buffer.from(out, 'base64')).toHaveLength(32);
});

test('what makes no sense is answered with how it is used', async () => {
  const senseless = [[], ['enrol', 'somebody'], ['list', 'U1']];
  for (const { code, complaints } of await Promise.all(senseless.map((words) => stepUp(words)))) {
    expect([code, complaints[0]]).toEqual([2, expect.stringMatching(/^Usage: npm run step-up/)]);
  }
});
