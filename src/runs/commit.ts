import type { AuditEntry } from '../core/audit.ts';
import { messageOf } from '../core/errors.ts';
import { isOver, type Run } from '../core/run.ts';
import type { OutboxRequest, RunPatch, Transition, Transitioned } from '../core/transition.ts';
import { aboutServices } from './asking/about-services.ts';
import { endPlaces, failedEndPlaces } from './ending/end-places.ts';
import { canonicalJson } from './planning/canonical-json.ts';
import { type RunTools, runQueue } from './run-tools.ts';

/** One change of a run, as a phase asks for it. */
export interface Change {
  patch: RunPatch;
  /** What happened, such as `approved`; the audit calls it `run.approved`. */
  event: string;
  /** Who did it; Gatehouse itself when it is not said. */
  actor?: string;
  facts?: AuditEntry['facts'];
  before?: NonNullable<Transition['before']>;
  after?: NonNullable<Transition['after']>;
  early?: number;
  /** In how many milliseconds something has to be looked at again, once or more often. */
  dueIn?: number | readonly number[];
  /** Where its card is to stand besides where it stands already; the usual places when it is not said. */
  shownTo?: readonly string[];
  /** What is told besides, and to whom. */
  told?: readonly OutboxRequest[];
  /** Whether nobody is shown a card because of it. */
  unseen?: boolean;
}

/** A deadline is looked at a little after it has passed. */
const grace = 100;
/** How often a change is tried whose outcome nobody knows, and the pause before the next try. */
const tries = { most: 4, pause: 250 };

/**
 * Makes the change, and finds out what became of it when the database did not say: the same change
 * of the same version either is there, or can be tried again, or somebody else was first.
 *
 * @returns the run as it is then; null when somebody else was first or the deadline says no.
 * @throws whatever the database throws, when it does so again and again.
 */
export async function commit(tools: RunTools, run: Run, change: Change): Promise<Run | null> {
  for (let tried = 1; ; tried += 1) {
    try {
      return heard(
        tools,
        runOf(await tools.runs.transition(await transitionOf(tools, run, change))),
      );
    } catch (error) {
      tools.log.warn({ run: run.id, event: change.event, why: messageOf(error) }, unclear);
      const settled = await lookWhatBecameOf(tools, run, change.patch).catch(() => undefined);
      if (settled !== undefined) return heard(tools, settled);
      if (tried === tries.most) throw error;
      await tools.sleep(tries.pause * tried);
    }
  }
}

/** Tells the incident that the run is part of. */
function heard(tools: RunTools, run: Run | null): Run | null {
  if (run?.incident !== undefined) tools.changedInIncident?.(run);
  return run;
}

const unclear = 'The database did not say whether a change was made; looking';

const runOf = (outcome: Transitioned): Run | null => (outcome.kind === 'done' ? outcome.run : null);

/** The run when the change is there, null when another one is, undefined when none is yet. */
async function lookWhatBecameOf(tools: RunTools, seen: Run, patch: RunPatch) {
  const found = await tools.runs.find(seen.id);
  if (!found || found.version === seen.version) return undefined;
  const { waitsFor: _waits, validFor: _valid, endsIn: _ends, endsOn, ended, ...wanted } = patch;
  const same = Object.entries(wanted).every(
    ([key, value]) => canonicalJson(found[key as keyof Run]) === canonicalJson(value),
  );
  const there =
    same &&
    (!ended || canonicalJson(found.ending?.ended ?? null) === canonicalJson(ended)) &&
    (!endsOn || canonicalJson(found.ending?.on ?? null) === canonicalJson(endsOn));
  return found.version === seen.version + 1 && there ? found : null;
}

async function transitionOf(tools: RunTools, run: Run, change: Change): Promise<Transition> {
  const { patch, event, actor = 'gatehouse', facts, before, after, early, unseen } = change;
  const { shownTo, told = [] } = change;
  const next = { ...run, ...patch };
  const usual = () => (run.parent === null ? tools.cardPlaces(next) : []);
  const cards = unseen ? [] : (shownTo ?? usual());
  const ends = unseen ? [] : await toldOfEnd(tools, run, next);
  const due = tools.takesJobs() ? [change.dueIn ?? []].flat() : [];
  return {
    id: run.id,
    version: run.version,
    ...(before && { before }),
    ...(after && { after }),
    ...(early !== undefined && { early }),
    patch,
    audit: { event: `run.${event}`, actor, facts: { ...factsOf(tools, run, patch), ...facts } },
    jobs: due.map((ms) => ({ queue: runQueue, dueIn: ms + grace })),
    messages: [
      ...cards.map((to) => ({ kind: 'card', to }) as const),
      ...ends.map((to) => ({ kind: 'end', to }) as const),
      ...told,
    ],
  };
}

/** Who is told: of a run that ends what another one did, the people of that one. */
async function toldOfEnd({ runs }: RunTools, { state }: Run, next: Run): Promise<string[]> {
  if (next.parent === null || isOver(state) || !isOver(next.state)) return endPlaces(state, next);
  const parent = await runs.find(next.parent);
  const tries = await runs.children(next.parent);
  return parent ? failedEndPlaces(state, next, { parent, tries }) : [];
}

/** What every record says, so that each can be read by itself. */
function factsOf(tools: RunTools, run: Run, patch: RunPatch): AuditEntry['facts'] {
  const plan = patch.plan ?? run.plan;
  return {
    agent: tools.agent,
    action: run.action,
    service: run.target.service,
    env: run.target.env,
    ...(run.incident !== undefined && { incident: run.incident }),
    ...aboutServices(tools, run, plan),
    plan: plan?.hash ?? null,
    from: run.state,
    to: patch.state ?? run.state,
    ...(patch.why && { why: patch.why }),
  };
}

/** How the audit names a person. */
export const actorOf = ({ id, team }: { id: string; team: string }): string => `user:${team}/${id}`;
