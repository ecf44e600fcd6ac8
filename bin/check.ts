// npm run check -- FILE [--connect]: reports every mistake of a configuration, and starts nothing.
// With --connect it also tries each check of the catalogue, the Slack tokens and whom incidents call.
import { actions, queries } from '../src/actions/index.ts';
import type { Config } from '../src/config/config.ts';
import type { SlackAccess } from '../src/config/environment.ts';
import { loadConfig } from '../src/config/load-config.ts';
import { problemLine } from '../src/config/problem.ts';
import { targetsOf } from '../src/core/catalogue.ts';
import { dependenciesOf } from '../src/core/dependencies.ts';
import { messageOf } from '../src/core/errors.ts';
import { createRedactor } from '../src/core/redactor.ts';
import type { Secret } from '../src/core/secret.ts';
import { probeDeadline, sightAll } from '../src/core/sighting.ts';
import { type Target, targetName } from '../src/core/target.ts';
import type { Targets } from '../src/core/targets.ts';
import { everyDeclared } from '../src/handlers/help/every-declared.ts';
import { lintApprovals } from '../src/permissions/lint-approvals.ts';
import { unenforced } from '../src/permissions/unenforced.ts';
import { drivers } from '../src/targets/index.ts';
import { createTargets } from '../src/targets/targets.ts';

/** What was tried, what it is, and what came of it. */
type Row = [subject: string, tried: string, outcome: string, detail: string];

const clock = { now: () => Date.now(), monotonic: () => performance.now() };

const usage = 'Usage: npm run check -- FILE [--connect]';

function explain(): number {
  console.log(`${usage}
Says everything that is wrong with a configuration, and starts nothing.
--connect also tries each check of the services, the Slack tokens and everybody whom incidents call.`);
  return 0;
}

async function main(words: readonly string[]): Promise<number> {
  const [path, ...more] = words.filter((word) => !word.startsWith('-'));
  if (words.some((word) => /^(?:-h|--help)$/.test(word))) return explain();
  const unknown = words.find((word) => word.startsWith('-') && word !== '--connect');
  if (unknown) return complain([`There is no option ${unknown}. ${usage}`]);
  if (more.length > 0) return complain([`One file at a time, not ${more.join(' ')} too. ${usage}`]);
  const declared = everyDeclared(queries, actions);
  const commands = {
    all: declared.map(({ name }) => name),
    actions: actions.map(({ name }) => name),
  };
  const config = loadConfig({ env: process.env, drivers, commands, ...(path ? { path } : {}) });
  if (!config.ok) return complain(config.error.map(problemLine));
  const linted = { ...config.value, commands: declared, now: clock.now(), unenforced };
  const senseless = lintApprovals(linted);
  if (senseless.length > 0) return complain(senseless);
  console.log(summary(config.value));
  for (const { env, risk, because } of config.value.approvals.lax ?? []) {
    console.log(`Laxer than it should be for ${risk} risk in ${env}: ${because}`);
  }
  return words.includes('--connect') ? connect(config.value) : 0;
}

function complain(lines: readonly string[]): number {
  for (const line of lines) console.error(line);
  return 2;
}

function summary({ catalogue, policy, slack }: Config): string {
  const targets = targetsOf(catalogue).length;
  const tokens = slack
    ? `Slack tokens for ${slack.mode} mode`
    : 'no Slack tokens (local workspace)';
  return `Nothing wrong: ${catalogue.services.length} services, ${targets} targets, ${Object.keys(policy.roles).length} roles, ${tokens}.`;
}

async function connect(config: Config): Promise<number> {
  const redactor = createRedactor({ secrets: config.secrets.map((one) => one.reveal()) });
  const tried = await Promise.all([
    tryTokens(config.slack),
    config.slack
      ? (await import('./check-contacts.ts')).tryContacts(config, config.slack, clock, redactor)
      : [],
    tryChecks(config),
  ]);
  const rows = redactor.redactAll(tried.flat());
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
  const bad = rows.filter(([, , outcome]) => outcome !== 'up').length;
  console.log(
    bad === 0 ? 'Everything answers.' : `${bad} of ${rows.length} do not answer as they should.`,
  );
  return bad === 0 ? 0 : 1;
}

async function tryChecks({ catalogue }: Config): Promise<Row[]> {
  const targets = createTargets({ catalogue, drivers, clock });
  const rows = await Promise.all(
    targetsOf(catalogue).map(async (target): Promise<Row[]> => {
      const sightings = await sightAll(await targets.probes(target), clock, probeDeadline);
      return sightings.map(({ probe, health, detail }) => [
        targetName(target),
        probe,
        health,
        detail,
      ]);
    }),
  );
  const restarted = await Promise.all(
    targetsOf(catalogue).flatMap((target) =>
      dependenciesOf(catalogue, target)
        .filter(({ whyNot }) => whyNot === null)
        .map(({ name }) => tryDependency(targets, target, name)),
    ),
  );
  await targets.close();
  return [...rows.flat(), ...restarted];
}

/** Whether what would be restarted is there: nobody may find out only when it has to be. */
async function tryDependency(targets: Targets, target: Target, name: string): Promise<Row> {
  const row = (outcome: string, detail: string): Row => [
    `${name} of ${targetName(target)}`,
    'copies',
    outcome,
    detail,
  ];
  try {
    const offer = await targets.offerOf?.(target, name, 'instances');
    if (!offer)
      return row('unknown', 'none of its sections knows of any, so that none is restarted');
    const copies = await offer.instances(AbortSignal.timeout(probeDeadline));
    const isUp = copies.length > 0 && copies.every(({ health }) => health === 'up');
    const told = copies.map(({ id, health }) => `${id} ${health}`).join(', ') || 'there are none';
    return row(isUp ? 'up' : 'down', told);
  } catch (error) {
    return row('unknown', messageOf(error));
  }
}

async function tryTokens(slack: SlackAccess | null): Promise<Row[]> {
  if (!slack) return [];
  const bot = tryToken(slack, 'SLACK_BOT_TOKEN', 'auth.test', slack.botToken);
  if (!slack.appToken) return [await bot];
  const app = tryToken(slack, 'SLACK_APP_TOKEN', 'apps.connections.open', slack.appToken);
  return Promise.all([bot, app]);
}

async function tryToken(
  { apiUrl }: SlackAccess,
  name: string,
  method: string,
  token: Secret,
): Promise<Row> {
  try {
    const response = await fetch(new URL(method, apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${token.reveal()}` },
      signal: AbortSignal.timeout(probeDeadline),
    });
    const answer = (await response.json()) as { ok: boolean; error?: string; team?: string };
    if (answer.ok) return ['slack', name, 'up', answer.team ? `workspace ${answer.team}` : method];
    return ['slack', name, 'down', `${method} answered ${answer.error}`];
  } catch (error) {
    return ['slack', name, 'unknown', `${method}: ${messageOf(error)}`];
  }
}

process.exitCode = await main(process.argv.slice(2));
