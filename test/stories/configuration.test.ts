import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGrounds, tokens } from '../support/grounds.ts';
import { runProgram } from '../support/run-program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { startService, type TinyService } from '../support/tiny-service.ts';

const folder = tempFolder();
const twoServices = join(folder.path, 'two.yml');
const wrong = join(folder.path, 'wrong.yml');
let service: TinyService;

beforeAll(async () => {
  service = await startService();
  writeFileSync(twoServices, twoServicesText(service.url));
  writeFileSync(wrong, wrongText);
});
afterAll(async () => {
  await service.end();
  await folder.remove();
});

/** Two services: one that is well, and one where nothing listens. */
const twoServicesText = (url: string) => `version: 1
slack: { team: T07GATEHSE1 }
services:
  rms-auth:
    title: RMS
    runbook: "000"
    environments:
      prod: { http: { checks: [{ name: health, url: "${url}/health" }] } }
  rust-auth:
    title: Rust
    runbook: "002"
    environments:
      prod: { http: { checks: [{ name: keys, url: "http://127.0.0.1:1/" }] } }
`;

const wrongText = `version: 1
slack: { team: T07GATEHSE1, token: "env:NO_SUCH_TOKEN" }
rolls: {}
services:
  rms-auth:
    title: ""
    runbook: "000"
    environments:
      prod:
        http: { checks: [{ name: health, url: "env:NO_SUCH_URL" }] }
        redis: { url: "env:NO_SUCH_REDIS" }
        mongo: {}
`;

const slackTokens = { SLACK_BOT_TOKEN: tokens.bot, SLACK_APP_TOKEN: tokens.app };
const main = (env: Record<string, string>) => runProgram(['src/main.ts'], env);

describe.concurrent('a policy under which people may ask and nobody could approve', () => {
  const path = join(folder.path, 'nobody.yml');
  const grants = 'grants: [{ role: "*", allow: ["risk:high"] }]\n';
  beforeAll(() =>
    writeFileSync(path, twoServicesText(service.url).replace('services:', `${grants}services:`)),
  );

  test.each([
    ['a start', () => main({ ...slackTokens, GATEHOUSE_CONFIG: path })],
    ['a check', () => runProgram(['bin/check.ts', path], {})],
  ])('is refused by %s, which says which role nobody holds', async (_, run) => {
    const { code, out, complaints } = await run();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(complaints.join('\n')).toContain('asks the role manager, which nobody holds');
  });
});

describe.concurrent('a start with a wrong configuration', () => {
  test('names every mistake with its place, ends with code 2, and has started nothing', async () => {
    const data = join(folder.path, 'data');
    mkdirSync(data);
    const { code, out, complaints } = await main({
      ...slackTokens,
      GATEHOUSE_CONFIG: wrong,
      GATEHOUSE_PORT: 'http',
      GATEHOUSE_DATA: data,
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(complaints.map((line) => line.replace(wrong, 'FILE').split(': ')[0])).toEqual([
      'environment  GATEHOUSE_PORT',
      'FILE:2:29  slack.token',
      'FILE:3:1  rolls',
      'FILE:6:5  services.rms-auth.title',
      'FILE:10:42  services.rms-auth.environments.prod.http.checks.0.url',
      'FILE:11:18  services.rms-auth.environments.prod.redis.url',
      'FILE:12:9  services.rms-auth.environments.prod.mongo',
    ]);
    expect(complaints.join()).toContain('the environment variable NO_SUCH_REDIS is not set');
    expect(readdirSync(data)).toEqual([]);
  });

  test('whose file is missing says which, and what to do', async () => {
    const { code, complaints } = await main({ ...slackTokens, GATEHOUSE_CONFIG: '/nowhere.yml' });
    expect(code).toBe(2);
    expect(complaints).toEqual([expect.stringMatching(/^\/nowhere\.yml .*cannot be read.*Copy/)]);
  });

  test.each([
    ['SLACK_APP_TOKEN', 'socket', { SLACK_BOT_TOKEN: tokens.bot }],
    ['SLACK_BOT_TOKEN', 'socket', { SLACK_APP_TOKEN: tokens.app }],
    ['SLACK_SIGNING_SECRET', 'http', { SLACK_BOT_TOKEN: tokens.bot }],
  ])('without %s in %s mode names it, and shows no token', async (missing, mode, env) => {
    const { code, complaints } = await main({
      ...env,
      GATEHOUSE_SLACK_MODE: mode,
      GATEHOUSE_CONFIG: twoServices,
    });
    expect(code).toBe(2);
    expect(complaints).toEqual([expect.stringMatching(`^environment  ${missing}: not set`)]);
    expect(complaints.join()).not.toMatch(`${tokens.bot}|${tokens.app}`);
  });

  test('without any token says in one line how to get a local workspace', async () => {
    const { code, complaints } = await main({ GATEHOUSE_CONFIG: twoServices });
    expect(code).toBe(2);
    expect(complaints).toEqual([expect.stringContaining('`npm start` brings a local Slack')]);
  });

  test('on a port that is taken says so', async () => {
    const { port } = new URL(service.url);
    const env = { ...slackTokens, GATEHOUSE_CONFIG: twoServices, GATEHOUSE_PORT: port };
    const { code, complaints } = await main({ ...env, SLACK_API_URL: 'http://127.0.0.1:1/' });
    expect(code).not.toBe(0);
    expect(complaints.join()).toContain('Gatehouse did not start');
  });
});

describe.concurrent('npm start', () => {
  const start = (env: Record<string, string>) => runProgram(['bin/gatehouse.mjs'], env);

  test('with one token of two names the other one, and brings no local workspace', async () => {
    const { code, out, complaints } = await start({
      SLACK_BOT_TOKEN: tokens.bot,
      GATEHOUSE_CONFIG: twoServices,
      GATEHOUSE_DATA: join(folder.path, 'one-token'),
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(complaints).toEqual([expect.stringMatching(/^environment {2}SLACK_APP_TOKEN: not set/)]);
  });

  test('with a wrong file ends everything it has brought, and says what is wrong', async () => {
    const { code, out, complaints } = await start({
      GATEHOUSE_CONFIG: wrong,
      GATEHOUSE_DATA: join(folder.path, 'wrong-file'),
      WORKSPACE_PORT: '0',
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(complaints).toHaveLength(6);
  });
});

/** A Node of the machine's own that is too old, if it has one. */
const oldNode = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => {
  const [, major = 99] =
    /^v(\d+)/.exec(spawnSync(path, ['--version']).stdout?.toString() ?? '') ?? [];
  return Number(major) < 22;
});

test.skipIf(!oldNode)('an older Node gets one clear line', () => {
  const { status, stderr } = spawnSync(oldNode ?? '', ['bin/gatehouse.mjs']);
  expect(status).toBe(2);
  expect(stderr.toString()).toMatch(/^Gatehouse needs Node 22\.18 or newer, and this is .*\n$/);
});

describe.concurrent('npm run check', () => {
  const check = (words: string[], env: Record<string, string> = {}) =>
    runProgram(['bin/check.ts', ...words], env);

  test('finds nothing wrong with the example', async () => {
    const { code, out } = await check(['gatehouse.example.yml'], {
      RMS_REDIS_URL: 'redis://redis.example.com:6379',
      RMS_DATABASE_URL: 'postgres://auth@db.example.com/rms',
      SECPLAT_ADMIN_TOKEN: 'a-token-of-some-length',
    });
    expect(code).toBe(0);
    expect(out).toMatch(/^Nothing wrong: 5 services/);
  });

  test('names every mistake, and starts nothing', async () => {
    const { code, complaints } = await check([wrong]);
    expect(code).toBe(2);
    expect(complaints).toHaveLength(6);
  });

  test('with --connect shows what answers and what does not, the tokens as well', async () => {
    const grounds = await openGrounds({ services: [] });
    const connect = () =>
      check([twoServices, '--connect'], {
        SLACK_BOT_TOKEN: tokens.bot,
        SLACK_APP_TOKEN: 'xapp-of-somebody-else',
        SLACK_API_URL: `${grounds.slackUrl}/api/`,
      });
    // Whatever was too slow to answer is asked again, as a person would.
    let { code, out } = await connect();
    for (let left = 5; left > 0 && out.includes(' unknown '); left -= 1)
      ({ code, out } = await connect());
    await grounds.close();
    expect(code).toBe(1);
    expect(out).toMatch(/^rms-auth@prod +health +up +200 in /m);
    expect(out).toMatch(/^rust-auth@prod +keys +down +refused the connection$/m);
    expect(out).toMatch(/^slack +SLACK_BOT_TOKEN +up +workspace Authentication team$/m);
    expect(out).toMatch(/^slack +SLACK_APP_TOKEN +down +.*invalid_auth$/m);
    expect(out).toContain('2 of 4 do not answer as they should.');
    expect(out).not.toContain(tokens.bot);
  });
});
