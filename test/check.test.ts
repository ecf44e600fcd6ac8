import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { httpServer } from './support/local-server.ts';
import { runProgram } from './support/run-program.ts';
import { tempFolder } from './support/temp-folder.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

test('what a target or Slack says is printed by npm run check without the secrets in it', async () => {
  const secret = 'correct-horse-battery';
  const telling = await httpServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: false, error: secret, status: `token=abc ${secret}` }));
  });
  const address = `http://127.0.0.1:${telling.port}`;
  const path = join(folder.path, 'gatehouse.yml');
  writeFileSync(
    path,
    `version: 1
slack: { team: T0GATE }
services:
  rms-auth:
    title: RMS
    runbook: "000"
    environments:
      prod:
        http: { checks: [{ name: ready, url: "${address}/", expect: { body: { status: up } } }] }
        redis: { url: "env:REDIS" }
        dependencies:
          redis: { loses: [], process: { directory: ${folder.path}, instances: [{ name: a, command: [x] }] } }
          proxy: { loses: [], http: { checks: [{ name: it, url: "${address}/" }] } }
`,
  );
  const { code, out, complaints } = await runProgram(['bin/check.ts', path, '--connect'], {
    REDIS: `redis://:${secret}@127.0.0.1:1/`,
    SLACK_BOT_TOKEN: secret,
    SLACK_APP_TOKEN: `${secret}-2`,
    SLACK_API_URL: `${address}/api/`,
  });
  await telling.stop();
  expect(code).toBe(1);
  expect(out).toMatch(/rms-auth@prod +ready +degraded +200 but status is "token=\[secret\]/);
  expect(out).toMatch(/^redis of rms-auth@prod +copies +down +a down$/m);
  expect(out).toMatch(/^proxy of rms-auth@prod +copies +unknown +none of its sections/m);
  expect(out).toMatch(/SLACK_BOT_TOKEN +down +auth.test answered \[secret\]/);
  expect([out, ...complaints].join('\n')).not.toContain(secret);
});

test('npm run check --connect says whom incidents would call in vain', async () => {
  const slack = await httpServer((request, response) => {
    let form = '';
    request.on('data', (chunk) => {
      form += chunk;
    });
    request.on('end', () => {
      const user = new URLSearchParams(form).get('user');
      const known = { id: user, team_id: 'T0GATE', deleted: user === 'U0GONE' };
      const users = request.url?.includes('usergroups') ? { users: [] } : {};
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: true, user: known, ...users }));
    });
  });
  const contacts =
    'incidents: { contacts: { infra: { who: ["user:U0ONE", "user:U0GONE", "group:S0NONE"] } } }';
  const path = policyFile('{ role: "*", allow: ["risk:read"] }', contacts);
  const { code, out } = await runProgram(['bin/check.ts', path, '--connect'], {
    SLACK_BOT_TOKEN: 'xoxb-some-token',
    SLACK_APP_TOKEN: 'xapp-some-token',
    SLACK_API_URL: `http://127.0.0.1:${slack.port}/api/`,
  });
  await slack.stop();
  expect(code).toBe(1);
  expect(out).toMatch(/contact infra +user:U0ONE +up +can be called/);
  expect(out).toMatch(/contact infra +user:U0GONE +down +is deactivated/);
  expect(out).toMatch(/contact infra +group:S0NONE +down +nobody is in it/);
});

test.each([
  [['--help'], 0, /^Usage: npm run check/],
  [['-h'], 0, /^Usage: npm run check/],
  [['a.yml', 'b.yml'], 2, /^One file at a time, not b\.yml too\. Usage:/],
  [['--conect', 'a.yml'], 2, /^There is no option --conect\. Usage:/],
])('npm run check -- %j is answered with how it is used', async (words, wanted, says) => {
  const { code, out, complaints } = await runProgram(['bin/check.ts', ...words], {});
  expect(code).toBe(wanted);
  expect([out, ...complaints].join('')).toMatch(says);
});

const policyFile = (grants: string, approvals: string) => {
  const path = join(folder.path, 'policy.yml');
  writeFileSync(
    path,
    `version: 1
slack: { team: T0GATE }
roles:
  oncall: { members: ["group:S0ONE"] }
  manager: { members: ["group:S0TWO"] }
  security: { members: ["group:S0THREE"] }
grants:
  - ${grants}
${approvals}
services:
  rms-auth: { title: RMS, runbook: "000", environments: { prod: {} } }
`,
  );
  return path;
};

test('a command that there is not is found by npm run check, with its place and what may be meant', async () => {
  const path = policyFile('{ role: oncall, allow: [restrat] }', '');
  const { code, complaints } = await runProgram(['bin/check.ts', path], {});
  expect(code).toBe(2);
  expect(complaints.join('\n')).toContain(
    'policy.yml:8:29  grants.0.allow.0: there is no command called restrat; did you mean restart?',
  );
});

test('a policy without sense is named with the key to change, and one that is lax on purpose is told', async () => {
  const one = 'approvals: { environments: { production: { destructive: one } }';
  const grants = '{ role: oncall, allow: ["risk:high"] }';
  const refused = await runProgram(['bin/check.ts', policyFile(grants, `${one} }`)], {});
  expect(refused.code).toBe(2);
  expect(refused.complaints.join('\n')).toContain(
    'approvals.environments.production.destructive: ',
  );
  const lax = 'lax: [{ env: production, risk: destructive, because: "to try everything" }]';
  const told = await runProgram(['bin/check.ts', policyFile(grants, `${one}, ${lax} }`)], {});
  expect([told.code, told.out]).toEqual([0, expect.stringContaining('to try everything')]);
});
