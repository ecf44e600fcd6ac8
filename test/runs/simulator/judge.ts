import { isOver, type Run, type RunState } from '../../../src/core/run.ts';
import { targetName } from '../../../src/core/target.ts';
import { everyWay } from '../../permissions/every-way.ts';
import { limitsJudge } from './limits.ts';
import { changesOf, type Judge, machineOf, machinesOf, type Params, type World } from './truth.ts';

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
const afterwards: readonly string[] = ['run.ended', 'run.replaced', 'run.not-ended'];

interface Known {
  run: Run;
  /** When, in steps of the truth, it last changed and its lock was last taken. */
  changedAt: number;
  lockedAt: number;
  /** What was so when it was claimed. */
  claim: { changes: number; policy: number } | null;
  effects: string[];
  /** When, by the clock, its first step began, and when what it put up was taken down. */
  begunAt: number | null;
  downAt: number | null;
  forged: boolean;
}

/** Judges one world. */
export function createJudge(world: World): Judge {
  const known = new Map<string, Known>();
  const lostAt = new Map<string, number>();
  const provedBy = new Map<string, number>();
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
  ) => {
    if (!plan || !approval) return false;
    const good = votes.filter(({ planHash }) => planHash === plan.hash);
    const confirmed = good.some(
      ({ kind, person }) => kind === 'confirm' && person === requestedBy.id,
    );
    const { about } = params as unknown as { about: string[] };
    const people = good
      .filter(
        ({ kind, person }) =>
          kind === 'approve' && person !== requestedBy.id && !about.includes(person),
      )
      .map(({ person, roles }) => ({
        person,
        roles: roles.filter((role) => stillHeld(person, role)),
      }));
    return (!approval.requesterConfirms || confirmed) && everyWay(approval.slots, people);
  };
  /** Whether the run that it undoes says so in its plan, and its time has come. */
  const covered = (run: Run) => {
    const parent = known.get(run.parent ?? '');
    const revert = parent?.run.plan?.revert;
    const due = parent?.begunAt != null && parent.begunAt + (revert?.after ?? 0) <= now();
    const { action, params } = revert ?? {};
    return due && run.action === action && JSON.stringify(run.params) === JSON.stringify(params);
  };
  const now = () => world.time.clock.now();
  const holdsOrHeld = (since: number) => (person: string, role: string) => {
    const now = world.people.get(person);
    return Boolean(now?.roles.includes(role)) || (lostAt.get(person) ?? 0) > since;
  };

  const claimed = (run: Run, at: Known, before: Run) => {
    const now = world.time.clock.now();
    must((before.validUntil ?? 0) > now, `${run.id} was claimed after its validity`);
    const approved = run.parent === null ? enough(run, holdsOrHeld(at.lockedAt)) : covered(run);
    must(approved, `${run.id} was claimed without its approvals`);
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
  const moved = (run: Run, before: Run, event: string) => {
    const stays = afterwards.includes(event) && before.state === run.state;
    must(
      stays || may[before.state].includes(run.state),
      `${run.id} went from ${before.state} to ${run.state}`,
    );
    must(event !== 'run.not-ended', `${run.id} was given up`);
    if (run.state !== 'approved' || before.state === 'approved' || run.parent !== null) return;
    must(
      enough(run, () => true),
      `${run.id} was approved without enough votes`,
    );
  };
  const voted = (run: Run, before: Run) => {
    for (const { kind, person } of run.votes.slice(before.votes.length)) {
      if (kind === 'deny' || run.approval?.stepUp === undefined) continue;
      const proofs = provedBy.get(person) ?? 0;
      provedBy.set(person, proofs - 1);
      must(proofs > 0, `${run.id} counts a vote that nothing proved`);
    }
    const keys = run.votes.map(({ person, kind, planHash }) => `${person} ${kind} ${planHash}`);
    must(new Set(keys).size === keys.length, `${run.id} counts a vote twice`);
    const late = run.votes.length > before.votes.length && before.state === 'waiting';
    must(!late || (before.waitsUntil ?? 0) > world.time.clock.now(), `${run.id} took a late vote`);
  };

  const holds = async ({ id, target }: Run) =>
    (await world.store.locks.holders(targetName(target))).some(({ owner }) => owner === id);

  /** What was put up does not stay up longer than it may, once nothing goes wrong any more. */
  const endsInTime = (at: Known) => {
    const { run, begunAt, downAt } = at;
    const { lasts } = run.params as unknown as Params;
    if (!lasts || begunAt === null) return;
    const latest = Math.max(begunAt + lasts.after, calmAt) + 60_000;
    const isUp = machineOf(world, run).up.get(lasts.thing) === run.id;
    must(!isUp, `what ${run.id} put up stays for ever`);
    must((downAt ?? 0) <= latest, `what ${run.id} put up stayed too long`);
    must(run.ending?.ended !== null, `nobody wrote down what became of what ${run.id} put up`);
  };

  const judge: Judge = {
    verdict: () => first,
    seen,
    created(run, forged = false) {
      tick();
      must(run.parent === null || forged || covered(run), `${run.id} was begun for nothing`);
      limits.created(run);
      const none = { claim: null, begunAt: null, downAt: null };
      known.set(run.id, { run, changedAt: step, lockedAt: 0, effects: [], forged, ...none });
    },
    changed(run, event) {
      tick();
      const at = of(run.id);
      const before = at.run;
      note(before.state === run.state ? event : `${before.state} → ${run.state}`);
      moved(run, before, event);
      voted(run, before);
      limits.changed(run, before);
      if (run.state === 'claimed') claimed(run, at, before);
      if (run.state === 'expired') expired(run, before);
      if (event === 'run.step-begun') {
        at.begunAt ??= now();
        must(
          stoppedAt === null || stoppedAt > at.changedAt,
          `${run.id} began a step while stopped`,
        );
      }
      if (isOver(run.state)) ended(run, at);
      at.run = run;
      at.changedAt = step;
    },
    locked(owner) {
      tick();
      of(owner).lockedAt = step;
    },
    proved(person) {
      provedBy.set(person, (provedBy.get(person) ?? 0) + 1);
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
        const fact = (name: string) =>
          Number(run.plan?.facts.find((one) => one.name === name)?.value ?? -1);
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
      for (const machine of machinesOf(world, run)) machine.changes += 1;
      const { lasts } = run.params as unknown as Params;
      if (lasts) machineOf(world, run).up.set(lasts.thing, id);
      const holders = await world.store.locks.holders(targetName(run.target));
      const [other] = holders.filter(({ held, owner }) => held && owner !== id);
      must(other === undefined, `${id} did ${stepId} and ${other?.owner} had the target as well`);
      must(await holds(run), `${id} did ${stepId} and did not have the target`);
    },
    holds: (id) => holds(of(id).run),
    takenBack(id) {
      const { run } = of(id);
      must(
        ['executing', 'verifying'].includes(run.state),
        `${id} was taken back while ${run.state}`,
      );
      for (const machine of machinesOf(world, run)) machine.changes += 1;
      const { lasts } = run.params as unknown as Params;
      if (lasts) machineOf(world, run).up.delete(lasts.thing);
    },
    async takenDown(id) {
      await judge.effect(id, 'down');
      const { run } = of(id);
      const parent = of(run.parent ?? '');
      const { up } = machineOf(world, run);
      const { thing } = run.params as unknown as { thing: string };
      note('taken down');
      must(up.get(thing) === parent.run.id, `${id} took down what ${parent.run.id} did not put up`);
      must(parent.downAt === null, `${id} took it down once more`);
      up.delete(thing);
      parent.downAt = now();
    },
    calm() {
      calmAt = now();
    },
    broke(why) {
      must(false, `it broke: ${why}`);
    },
    async quiet() {
      for (const at of known.values()) {
        const { run } = at;
        endsInTime(at);
        must(isOver(run.state), `${run.id} is ${run.state} for ever`);
        const records = await world.store.audit.find({ subject: run.id, limit: 1_000 });
        must(records.length === run.version, `${run.id} has changes without a record`);
        const [holder] = await world.store.locks.holders(targetName(run.target));
        must(holder === undefined, `${holder?.owner} keeps the target for ever`);
      }
      const check = await world.store.audit.verify();
      must(check.ok, 'the audit does not verify');
    },
    all: () => [...known.values()].map(({ run }) => run),
  };
  return judge;
}
