import type { Vote } from '../../../src/core/approval.ts';
import { overlap } from '../../../src/core/locks.ts';
import { isOver, type Run, type RunState } from '../../../src/core/run.ts';
import { everyService, targetName } from '../../../src/core/target.ts';
import { everyWay } from '../../permissions/every-way.ts';
import { escalationsJudge } from './escalations.ts';
import { secondAccounts } from './happen.ts';
import { createToldJudge } from './judge-told.ts';
import { limitsJudge } from './limits.ts';
import {
  changesOf,
  type Judge,
  machineOf,
  machinesOf,
  type Params,
  placeOf,
  type World,
} from './truth.ts';

const may: Record<RunState, readonly RunState[]> = {
  requested: ['requested', 'planned', 'denied', 'failed', 'cancelled'],
  planned: ['waiting', 'approved', 'denied', 'failed', 'cancelled'],
  waiting: ['waiting', 'approved', 'denied', 'expired', 'cancelled'],
  approved: ['claimed', 'denied', 'expired', 'cancelled'],
  claimed: ['executing', 'superseded'],
  executing: ['executing', 'verifying', 'failed', 'interrupted', 'compensated'],
  verifying: ['verifying', 'succeeded', 'failed', 'interrupted', 'compensated'],
  succeeded: [],
  failed: [],
  interrupted: [],
  denied: [],
  expired: [],
  cancelled: [],
  superseded: [],
  compensated: [],
};
const withoutEffect: readonly RunState[] = ['denied', 'expired', 'cancelled', 'superseded'];

/** What is still written down about a run that is over. */
const afterwards: readonly string[] = [
  'run.ended',
  'run.replaced',
  'run.not-ended',
  'run.late-result',
];

interface Known {
  run: Run;
  /** When, in steps of the truth, it last changed, its lock was taken with each fence, and each vote was written down. */
  createdAt: number;
  changedAt: number;
  lockedAt: Map<number, number>;
  votedAt: Map<string, number>;
  /** What was so when it was claimed. */
  claim: { changes: number; policy: number } | null;
  effects: string[];
  /** When, by the clock, its first step began, on which services any did, and where what it put up was taken down. */
  begunAt: number | null;
  begunOn: Set<string>;
  downs: Map<string, number>;
  forged: boolean;
}

/** Whether it is about who asked for it. */
const isAbout = ({ params, requestedBy }: Pick<Run, 'params' | 'requestedBy'>): boolean =>
  (params as unknown as Params).about.includes(requestedBy.id);

/** Who somebody is, whichever account they use. */
const behind = (account: string): string => (account === 'm9' ? secondAccounts.m9 : account);

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const keyOf = ({ person, kind, planHash }: Vote): string => `${person} ${kind} ${planHash}`;

/** A number in the plan of a run; for all services what they come to, and the policy that was seen last. */
function factOf(world: World, run: Run, name: string): number {
  const facts = (run.plan?.facts ?? []).filter(({ name: all }) => all.split(': ').at(-1) === name);
  const shared = facts.some(({ name: all }) => all.startsWith('every service: '));
  const numbers = facts.map(({ value }) => Number(value));
  if (numbers.length === 0) return -1;
  if (name === 'policy') return Math.max(...numbers);
  const sum = numbers.reduce((a, b) => a + b, 0);
  return shared ? sum * machinesOf(world, run).length : sum;
}

/** Judges one world. */
export function createJudge(world: World): Judge {
  const known = new Map<string, Known>();
  const lostAt = new Map<string, number>();
  const unprovenAt = new Map<string, number>();
  const provedBy = new Map<string, number>();
  let kept: { target: string; by: string; from: number; until: number }[] = [];
  const uses = new Map<string, { by: string; open: boolean }>();
  let step = 0;
  let stoppedAt: number | null = null;
  let first: string | null = null;
  let calmAt = 0;
  const seen = new Map<string, number>();
  const note = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  const must = (holds: boolean, otherwise: string) => {
    if (!holds) first ??= otherwise;
  };
  const limits = limitsJudge(world, must);
  const escalations = escalationsJudge(world, must);
  const told = createToldJudge(world, must, note);
  const incidentAt = new Map<string, number>();
  const of = (id: string): Known => {
    const found = known.get(id);
    if (!found) throw new Error(`the judge knows no ${id}`);
    return found;
  };
  const tick = () => {
    step += 1;
    if (!world.stop) stoppedAt = null;
    else stoppedAt ??= step;
  };

  /** Whether the votes fill the slots, by trying every way. */
  const enough = (
    { plan, approval, votes, requestedBy, params }: Run,
    stillHeld: (p: string, r: string) => boolean,
    stillProven: (vote: Vote) => boolean = () => true,
  ) => {
    if (!plan || !approval) return false;
    const good = votes.filter((vote) => vote.planHash === plan.hash && stillProven(vote));
    const confirmed = good.some(
      ({ kind, person }) => kind === 'confirm' && person === requestedBy.id,
    );
    const { about } = params as unknown as { about: string[] };
    if (approval.slots.length === 0 && isAbout({ params, requestedBy })) return false;
    const people = good
      .filter(
        ({ kind, person }) =>
          kind === 'approve' &&
          behind(person) !== requestedBy.id &&
          !about.includes(behind(person)),
      )
      .map(({ person, roles }) => ({
        person: behind(person),
        roles: roles.filter((role) => stillHeld(person, role)),
      }));
    return (!approval.requesterConfirms || confirmed) && everyWay(approval.slots, people);
  };
  /** Whether the run that it undoes says so in its plan, and its time has come. */
  const covered = (run: Run) => {
    const parent = known.get(run.parent ?? '');
    const revert = parent?.run.plan?.revert;
    const here = parent?.begunOn.has(run.target.service) ?? false;
    const due = here && parent?.begunAt != null && parent.begunAt + (revert?.after ?? 0) <= now();
    const { action, params } = revert ?? {};
    return due && run.action === action && JSON.stringify(run.params) === JSON.stringify(params);
  };
  const now = () => world.time.clock.now();
  const holdsOrHeld = (since: number) => (person: string, role: string) => {
    const now = world.people.get(person);
    return Boolean(now?.roles.includes(role)) || (lostAt.get(person) ?? 0) > since;
  };

  /** A second factor that was revoked after the vote and before the lock takes the vote with it. */
  const provenSince =
    ({ run, votedAt }: Known, since: number) =>
    (vote: Vote) => {
      const revokedAt = unprovenAt.get(vote.person) ?? 0;
      const isVoid = revokedAt > (votedAt.get(keyOf(vote)) ?? 0) && revokedAt <= since;
      return run.approval?.stepUp === undefined || !isVoid;
    };

  /** Nobody begins where somebody else has kept the target since before the lock was taken, and still does. */
  const isFree = ({ target, requestedBy, parent }: Run, since: number) =>
    parent !== null ||
    kept.every(
      ({ target: theirs, by, from, until }) =>
        by === requestedBy.id ||
        from > since ||
        until <= now() ||
        !overlap(theirs, targetName(target)),
    );
  /** One use for each run, and none while nobody has looked at the one before. */
  const mayDoWithout = (run: Run) => {
    must(uses.has(run.id), `${run.id} did without approvals and nobody counted it`);
    must(!isAbout(run), `${run.id} did without approvals what is about who asked`);
  };

  const beginsAlone = ({ id, approval, fence, requestedBy }: Run) => {
    if (!approval?.breakGlass) return;
    const held = holdsOrHeld(of(id).lockedAt.get(fence ?? 0) ?? step);
    const still = ['oncall', 'primary'].every((role) => held(requestedBy.id, role));
    must(still, `${id} began without approvals for somebody who is not on call`);
  };

  /** What needs an incident is part of one about its target that is open, or was at that moment. */
  const hasIncident = ({ id, plan, approval, parent, incident, target }: Run, since: number) => {
    if (plan?.risk !== 'destructive' || approval?.breakGlass || parent !== null) return;
    const found = world.incidents.get(incident ?? '');
    const isOpen = found?.state === 'mitigating' || (incidentAt.get(incident ?? '') ?? 0) > since;
    const isHere = target.service === everyService || found?.target.service === target.service;
    must(found !== undefined && isOpen && isHere, `${id} has no incident that it needs`);
  };

  const claimed = (run: Run, at: Known, before: Run) => {
    const now = world.time.clock.now();
    const since = at.lockedAt.get(run.fence ?? 0) ?? step;
    must((before.validUntil ?? 0) > now, `${run.id} was claimed after its validity`);
    const approved =
      run.parent === null ? enough(run, holdsOrHeld(since), provenSince(at, since)) : covered(run);
    must(approved, `${run.id} was claimed without its approvals`);
    must(isFree(run, since), `${run.id} was claimed although somebody else keeps its target`);
    hasIncident(run, since);
    at.claim = { changes: changesOf(world, run), policy: world.policyVersion };
  };
  const ended = (run: Run, at: Known) => {
    const { state, why, verdict, plan } = run;
    const untouched = !withoutEffect.includes(state) || at.effects.length === 0;
    must(untouched, `${run.id} is ${state} and something was done`);
    must(state === 'succeeded' || Boolean(why), `${run.id} is ${state} and does not say why`);
    if (state !== 'succeeded') return;
    const done = plan?.steps.every(({ id }) => at.effects.includes(id)) ?? false;
    must(verdict?.ok === true && done, `${run.id} succeeded without proof`);
  };
  const expired = (run: Run, before: Run) => {
    const until = before.state === 'waiting' ? before.waitsUntil : before.validUntil;
    must((until ?? 0) <= world.time.clock.now(), `${run.id} expired too early`);
  };
  const asked = (run: Run) => {
    if (!isOver(run.state)) hasIncident(run, of(run.id).createdAt);
  };
  const approved = (run: Run) => {
    if (run.approval?.breakGlass) mayDoWithout(run);
    must(
      enough(run, () => true),
      `${run.id} was approved without enough votes`,
    );
  };
  const onlyNoted = (run: Run, before: Run, event: string) => {
    if (event !== 'run.late-result') return;
    const isNoted = isOver(before.state) && isSame(run.steps, before.steps);
    must(isNoted, `${run.id} was changed by what came too late`);
  };
  const moved = (run: Run, before: Run, event: string) => {
    const isHeld = event === 'run.held' && before.state === 'approved';
    const stays = (afterwards.includes(event) || isHeld) && before.state === run.state;
    must(
      stays || may[before.state].includes(run.state),
      `${run.id} went from ${before.state} to ${run.state}`,
    );
    must(event !== 'run.not-ended', `${run.id} was given up`);
    if (isHeld) note('held by a claim');
    if (before.state === 'planned') asked(run);
    if (before.state === 'claimed' && run.state === 'executing') beginsAlone(run);
    const isApproved = run.state === 'approved' && before.state !== 'approved';
    if (isApproved && run.parent === null) approved(run);
  };
  const voted = (run: Run, before: Run, { votedAt }: Known) => {
    for (const vote of run.votes.slice(before.votes.length)) {
      const { kind, person } = vote;
      votedAt.set(keyOf(vote), step);
      if (kind === 'deny' || run.approval?.stepUp === undefined) continue;
      const proofs = provedBy.get(person) ?? 0;
      provedBy.set(person, proofs - 1);
      must(proofs > 0, `${run.id} counts a vote that nothing proved`);
    }
    const keys = run.votes.map(keyOf);
    must(new Set(keys).size === keys.length, `${run.id} counts a vote twice`);
    const late = run.votes.length > before.votes.length && before.state === 'waiting';
    must(!late || (before.waitsUntil ?? 0) > world.time.clock.now(), `${run.id} took a late vote`);
  };

  const holds = async ({ id, target }: Run) =>
    (await world.store.locks.holders(targetName(target))).some(({ owner }) => owner === id);

  /** What was put up does not stay up longer than it may, once nothing goes wrong any more. */
  const endsInTime = (at: Known) => {
    const { run, begunAt, begunOn, downs } = at;
    const { lasts } = run.params as unknown as Params;
    if (!lasts || begunAt === null) return;
    const latest = Math.max(begunAt + lasts.after, calmAt) + 60_000;
    for (const service of begunOn) {
      const machine = machineOf(world, { target: { ...run.target, service } });
      const isUp = machine.up.get(lasts.thing) === run.id;
      must(!isUp, `what ${run.id} put up on ${service} stays for ever`);
      must((downs.get(service) ?? 0) <= latest, `what ${run.id} put up stayed too long`);
    }
    must(run.ending?.ended !== null, `nobody wrote down what became of what ${run.id} put up`);
  };

  const judge: Judge = {
    told,
    escalated: escalations.wanted,
    verdict: () => first,
    seen,
    created(run, forged = false) {
      tick();
      must(run.parent === null || forged || covered(run), `${run.id} was begun for nothing`);
      limits.created(run);
      const { n } = run.params as unknown as Partial<Params>;
      if (run.parent === null && n !== undefined) told.created(n, run);
      const none = { claim: null, begunAt: null, begunOn: new Set<string>(), downs: new Map() };
      known.set(run.id, {
        run,
        createdAt: step,
        changedAt: step,
        lockedAt: new Map(),
        votedAt: new Map(),
        effects: [],
        forged,
        ...none,
      });
    },
    changed(run, event) {
      tick();
      const at = of(run.id);
      const before = at.run;
      note(before.state === run.state ? event : `${before.state} → ${run.state}`);
      moved(run, before, event);
      onlyNoted(run, before, event);
      voted(run, before, at);
      limits.changed(run, before);
      escalations.changed(run, before, event);
      if (run.state === 'claimed') claimed(run, at, before);
      if (run.state === 'expired') expired(run, before);
      if (event === 'run.step-begun') {
        at.begunAt ??= now();
        const intent = run.steps.at(-1);
        must(intent !== undefined, `${run.id} began a step without an intent`);
        if (intent) at.begunOn.add(placeOf(run, intent.id).service);
        must(
          stoppedAt === null || stoppedAt > at.changedAt,
          `${run.id} began a step while stopped`,
        );
      }
      if (isOver(run.state)) ended(run, at);
      at.run = run;
      at.changedAt = step;
    },
    locked(owner, fence) {
      tick();
      of(owner).lockedAt.set(fence, step);
    },
    proved(person) {
      provedBy.set(person, (provedBy.get(person) ?? 0) + 1);
    },
    factorChanged(person) {
      tick();
      unprovenAt.set(person, step);
    },
    claimed(target, by, until) {
      tick();
      note('kept');
      kept = [...kept.filter((one) => one.target !== target), { target, by, from: step, until }];
    },
    released(target) {
      tick();
      kept = kept.filter((one) => one.target !== target);
    },
    used(run, by) {
      note('used');
      const open = [...uses].find(([id, use]) => id !== run && use.by === by && use.open);
      must(
        open === undefined,
        `${by} did without approvals again before ${open?.[0]} was reviewed`,
      );
      if (!uses.has(run)) uses.set(run, { by, open: true });
    },
    reviewed(run) {
      note('reviewed');
      const use = uses.get(run);
      must(use !== undefined, `${run} was reviewed and never used`);
      if (use) use.open = false;
    },
    incidentChanged(id) {
      tick();
      note('an incident turned');
      incidentAt.set(id, step);
    },
    roleChanged(person) {
      tick();
      lostAt.set(person, step);
    },
    async effect(id, stepId) {
      tick();
      const at = of(id);
      const { run, claim } = at;
      must(run.state === 'executing', `${id} did ${stepId} while ${run.state}`);
      const open = run.steps.some((one) => one.id === stepId && one.outcome === null);
      must(open, `${id} did ${stepId} without an intent`);
      must(!at.effects.includes(stepId), `${id} did ${stepId} twice`);
      if (at.effects.length === 0) {
        limits.began(run);
        const params = run.params as unknown as Params;
        const fact = (name: string) => factOf(world, run, name);
        must(
          params.blind || fact('changes') >= (claim?.changes ?? Infinity),
          `${id} did what was planned before a change`,
        );
        must(
          fact('policy') >= (claim?.policy ?? Infinity),
          `${id} ran under a policy that is gone`,
        );
      }
      const late = stoppedAt !== null && stoppedAt <= at.changedAt;
      must(!late, `${id} did ${stepId} although changes were stopped before its intent`);
      at.effects.push(stepId);
      const machine = machineOf(world, { target: placeOf(run, stepId) });
      machine.changes += 1;
      const { lasts } = run.params as unknown as Params;
      if (lasts) machine.up.set(lasts.thing, id);
      const holders = await world.store.locks.holders(targetName(run.target));
      const [other] = holders.filter(({ held, owner }) => held && owner !== id);
      must(other === undefined, `${id} did ${stepId} and ${other?.owner} had the target as well`);
      must(await holds(run), `${id} did ${stepId} and did not have the target`);
    },
    holds: (id) => holds(of(id).run),
    takenBack(id, place) {
      const { run } = of(id);
      must(
        ['executing', 'verifying'].includes(run.state),
        `${id} was taken back while ${run.state}`,
      );
      const machine = machineOf(world, { target: place });
      machine.changes += 1;
      const { lasts } = run.params as unknown as Params;
      if (lasts) machine.up.delete(lasts.thing);
    },
    async takenDown(id) {
      await judge.effect(id, 'down');
      const { run } = of(id);
      const parent = of(run.parent ?? '');
      const { up } = machineOf(world, run);
      const { thing } = run.params as unknown as { thing: string };
      note('taken down');
      must(up.get(thing) === parent.run.id, `${id} took down what ${parent.run.id} did not put up`);
      const { service } = run.target;
      must(!parent.downs.has(service), `${id} took it down once more`);
      up.delete(thing);
      parent.downs.set(service, now());
      if (parent.run.target.service !== service) note('taken down on one of all');
    },
    calm() {
      calmAt = now();
    },
    broke(why) {
      must(false, `it broke: ${why}`);
    },
    async quiet(draws) {
      for (const at of known.values()) {
        const { run } = at;
        endsInTime(at);
        must(isOver(run.state), `${run.id} is ${run.state} for ever`);
        const records = await world.store.audit.find({ subject: run.id, limit: 1_000 });
        must(records.length === run.version, `${run.id} has changes without a record`);
        const [holder] = await world.store.locks.holders(targetName(run.target));
        must(holder === undefined, `${holder?.owner} keeps the target for ever`);
      }
      await told.quiet(judge.all(), draws);
      const check = await world.store.audit.verify();
      must(check.ok, 'the audit does not verify');
    },
    all: () => [...known.values()].map(({ run }) => run),
  };
  return judge;
}
