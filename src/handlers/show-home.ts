import { messageOf } from '../core/errors.ts';
import type { Report } from '../core/report.ts';
import { homeView } from '../views/home.ts';
import type { Asking } from './command.ts';
import type { Answer } from './desk.ts';
import type { DeskTools } from './desk-tools.ts';
import { parse } from './grammar/parse.ts';
import { resolve } from './grammar/resolve.ts';
import { incidentsFor } from './incidents/home-incidents.ts';
import { startDeclared } from './incidents/incident-declared.ts';
import { redactAll } from './redact-all.ts';
import type { ReplyTools } from './replies.ts';
import { runsFor } from './runs/home-runs.ts';
import { readStop } from './runs/read-stop.ts';
import { runDeclared } from './runs/run-declared.ts';
import { byGroup, startButtons, usable, visibleTo } from './usable.ts';

/** Draws the Home tab anew: how the services are right now, and what the person may do. */
export async function showHome(
  asking: Omit<Asking, 'catalogue'>,
  answer: Answer,
  {
    clock,
    redact,
    log,
    running,
    incidentTools,
    slackAway,
  }: Pick<DeskTools, keyof ReplyTools | 'running' | 'incidentTools' | 'slackAway'>,
): Promise<void> {
  const { person, unverified, setting } = asking;
  const commands = usable(setting.registry, setting.rights);
  const status = await statusFor(asking).catch((error: unknown) => {
    log.warn({ err: error }, 'the Home tab could not show the services');
    return failed(messageOf(error));
  });
  const maySee = commands.some(({ name }) => name === runDeclared.name);
  const mayDeclare = commands.some(({ name }) => name === startDeclared.name);
  const runs = running && maySee ? await runsFor(person, running, log) : undefined;
  const incidents =
    incidentTools && mayDeclare ? await incidentsFor(person, incidentTools, log) : undefined;
  const stop = running ? await readStop(running) : null;
  const home = {
    roles: person.roles,
    unverified,
    status,
    stop,
    away: slackAway?.() ?? null,
    ...(runs !== undefined && { runs }),
    ...(incidents !== undefined && { incidents }),
    commands: byGroup(commands),
    next: startButtons(commands),
  };
  await answer.home(homeView(redactAll(home, redact), clock.now()));
}

/** What the `status` command says, instead of sending it; null when the person may not use it. */
async function statusFor(asking: Omit<Asking, 'catalogue'>): Promise<Report | null> {
  const { setting } = asking;
  const typed = parse('status');
  const invocation = typed.ok ? resolve(typed.value, setting) : typed;
  if (!invocation.ok) return null;
  const { command } = invocation.value;
  const catalogue = visibleTo(setting.rights, command, setting.catalogue);
  let told: Report | null = null;
  const report = async (found: Report) => {
    told = found;
  };
  await command.perform(invocation.value, { ...asking, catalogue, report });
  return told;
}

const failed = (why: string): Report => ({
  title: 'Status',
  parts: [{ kind: 'text', text: `The services could not be looked at: ${why}` }],
  next: [],
});
