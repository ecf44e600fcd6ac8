import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { startFakeCognito } from '../support/fake-cognito/start.ts';
import { type Person, textOf } from '../support/person.ts';
import { runCatalogue } from '../support/run-catalogue.ts';
import { openRunHouse, pressing, type RunHouse, runIdIn, toldAlone } from '../support/run-house.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type APool, aPool } from '../targets/cognito/a-pool.ts';

const never = new AbortController().signal;
const real = process.env.TEST_COGNITO_ENDPOINT;

/** The stand-in, and the real service where its address is given. */
const services = [
  { name: 'the stand-in', start: startFakeCognito, there: true },
  {
    name: 'a Cognito that nobody here wrote',
    start: async () => ({ endpoint: real ?? '', stop: async () => {} }),
    there: real !== undefined,
  },
];

describe.each(services)('with $name', ({ start, there }) => {
  describe.skipIf(!there)('people', () => {
    const undo: (() => Promise<void>)[] = [];
    let pool: APool;
    let house: RunHouse;
    let engineer: Person;
    let manager: Person;

    beforeAll(async () => {
      const service = await start();
      const folder = tempFolder();
      pool = await aPool(service.endpoint);
      await pool.person(['admin']);
      const secret = join(folder.path, 'key');
      writeFileSync(secret, 'AKIAFAKE');
      const cognito = {
        region: 'us-east-1',
        user_pool: pool.id,
        endpoint: service.endpoint,
        access_key_id: `file:${secret}`,
        secret_access_key: `file:${secret}`,
      };
      house = await openRunHouse([], {
        catalogue: () => runCatalogue({ 'rms-auth': { cognito } }),
      });
      engineer = house.person(people.onCall1);
      manager = house.person(people.manager1);
      undo.push(service.stop, folder.remove, pool.close, house.close);
    });
    afterAll(async () => {
      for (const end of undo.toReversed()) await end();
    });

    const ask = (typed: string): Promise<Message> =>
      toldAlone(engineer, () => engineer.types(`${typed} --reason "left the company on Friday"`));
    const approved = async (typed: string): Promise<Message> => {
      const run = runIdIn(await ask(typed));
      const waiting = await house.card(run, 'waiting');
      await pressing(manager, waiting, 'Approve');
      await house.reaches(run, 'succeeded');
      return waiting;
    };
    const find = (user: string) => pool.can.accounts.find(user, never);

    test('leave: no sign-in and no session of exactly one of them, and it is said what goes on', async () => {
      const [leaver, stays] = [await pool.person(), await pool.person()];
      const [theirs, others] = [await pool.signIn(leaver), await pool.signIn(stays)];
      const card = textOf(await approved(`user offboard ${leaver} rms-auth@prod`));
      expect(card).toContain(`Disable the account ${leaver} of rms-auth@prod`);
      expect(card).toMatch(/tokens that were issued before are accepted .*until they expire/i);
      expect(await pool.goesOn(theirs ?? '')).toBe(false);
      expect(await pool.signIn(leaver)).toBeNull();
      expect(await pool.goesOn(others ?? '')).toBe(true);
      expect(await find(leaver)).toMatchObject({ enabled: false });
      expect(await find(stays)).toMatchObject({ enabled: true });
      await approved(`user restore ${leaver} rms-auth@prod`);
      expect(await pool.signIn(leaver)).not.toBeNull();
    });

    test('come: with a role, and a password that only Cognito and they have seen', async () => {
      const user = pool.nobody();
      await approved(`user onboard ${user} rms-auth@prod --role user`);
      expect(await find(user)).toMatchObject({ role: 'user', mustResetPassword: true });
    });

    test('forget their password, and choose another', async () => {
      const user = await pool.person();
      await approved(`password reset ${user} rms-auth@prod`);
      expect(await pool.signIn(user)).toBeNull();
      expect(await find(user)).toMatchObject({ mustResetPassword: true });
    });

    test.each([
      ['lockout clear rms-auth@prod PERSON', /Cognito tells of no lockouts/],
      ['user offboard nobody-at-all@example.com rms-auth@prod', /nobody-at-all@example\.com/],
    ])('are not told that `%s` was done: Cognito has no way', async (typed, says) => {
      const told = textOf(await ask(typed.replace('PERSON', await pool.person())));
      expect(told).toMatch(says);
      expect(told).not.toMatch(/R-[0-9A-F]{6}/);
    });
  });
});
