import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flavours } from '../../demo/systems/index.ts';
import { readConfigFile } from '../../src/config/load-config.ts';
import type { Capabilities } from '../../src/core/capabilities.ts';
import type { Offer } from '../../src/core/driver.ts';
import { httpAdmin } from '../../src/targets/http-admin.ts';
import { drivers } from '../../src/targets/index.ts';
import { accountsContract } from '../contracts/accounts.ts';
import { denyListContract } from '../contracts/deny-list.ts';
import { maintenanceContract } from '../contracts/maintenance.ts';
import { rateLimitContract } from '../contracts/rate-limit.ts';
import { sessionsContract } from '../contracts/sessions.ts';
import { signingKeysContract } from '../contracts/signing-keys.ts';
import { realClock } from '../support/clock.ts';
import { type RunningDemo, runDemo } from '../support/demo.ts';

const system = 'security-platform';
const { paths } = flavours.find(({ name }) => name === system) ?? expect.fail();
const never = new AbortController().signal;

let demo: RunningDemo;
let offer: Offer;
let people = 0;

beforeAll(async () => {
  demo = await runDemo();
  const read = readConfigFile(demo.config, {}, drivers);
  const file = read.ok ? read.value : expect.fail(JSON.stringify(read.error));
  const section: unknown = file.services[system]?.environments.prod?.['http-admin' as never];
  const options = httpAdmin.options.parse(section);
  offer = await httpAdmin.open(options, { service: system, env: 'prod' }, { clock: realClock });
});
afterAll(async () => {
  await offer?.close();
  await demo?.stop();
});

const can = <C extends keyof Capabilities>(name: C): Capabilities[C] =>
  offer.capabilities[name] ?? expect.fail(`it offers no ${name}`);

/** Nobody that the background of the demo signs in as often: those it does are signed out by it, too. */
const somebody = async (): Promise<string> => {
  people += 1;
  const user = `person-${people}@example.com`;
  await demo.admin(system, 'POST', '/admin/users', { email: user, role: 'user' });
  // Its state is the demo's business; a person who has chosen a password is what is wanted here.
  await demo.admin(system, 'POST', `/admin/users/${user}/choose-password`);
  return user;
};

const logIn = (user: string, password = user.split('@')[0]) =>
  demo.ask(system, paths.login, { method: 'POST', body: { email: user, password } });

const signedIn = async (user: string) => {
  const { json } = await logIn(user);
  const bearer: string = json.access_token ?? expect.fail(`${user} cannot sign in`);
  const isGood = async () => (await demo.ask(system, paths.profile, { bearer })).status === 200;
  const key: string = JSON.parse(
    Buffer.from(bearer.split('.')[0] ?? '', 'base64url').toString(),
  ).kid;
  return { key, isGood };
};

describe('accounts', () => {
  accountsContract(async () => ({
    accounts: can('accounts'),
    user: await somebody(),
    nobody: `nobody-${people}@example.com`,
    signsIn: async (user) => (await logIn(user)).status === 200,
    lockOut: async (user) => {
      for (let tries = 0; tries < 5; tries += 1) await logIn(user, 'wrong');
    },
  }));
});

describe('sessions', () => {
  sessionsContract(async () => ({
    sessions: can('sessions'),
    user: await somebody(),
    signIn: async (user) => (await signedIn(user)).isGood,
  }));
});

describe('the deny list', () => {
  denyListContract(async () => {
    const denyList = can('denyList');
    for (const { address } of await denyList.entries(never)) await denyList.allow(address, never);
    return {
      denyList,
      lets: async (from) => (await demo.ask(system, paths.jwks, { from })).status !== 403,
    };
  });
});

describe('signing keys', () => {
  signingKeysContract(async () => ({
    signingKeys: can('signingKeys'),
    token: async () => signedIn(await somebody()),
    published: async () =>
      (await demo.ask(system, paths.jwks)).json.keys.map(({ kid }: { kid: string }) => kid),
  }));
});

describe('maintenance', () => {
  maintenanceContract(async () => {
    const maintenance = can('maintenance');
    await maintenance.turnOff(never);
    return {
      maintenance,
      page: async () => {
        const { status, json } = await demo.ask(system, paths.jwks);
        return status === 503 ? json.error : null;
      },
    };
  });
});

describe('the rate limit', () => {
  let callers = 0;
  rateLimitContract(async () => {
    const rateLimit = can('rateLimit');
    await rateLimit.use(rateLimit.presets()[0] ?? '', null, never);
    return {
      rateLimit,
      answered: async (requests) => {
        callers += 1;
        const from = `198.18.0.${callers}`;
        const asked = Array.from({ length: requests }, () =>
          demo.ask(system, paths.jwks, { from }),
        );
        return (await Promise.all(asked)).filter(({ status }) => status === 200).length;
      },
    };
  });
});

test('the demo tells of all of it in its catalogue, and never its token', () => {
  const config = readFileSync(demo.config, 'utf8');
  const read = readConfigFile(demo.config, {}, drivers);
  const file = read.ok ? read.value : expect.fail();
  for (const { name } of flavours) {
    const token = readFileSync(join(demo.data, 'systems', name, 'admin.token'), 'utf8').trim();
    expect(config).not.toContain(token);
    expect(JSON.stringify(file)).not.toContain(token);
    expect(Object.keys(file.services[name]?.environments.prod ?? {})).toContain('http-admin');
  }
});
