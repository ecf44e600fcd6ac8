import { messageOf } from '../../core/errors.ts';
import { type Incident, isOpen } from '../../core/incident.ts';
import type { PersonGone } from '../../core/incident-command.ts';
import type { Incidents } from '../../core/incidents.ts';
import type { Log } from '../../core/log.ts';
import { heldIn } from '../events/person-left.ts';
import type { IncidentLife } from '../incident-life.ts';

/** What it takes to let nobody keep a part in an incident who can do nothing any more. */
export interface VacateTools {
  incidents: Pick<Incidents, 'unfinished'>;
  life: Pick<IncidentLife, 'do'>;
  /** Whether somebody can do nothing any more, and why; null when they can, or when nobody says. */
  gone(person: { id: string; team: string }): Promise<PersonGone | null>;
  log: Log;
}

/** Looks for parts that are held by somebody who is gone. It never throws: what was not done is done a minute later. */
export interface Vacating {
  /** Somebody can do nothing any more, as of now. */
  left(person: { id: string; team: string }, why: PersonGone): Promise<void>;
  /** Looks through all that is unfinished: whoever left while nobody was there to hear of it. */
  all(): Promise<void>;
}

/** So many people are looked up at once: a minute later it is the turn of the others. */
const most = 50;

type Who = { id: string; team: string };

/** Makes it. */
export function vacating({ incidents, life, gone, log }: VacateTools): Vacating {
  let seen = 0;
  const quietly = (work: () => Promise<void>): Promise<void> =>
    work().catch((error: unknown) => {
      const why = messageOf(error);
      log.warn({ why }, 'Whoever has left keeps a part in an incident; that is tried again');
    });
  const vacate = async (all: readonly Incident[], { id, team }: Who, why: PersonGone) => {
    const theirs = all.filter((one) => one.declaredBy.team === team && heldIn(one, id) !== null);
    const command = { kind: 'person-left', who: id, why } as const;
    for (const one of theirs) {
      await quietly(async () => void (await life.do(one.id, command, null)));
    }
  };
  const unfinished = async () => (await incidents.unfinished()).map(({ incident }) => incident);
  /** Those whose turn it is, the next ones at the next time. */
  const turn = (people: readonly Who[]): readonly Who[] => {
    if (people.length <= most) return people;
    const first = seen % people.length;
    seen = first + most;
    return [...people, ...people].slice(first, first + most);
  };
  return {
    left: (person, why) => quietly(async () => vacate(await unfinished(), person, why)),
    all: () =>
      quietly(async () => {
        const all = await unfinished();
        for (const person of turn(peopleIn(all))) {
          const why = await gone(person).catch(() => null);
          if (why !== null) await vacate(all, person, why);
        }
      }),
  };
}

/** Everybody who has a part in one of them, each once. */
function peopleIn(all: readonly Incident[]): Who[] {
  const found = new Map<string, Who>();
  for (const incident of all) {
    const { declaredBy, roles, acknowledged, handovers, review, state } = incident;
    const open = [
      ...Object.values(roles).map(({ by }) => by),
      acknowledged?.by,
      ...handovers.map(({ to }) => to),
    ];
    for (const id of isOpen(state) ? open : [review?.owner]) {
      if (id) found.set(`${declaredBy.team}/${id}`, { id, team: declaredBy.team });
    }
  }
  return [...found.values()];
}
