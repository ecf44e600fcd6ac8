import type { Lock } from '../core/locks.ts';
import { type AskStore, doubt, type OnceOpen } from './ask-store.ts';
import { incidentsThroughDoor } from './incidents-through-door.ts';
import type { Store } from './open-store.ts';

/** The ports of a store that is asked at the door. */
export function throughDoor(
  ask: AskStore,
  inside: Promise<Store>,
): Pick<
  Store,
  | 'intake'
  | 'jobs'
  | 'runs'
  | 'audit'
  | 'locks'
  | 'claims'
  | 'outbox'
  | 'pace'
  | 'killSwitch'
  | 'tally'
  | 'notes'
  | 'anchors'
  | 'suspensions'
  | 'secondFactors'
  | 'breakGlass'
  | 'incidents'
  | 'incidentSamples'
  | 'incidentFigures'
  | 'presence'
  | 'lateTimers'
> {
  const onceOpen: OnceOpen = (tell) => void inside.then(tell, () => {});
  return {
    intake: {
      record: (delivery) => ask((store) => store.intake.record(delivery)),
      settle: (keys) => ask((store) => store.intake.settle(keys)),
      hold: (keys) => ask((store) => store.intake.hold(keys)),
      takeUp: (limit) => ask((store) => store.intake.takeUp(limit)),
    },
    jobs: {
      declare: (queue) => onceOpen((store) => store.jobs.declare(queue)),
      ready: async () => (await inside).jobs.ready(),
      enqueue: (request) => ask((store) => store.jobs.enqueue(request)),
    },
    runs: {
      create: (run, audit) => ask((store) => store.runs.create(run, audit), doubt),
      find: (id) => ask((store) => store.runs.find(id)),
      findByOrigin: (origin) => ask((store) => store.runs.findByOrigin(origin)),
      transition: (change) => ask((store) => store.runs.transition(change), doubt),
      inStates: (states) => ask((store) => store.runs.inStates(states)),
      toEnd: () => ask((store) => store.runs.toEnd()),
      lasting: (target, since) => ask((store) => store.runs.lasting(target, since)),
      children: (parent) => ask((store) => store.runs.children(parent)),
      ofIncident: (incident) => ask((store) => store.runs.ofIncident(incident)),
    },
    audit: {
      find: (query) => ask((store) => store.audit.find(query)),
      verify: async () => (await ask(async (store) => store.audit)).verify(), // may take minutes
    },
    locks: {
      acquire: (target, owner, mode) =>
        ask(async (store, over) => {
          const got = await store.locks.acquire(target, owner, mode);
          if (over() && isLock(got)) await got.release(); // nobody waits for it any more
          return got;
        }),
      holders: (target) => ask((store) => store.locks.holders(target)),
    },
    outbox: outboxThrough(ask, onceOpen),
    pace: {
      take: (method) => ask((store) => store.pace.take(method)),
      spend: (method) => ask((store) => store.pace.spend(method)),
      limited: (...said) => ask((store) => store.pace.limited(...said)),
    },
    tally: tallyThrough(ask),
    ...incidentsThroughDoor(ask, onceOpen),
    ...besidesRuns(ask),
  };
}

const outboxThrough = (ask: AskStore, onceOpen: OnceOpen): Store['outbox'] => ({
  take: (...asked) => ask((store) => store.outbox.take(...asked)),
  report: (...settled) => ask((store) => store.outbox.report(...settled)),
  whose: (subject, where) => ask((store) => store.outbox.whose(subject, where)),
  unconfirmed: (subject) => ask((store) => store.outbox.unconfirmed(subject)),
  standing: (...message) => ask((store) => store.outbox.standing(...message)),
  standings: (incident) => ask((store) => store.outbox.standings(incident)),
  compact: (olderThan) => ask((store) => store.outbox.compact(olderThan)),
  leftOut: (since) => ask((store) => store.outbox.leftOut(since)),
  waiting: () => ask((store) => store.outbox.waiting()),
  onAdded: (listener) => onceOpen((store) => store.outbox.onAdded(listener)),
});

const tallyThrough = (ask: AskStore): Store['tally'] => ({
  asked: (what, limit) => ask((store) => store.tally.asked(what, limit)),
  refused: (by, limit) => ask((store) => store.tally.refused(by, limit)),
  begun: (what, limit) => ask((store) => store.tally.begun(what, limit)),
});

/** What is written down that is no change of a run. */
const besidesRuns = (
  ask: AskStore,
): Pick<
  Store,
  'claims' | 'killSwitch' | 'notes' | 'anchors' | 'suspensions' | 'secondFactors' | 'breakGlass'
> => ({
  claims: {
    on: (target) => ask((store) => store.claims.on(target)),
    all: () => ask((store) => store.claims.all()),
    claim: (...claim) => ask((store) => store.claims.claim(...claim), doubt),
    release: (...release) => ask((store) => store.claims.release(...release), doubt),
    endDue: () => ask((store) => store.claims.endDue()),
  },
  killSwitch: {
    state: () => ask((store) => store.killSwitch.state()),
    engage: (by, reason) => ask((store) => store.killSwitch.engage(by, reason), doubt),
    lift: (by, voided) => ask((store) => store.killSwitch.lift(by, voided), doubt),
  },
  notes: {
    append: (subject, entry) => ask((store) => store.notes.append(subject, entry), doubt),
  },
  anchors: { find: (n) => ask((store) => store.anchors.find(n)) },
  suspensions: {
    find: (subject) => ask((store) => store.suspensions.find(subject)),
    people: () => ask((store) => store.suspensions.people()),
    suspend: (subject, by) => ask((store) => store.suspensions.suspend(subject, by), doubt),
    lift: (subject, by) => ask((store) => store.suspensions.lift(subject, by), doubt),
  },
  secondFactors: {
    find: (subject) => ask((store) => store.secondFactors.find(subject)),
    all: () => ask((store) => store.secondFactors.all()),
    write: (change) => ask((store) => store.secondFactors.write(change), doubt),
  },
  breakGlass: {
    barred: (by, rule) => ask((store) => store.breakGlass.barred(by, rule)),
    take: (run, by, rule) => ask((store) => store.breakGlass.take(run, by, rule), doubt),
    review: (run, by, text) => ask((store) => store.breakGlass.review(run, by, text), doubt),
    unreviewed: () => ask((store) => store.breakGlass.unreviewed()),
    late: (within) => ask((store) => store.breakGlass.late(within)),
    remind: (late, to) => ask((store) => store.breakGlass.remind(late, to), doubt),
  },
});

const isLock = (got: object): got is Lock => 'fence' in got;
