import type { Audit, AuditEntry } from '../../../src/core/audit.ts';
import { type Incident, isOpen, type SetupState, wakeAt } from '../../../src/core/incident.ts';
import type { IncidentMessage, Sample } from '../../../src/core/incidents.ts';
import type { LeftOut, Outbox } from '../../../src/core/outbox.ts';
import type { Doing } from './doing.ts';
import { evidenceIsWanted } from './evidence.ts';
import {
  callsAreHeard,
  endsWaitForNothing,
  laddersKeepTheirTime,
  rungsAreClimbed,
  securityIsKept,
} from './laws-calls.ts';
import { hasPart, nothingIsSilent } from './laws-calm.ts';
import {
  acknowledgedOnce,
  oneCommander,
  rightsHold,
  staleDoesNothing,
  statesMove,
  watchIsSeen,
} from './laws-people.ts';
import { cardsAreNew, everythingArrived, whatIsLeftOutIsSaid } from './laws-sending.ts';
import { oneChannelEach, onePostEach } from './laws-slack.ts';
import { remindersEnd, slotsAreKept, updatesArePromised } from './laws-slots.ts';
import { isGrave, type Known, type Law, type Line, type Must } from './line.ts';
import type { Slack } from './slack.ts';
import type { Time } from './time.ts';

/** Holds everything that happens against what must never happen. It knows the truth and none of the code. */
export interface Judge {
  /** The first thing that must not have happened, as a sentence. */
  verdict(): string | null;
  must: Must;
  declared(
    incident: Incident,
    origin: string | null,
    audit: AuditEntry,
    messages: readonly IncidentMessage[],
    doing?: Doing,
  ): void;
  changed(
    incident: Incident,
    audit: AuditEntry,
    messages: readonly IncidentMessage[],
    doing: Doing | undefined,
  ): void;
  /** The auditor found that something was missing. */
  repairing(incident: string): void;
  looked(incident: string, sample: Sample): void;
  /** Somebody left notices out, because they are of the past. */
  leftOut(all: readonly LeftOut[]): void;
  /** A process was killed. */
  killed(): void;
  /** A run is made that keeps evidence of it. */
  keeps(incident: Incident): void;
  /** Nobody was there between these moments. */
  absent(from: number, until: number): void;
  broke(why: string): void;
  /** Nothing has gone wrong since then. */
  calm(begun: number): void;
  end(): Promise<void>;
  all(): readonly Incident[];
  /** When something is due next; infinite when nothing is. */
  nextWake(): number;
  /** Whether something is due already. */
  overdue(): boolean;
  /**
   * Whether the checks of something matter, whether somebody has deleted deadlines, and whether somebody who has left
   * still has a part.
   */
  watching(): boolean;
  missing(): boolean;
  vacant(): boolean;
  /** Whether a step of a channel waits for somebody who comes by. */
  resting(): boolean;
  note(what: string): void;
  /** How often each thing happened, so that a schedule that tries nothing is noticed. */
  seen: Map<string, number>;
}

const laws: readonly Law[] = [
  ...[statesMove, slotsAreKept, updatesArePromised, remindersEnd, acknowledgedOnce],
  ...[oneCommander, rightsHold, staleDoesNothing, watchIsSeen, rungsAreClimbed],
  evidenceIsWanted,
  ...[laddersKeepTheirTime, callsAreHeard, securityIsKept, endsWaitForNothing],
];

/** What of a world is judged. */
interface Judged {
  time: Pick<Time, 'now'>;
  store: { audit: Audit; outbox: Pick<Outbox, 'unconfirmed'> };
  slack: Slack;
  /** The messages that the outbox has heard of. */
  known: ReadonlySet<string>;
  /** Who can do nothing any more. */
  gone: ReadonlyMap<string, number>;
}

/** Judges one world. */
export function createJudge(world: Judged): Judge {
  const all = new Map<string, Known>();
  const seen = new Map<string, number>();
  const kept = new Set<string>();
  const absences: { from: number; until: number }[] = [];
  const killed: number[] = [];
  const leftOut: (LeftOut & { at: number })[] = [];
  let verdict: string | null = null;
  const { time } = world;
  const note = (what: string) => void seen.set(what, (seen.get(what) ?? 0) + 1);
  const must: Must = (holds, otherwise) => {
    if (!holds) verdict ??= otherwise;
  };
  /** How all of them stand, which everybody asks again and again; null once something has changed. */
  let standing: Standing | null = null;
  const stand = () => {
    standing ??= standingOf([...all.values()].map(({ incident }) => incident));
    return standing;
  };
  const add = (known: Known, line: Line) => {
    standing = null;
    known.incident = line.after;
    known.lines.push(line);
    note(line.event);
    if (line.facts.merged > 0) note('merged');
    if (line.facts.absence) note('said how long nobody was there');
    if (line.facts.skipped > 0) note('skipped a rung');
    callsAreHeard(line as Parameters<Law>[0], must, known);
  };
  const judgeAbsence = ({ before, event, facts }: Line) => {
    if (event !== 'incident.updated' || !facts.automatic || !before) return;
    const { next, every } = before.updates;
    const slot = next ?? 0;
    const away = absences.find(({ from, until }) => from < slot - 30_000 && until > slot + 30_000);
    if (away && every) must(facts.absence !== undefined, 'nobody says that nobody was there');
  };
  return {
    verdict: () => verdict,
    must,
    seen,
    note,
    declared(incident, origin, audit, messages, doing) {
      const twice = [...all.values()].some((one) => origin !== null && one.origin === origin);
      must(!twice && !all.has(incident.id), 'the same delivery declared two incidents');
      const known: Known = {
        incident,
        lines: [],
        looks: [],
        deletedAt: null,
        repairedAt: 0,
        origin,
      };
      const same = stand().docs.some((one) => isSameAgain(one, incident));
      must(doing?.another !== false || !same, 'what was declared already is declared once more');
      all.set(incident.id, known);
      const { event, actor, facts } = audit;
      const line = { event, actor, facts, messages, doing: undefined, at: incident.changedAt };
      add(known, { ...line, before: null, after: incident });
      if (isGrave(incident))
        must(incident.deadlines.length > 3, 'it is declared and waits for nothing');
    },
    changed(incident, { event, actor, facts }, messages, doing) {
      const known = all.get(incident.id);
      if (!known) return must(false, 'changed what is not there');
      const before = known.incident;
      const at = doing?.readAt ?? incident.changedAt;
      must(incident.version === before.version + 1, 'a version without a change, or twice');
      const line = { before, after: incident, event, actor, facts, messages, doing, at };
      add(known, line);
      if (event === 'incident.repaired') known.repairedAt = incident.changedAt;
      known.deletedAt = event.startsWith('test.') ? at : null;
      if (event.startsWith('test.')) return;
      for (const law of laws) law(line, must, known);
      if (event === 'incident.person-left') {
        must(world.gone.has(`${facts.who}`), 'somebody has left who is there');
      }
      judgeAbsence(line);
      oneChannelEach([...all.values()], must);
    },
    repairing(id) {
      const known = all.get(id);
      note('repaired');
      const deleted = known?.lines.some(({ event }) => event.startsWith('test.'));
      must(deleted ?? false, 'deadlines were missing that nobody has deleted');
    },
    keeps({ id, evidence }) {
      note('evidence is kept');
      const flagging = `${id}/${evidence?.wantedBy}`;
      must(!kept.has(flagging), 'evidence of the same flagging is kept twice');
      kept.add(flagging);
    },
    looked: (id, sample) => void all.get(id)?.looks.push(sample),
    absent: (from, until) => void absences.push({ from, until }),
    leftOut(left) {
      for (const one of left) leftOut.push({ ...one, at: time.now() });
    },
    killed: () => void killed.push(time.now()),
    broke: (why) => must(false, `broke: ${why}`),
    calm(begun) {
      const calm = { now: time.now(), begun, gone: world.gone };
      for (const known of all.values()) nothingIsSilent(known, calm, must);
    },
    async end() {
      onePostEach(world.slack, must);
      const given = (await world.store.outbox.unconfirmed()).filter(({ why }) => tried.test(why));
      const unconfirmed = new Set(
        given.map(({ subject, kind, to }) => [subject, kind, to].join(' ')),
      );
      const ending = {
        slack: world.slack,
        now: time.now(),
        killed,
        leftOut,
        known: world.known,
        unconfirmed,
      };
      for (const known of all.values()) {
        everythingArrived(ending, known, must);
        whatIsLeftOutIsSaid(ending, known, must);
        cardsAreNew(ending, known, must);
      }
      await auditIsWhole(world.store, [...all.values()], must);
    },
    all: () => stand().docs,
    nextWake: () => Math.min(...stand().wakes.filter((at) => at > time.now())),
    overdue: () => stand().wakes.some((at) => at <= time.now()),
    watching: () => stand().watching,
    resting: () => stand().resting,
    vacant: () =>
      world.gone.size > 0 &&
      stand().docs.some((one) => [...world.gone.keys()].some((id) => hasPart(one, id))),
    missing: () => [...all.values()].some(({ deletedAt }) => deletedAt !== null),
  };
}

/** How incidents stand until one of them changes. */
interface Standing {
  docs: readonly Incident[];
  /** When each has to be looked at next; infinite when nothing of it is due any more. */
  wakes: readonly number[];
  watching: boolean;
  resting: boolean;
}

const standingOf = (docs: readonly Incident[]): Standing => ({
  docs,
  wakes: docs.map((one) => wakeAt(one) ?? Number.POSITIVE_INFINITY),
  watching: docs.some(({ state }) => state === 'monitoring'),
  resting: docs.some(({ setup }) => Object.values(setup).some(isResting)),
});

/** What is said of a message that was tried so often that it is given up. */
const tried = /no try was finished|connection was lost/;

const isResting = (state: SetupState): boolean =>
  state.kind === 'open' && state.rests !== undefined;

/** Whether one is about the same as another that everybody knows of and that was declared within ten minutes before. */
const isSameAgain = (one: Incident, other: Incident): boolean =>
  !one.security &&
  !other.security &&
  isOpen(one.state) &&
  one.target !== null &&
  one.target.service === other.target?.service &&
  one.target.env === other.target.env &&
  other.times.declared - one.times.declared <= 600_000;

/**
 * One record for each version of each incident, and a chain that verifies: no chain that does has a gap, so that
 * the version of its newest record is how many there are.
 */
async function auditIsWhole(
  { audit }: Judged['store'],
  all: readonly Known[],
  must: (holds: boolean, otherwise: string) => void,
): Promise<void> {
  for (const { incident, lines } of all) {
    const [newest] = await audit.find({ subject: incident.id, limit: 1 });
    must(newest?.version === lines.length, `${incident.id} has changes without a record`);
    must(newest?.version === incident.version, 'a line is missing');
  }
  must((await audit.verify()).ok, 'the audit does not verify');
}
