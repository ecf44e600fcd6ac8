import { DeadlineError, within } from '../core/deadline.ts';
import { messageOf, TargetError } from '../core/errors.ts';
import type { Directory, Standing } from '../core/person.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Report } from '../core/report.ts';
import type { Result } from '../core/result.ts';
import { faultMessage } from '../views/fault.ts';
import { closedHome } from '../views/home.ts';
import { refusalSentence } from '../views/refusal.ts';
import type { Asking, Filter } from './command.ts';
import type { Answer, Asked, Asker, Place } from './desk.ts';
import type { DeskTools } from './desk-tools.ts';
import type { Parsed } from './grammar/parse.ts';
import { resolve } from './grammar/resolve.ts';
import { write } from './grammar/write.ts';
import { inIncident } from './incidents/in-incident.ts';
import { incidentAskedIn } from './incidents/incident-asked.ts';
import { noteAskedIn } from './marks/noticed.ts';
import { nameGroups } from './name-groups.ts';
import { noteClick } from './note-click.ts';
import { handlersOnDemand } from './on-demand.ts';
import { changesSomething, openFromButton } from './pressed.ts';
import type { Registry } from './registry.ts';
import { repliesTo } from './replies.ts';
import { rightsOf } from './rights.ts';
import { carriedBy } from './runs/from-form.ts';
import { mayChange } from './runs/may-change.ts';
import { onlyPlan } from './runs/only-plan.ts';
import { runAskedIn } from './runs/run-asked.ts';
import { pleaIn, takePlea } from './take-plea.ts';
import { turnDown } from './turn-down.ts';
import { isHome, typedIn } from './typed.ts';
import { isForAskerOnly, visibleTo } from './usable.ts';

/**
 * Does what was asked. A target that did not do its part is said so; any other fault is thrown, for the
 * bot to log and to tell.
 */
export async function receive(
  asked: Asked,
  answer: Answer,
  registry: Registry,
  tools: DeskTools,
  origin?: string,
): Promise<void> {
  try {
    await attend(asked, answer, registry, tools, origin);
  } catch (error) {
    if (!(error instanceof TargetError || error instanceof DeadlineError)) throw error;
    tools.log.warn({ err: error, asked: asked.kind }, 'a target did not do its part');
    await repliesTo(answer, tools).show(faultMessage, error.message);
  }
}

async function attend(
  asked: Asked,
  answer: Answer,
  registry: Registry,
  tools: DeskTools,
  origin?: string,
): Promise<void> {
  const standing = await standingOf(asked.asker, tools.directory, mayChange(asked, registry));
  const replies = repliesTo(answer, tools);
  if (standing.kind === 'refused') {
    const refusal = { kind: 'not-a-member', why: standing.why } as const;
    if (isHome(asked)) return answer.home(closedHome(refusalSentence(refusal)));
    await replies.refuse(refusal);
    return noteStranger(asked, tools);
  }
  const { person } = standing;
  const unverified = standing.kind === 'unverified' ? standing.why : null;
  const rights = rightsOf(
    person,
    unverified,
    tools.policy,
    tools.catalogue,
    placeOf(asked)?.channel,
  );
  const setting = { registry, catalogue: tools.catalogue, rights };
  const asking = {
    ...replies,
    report: async (report: Report, filters: readonly Filter[]) =>
      replies.report(await nameGroups(report, tools.directory), filters),
    person,
    unverified,
    place: placeOf(asked),
    alone: asked.kind !== 'mention',
    setting,
    origin: origin ?? null,
  };
  await answerTo(asked, asking, answer, tools);
}

/** A button or form about a run that was used by somebody who has nothing to do with it. */
async function noteStranger(asked: Asked, tools: DeskTools): Promise<void> {
  const about = runAskedIn(asked) ?? incidentAskedIn(asked);
  const { running } = tools;
  if (about && running)
    await noteClick('not-a-member', about, asked.asker, { ...tools, ...running });
}

async function answerTo(
  asked: Asked,
  asking: Omit<Asking, 'catalogue'>,
  answer: Answer,
  tools: DeskTools,
): Promise<void> {
  const { running, incidentTools, clock, log, redact } = tools;
  const aboutRun = running && runAskedIn(asked);
  if (aboutRun) {
    const { takeRunClick } = await handlersOnDemand.runClicks();
    return takeRunClick(aboutRun, asking, { ...running, now: clock.now(), log, redact });
  }
  const aboutIncident = incidentTools && incidentAskedIn(asked);
  if (aboutIncident) {
    const clicked = { ...incidentTools, now: clock.now(), log, redact };
    return aboutIncident.deed === 'declare'
      ? (await handlersOnDemand.declaration()).takeDeclaration(aboutIncident, asking, clicked)
      : (await handlersOnDemand.incidentClicks()).takeIncidentClick(aboutIncident, asking, clicked);
  }
  const noted = noteAskedIn(asked);
  if (noted && incidentTools)
    return (await handlersOnDemand.noteMessage()).noteMessage(noted, asking, incidentTools);
  const plea = pleaIn(asked);
  if (plea) return takePlea(plea, asking, tools);
  const typed = typedIn(asked);
  if (typed) return use(typed, asking, asked, tools);
  if (isHome(asked)) return (await handlersOnDemand.home()).showHome(asking, answer, tools);
  const kind = asked.kind === 'submission' ? 'unknown-form' : 'unknown-button';
  return asking.refuse({ kind });
}

async function use(
  typed: Result<Parsed, Refusal>,
  asking: Omit<Asking, 'catalogue'>,
  asked: Asked,
  { running, incidentTools }: Pick<DeskTools, 'running' | 'incidentTools'>,
): Promise<void> {
  const { kind: by } = asked;
  const picked = asked.kind === 'click' && asked.action.startsWith('pick:');
  if (!typed.ok) return asking.refuse(typed.error);
  if (typed.value.items.length === 0)
    return (await handlersOnDemand.card()).showCard(asking, running, incidentTools);
  const parsed = onlyPlan(typed.value, asking.setting.registry);
  const setting = await inIncident(parsed, asking, incidentTools);
  const invocation = resolve(parsed, setting);
  if (!invocation.ok) return turnDown(invocation.error, parsed, asking);
  const { command } = invocation.value;
  if (by === 'mention' && isForAskerOnly(command)) {
    return asking.refuse({ kind: 'private-only', command: write(typed.value) });
  }
  // A picker's button does what its reader has just typed: only which incident is meant was missing.
  const isPicked = by === 'click' && picked && command.group === 'Incidents';
  if (by === 'click' && !isPicked && changesSomething(invocation.value)) {
    return openFromButton(invocation.value, parsed, asking);
  }
  const { rights, catalogue } = asking.setting;
  await command.perform(
    { ...invocation.value, typed: write(parsed) },
    {
      ...asking,
      catalogue: visibleTo(rights, command, catalogue, invocation.value.env),
    },
  );
}

/** Where it was asked; a form says where the command was typed that opened it. */
function placeOf(asked: Asked): Place | null {
  if ('place' in asked) return asked.place;
  const channel = carriedBy(asked)?.askedIn ?? null;
  return channel === null ? null : { channel, thread: null };
}

/** How long the directory may take before the person counts as unverified, in milliseconds. */
const patience = 2_000;
/** How old a copy of somebody's roles may be when they change something, in milliseconds. */
const maxAge = 30_000;

/** A directory that fails or hangs leaves people unverified: they can still read what is free for all. */
async function standingOf(
  { id, team }: Asker,
  directory: Directory,
  changing: boolean,
): Promise<Standing> {
  try {
    return await within(patience, () =>
      changing ? directory.standing(id, team, { maxAge }) : directory.standing(id, team),
    );
  } catch (error) {
    return { kind: 'unverified', person: { id, team, roles: [] }, why: messageOf(error) };
  }
}
