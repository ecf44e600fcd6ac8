import type { Run } from '../../../src/core/run.ts';
import { targetName } from '../../../src/core/target.ts';
import type { Ballot } from '../../../src/runs/runner.ts';
import { processOf } from '../virtual-time.ts';
import type { Params, Replica, World } from './truth.ts';

/** The one-time password of everybody. */
export const theCode = '123456';

/** Those who can say yes say most. */
const voters = ['asker', 'm1', 'm1', 'm2', 'm2', 's1', 's1', 'm9', 'nobody'] as const;

/** Whose second account somebody is: the same person, with the same roles, who counts by the other one. */
export const secondAccounts = { m9: 'm1' } as const;
const everybody = ['asker', 'm1', 'm2', 's1', 'nobody'] as const;

/** Lets one thing happen that somebody does, or that befalls a process, a person or a target. */
export function happen(world: World, replicas: Replica[], boot: (name: string) => Replica): void {
  const { chance } = world;
  const dice = chance.next();
  if (dice < 0.2) ask(world, replicas);
  else if (dice < 0.64) vote(world, replicas);
  else if (dice < 0.66) cancel(world, chance.pick(replicas));
  else if (dice < 0.75) crash(world, replicas, boot);
  else if (dice < 0.78) changeRole(world);
  else if (dice < 0.8) changeFactor(world);
  else if (dice < 0.81) keep(world);
  else if (dice < 0.82) turnIncident(world);
  else if (dice < 0.835) review(world, chance.pick(replicas));
  else if (dice < 0.85)
    world.pause(chance.pick(replicas).process, 500 + Math.floor(chance.next() * 9_000));
  else befall(world, dice);
}

/** What befalls a target, the policy, the switch that stops all changes, the directory or a clock. */
function befall(world: World, dice: number): void {
  const { chance } = world;
  if (dice < 0.87) forge(world);
  else if (dice < 0.89) chance.pick([...world.machines.values()]).changes += 1;
  else if (dice < 0.905) world.policyVersion += 1;
  else if (dice < 0.93) turnSwitch(world);
  else if (dice < 0.945) suspend(world);
  else if (dice < 0.96) {
    const who = chance.pick(everybody);
    silence(world, who);
  } else world.skew = chance.pick([0, -3_600_000, 3_600_000]);
}

/** Somebody stops all changes, and two let them go on again after a while. */
function turnSwitch(world: World): void {
  const { chance, store, time } = world;
  const by = (id: string) => ({ id, team: 'T1' });
  const begun = store.killSwitch.engage(by('m1'), 'it is a test').then(() => {
    world.stop = true;
  });
  const lift = async () => {
    await begun;
    await store.killSwitch.lift(by('m1'));
    await store.killSwitch.lift(by('m2'));
    world.stop = false;
  };
  time.after(chance.next() * 8_000, () => void lift());
}

/** Somebody may do nothing any more, at once and everywhere, for a while or for good. */
function suspend(world: World): void {
  const { chance, judge, suspended, time, people } = world;
  const id = chance.pick(['asker', 'm1', 'm2', 's1']);
  const person = people.get(id);
  if (!person || suspended.has(id)) return;
  suspended.set(id, time.clock.monotonic());
  judge.roleChanged(id);
  const { roles } = person;
  people.set(id, { roles: [], before: [], changedAt: time.clock.monotonic() });
  if (chance.of(0.5)) return;
  time.after(chance.next() * 12_000, () => {
    suspended.delete(id);
    people.set(id, { roles, before: [], changedAt: time.clock.monotonic() });
  });
}

/** Somebody writes into the database that a run is to undo another one, which does not say so or not yet. */
function forge(world: World): void {
  const { chance, judge, store, time } = world;
  const all = judge.all().filter(({ plan }) => plan !== null);
  const open = all.filter(isUp);
  const from = open.length > 0 ? open : all;
  if (from.length === 0) return;
  const { id, target, ending } = chance.pick(from);
  const write = () =>
    store.runs
      .create(
        {
          id: `${world.prefix}-forged-${judge.all().length}`,
          action: 'undo',
          target: { ...target, service: againOn(world, target.service) },
          params: { thing: chance.pick(['a', 'b', 'b']) },
          reason: '',
          requestedBy: { id: 'gatehouse', team: 'T1' },
          parent: id,
          askedIn: null,
        },
        { event: 'run.requested', actor: 'gatehouse', facts: {} },
      )
      .then((made) => judge.created(made, true))
      .catch(() => {}); // there is one already
  const due = Math.max(0, (ending?.at ?? 0) - time.clock.now());
  time.after(chance.of(0.7) ? due : 0, () => {
    if (world.troubled) void write();
  });
}

/** Whether something is to end of what it did. */
const isUp = ({ ending }: Run): boolean => ending?.ended === null;

/** Slack does not answer about somebody for a while. */
function silence({ chance, silent, time }: World, who: string): void {
  silent.add(who);
  time.after(chance.next() * 8_000, () => silent.delete(who));
}

/** A broken database is what a request may end with; anything else is a fault. */
function inside(world: World, { process }: Replica, work: () => Promise<unknown>): void {
  if (!process.alive || process.stoppedUntil > world.time.clock.monotonic()) return;
  processOf.run(process, () => {
    work().catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      if (!why.includes('connection was lost')) world.judge.broke(why);
    });
  });
}

const personOf = (id: string) => ({ id, team: 'T1', roles: [] });

/** Of everything something; of those who are in a hurry mostly the same small thing again and again. */
function whatFor(world: World, older: Run | undefined) {
  const { chance } = world;
  if (older) {
    return { risk: 'low', service: againOn(world, older.target.service), confirms: true } as const;
  }
  if (world.hurried && chance.of(0.8)) {
    return { risk: 'low', service: 'rms-auth', confirms: true } as const;
  }
  const risk = chance.pick(['low', 'high', 'high', 'destructive'] as const);
  const service = chance.pick(['rms-auth', 'rms-auth', 'rms-auth', 'rust-auth', 'all', 'all']);
  return { risk, service, confirms: false };
}

function ask(world: World, replicas: readonly Replica[]): void {
  const { chance, judge } = world;
  world.asked += 1;
  const older = chance.of(0.4) ? judge.all().find(isUp) : undefined;
  const { risk, service, confirms } = whatFor(world, older);
  const fresh = { thing: chance.pick(['a', 'b']), after: chance.pick([3_000, 10_000, 30_000]) };
  const same = (older?.params as unknown as Params | undefined)?.lasts;
  const lasts = same ? { ...fresh, thing: same.thing } : chance.of(0.5) ? fresh : null;
  const about = chance.of(0.15) ? ['m1'] : [];
  const blind = chance.of(world.hurried ? 0.9 : 0.3); // else the second finds the target changed
  const params: Params = { risk, about, n: world.asked, blind, lasts };
  const breakGlass = !older && chance.of(0.12) && { breakGlass: true as const, reason: urgent };
  const asked = {
    action: service === 'all' ? 'sweep' : 'restart',
    target: { service, env: 'prod' },
    params: { ...params },
    reason: '',
    by: personOf(chance.pick(['asker', 'asker', 'm1'])),
    ...incidentFor(world, risk, service),
    ...breakGlass,
  };
  world.requests.set(params.n, { asked, confirms });
  const to = world.takesDeliveries && chance.of(0.15) ? replicas : [chance.pick(replicas)];
  for (const replica of to) take(world, replica, params.n);
}

/** A process takes the request, from Slack where there is one. */
function take(world: World, replica: Replica, n: number): void {
  const request = world.requests.get(n);
  if (!request) return;
  if (replica.deliver) deliver(world, replica, n);
  else
    inside(world, replica, async () => {
      const made = await replica.runner.request({ ...request.asked, askedIn: null });
      if (request.confirms && made.ok) await confirmAtOnce(replica.runner, made.value);
    });
}

/** Most of what needs an open incident names one, and most of those the right one. */
function incidentFor({ chance }: World, risk: string, service: string): { incident?: string } {
  if (!chance.of(risk === 'destructive' ? 0.95 : 0.15)) return {};
  const right = service === 'rust-auth' ? 'INC-2' : 'INC-1';
  return { incident: chance.of(0.95) ? right : chance.pick(['INC-1', 'INC-2', 'INC-3']) };
}

/** An incident is over, or opened again. */
function turnIncident({ chance, incidents, judge }: World): void {
  const id = chance.pick(['INC-1', 'INC-2']);
  const incident = incidents.get(id);
  if (!incident) return;
  judge.incidentChanged(id);
  incident.state = incident.state === 'resolved' ? 'mitigating' : 'resolved';
}

/** Slack hands it over, and hears whether it was taken. */
function deliver(world: World, replica: Replica, n: number): void {
  const { judge, requests } = world;
  const { id, team } = requests.get(n)?.asked.by ?? personOf('nobody');
  const body = {
    ...{ command: '/auth', text: `restart ${n}`, user_id: id, team_id: team },
    ...{ channel_id: 'C', trigger_id: String(n) },
  };
  const acknowledge = async (said?: unknown) => judge.told.acknowledged(n, said === undefined);
  inside(world, replica, async () => replica.deliver?.(body as never, acknowledge));
}

/** The same again on the same, on one of all, or on all where it was on one. */
function againOn({ chance }: World, service: string): string {
  if (service === 'all') return chance.pick(['all', 'rms-auth', 'rust-auth']);
  return chance.of(0.2) ? 'all' : service;
}

/** Somebody who does the same again does it at once. */
export const confirmAtOnce = (
  runner: Pick<Replica['runner'], 'vote'>,
  { id, plan, requestedBy, target }: Run,
) =>
  runner.vote({
    run: id,
    planHash: plan?.hash ?? '',
    by: personOf(requestedBy.id),
    kind: 'confirm',
    note: null,
    typedTarget: targetName(target),
  });

/** One of the runs that can still be voted on, or now and then any. */
function someRun({ chance, judge }: World): Run | null {
  const all = judge.all().filter(({ plan }) => plan !== null);
  const open = all.filter(({ state }) => state === 'waiting' || state === 'approved');
  const from = open.length > 0 && chance.of(0.95) ? open : all;
  return from.length > 0 ? chance.pick(from) : null;
}

/** The same click may be delivered to both processes. */
function vote(world: World, replicas: Replica[]): void {
  const { chance } = world;
  const run = someRun(world);
  if (!run) return;
  const low = run.approval?.requesterConfirms ?? false;
  const kind = low && chance.of(0.9) ? 'confirm' : chance.of(0.87) ? 'approve' : 'deny';
  const person = low && chance.of(0.8) ? run.requestedBy.id : chance.pick(voters);
  const hash = chance.of(0.95) ? (run.plan?.hash ?? '') : 'f'.repeat(64);
  const ballot: Ballot = {
    run: run.id,
    planHash: hash.slice(0, 8),
    by: personOf(person),
    kind,
    note: null,
    typedTarget: chance.of(0.95) ? `${run.target.service}@prod` : 'prod',
    code: chance.of(0.9) ? theCode : chance.pick([null, '111111']),
  };
  const to = chance.of(0.25) ? replicas : [chance.pick(replicas)];
  for (const replica of to) inside(world, replica, () => cast(world, replica, ballot));
}

async function cast(
  { judge, suspended }: World,
  { runner }: Replica,
  ballot: Ballot,
): Promise<void> {
  const since = suspended.get(ballot.by.id);
  const said = await runner.vote(ballot);
  const gone = since !== undefined && suspended.get(ballot.by.id) === since;
  if (said.ok && gone) judge.broke('a click of somebody who is suspended counted');
  const other = said.ok && !said.value.plan?.hash.startsWith(ballot.planHash);
  if (other) judge.broke('a click on another plan counted');
}

function cancel(world: World, replica: Replica): void {
  const run = someRun(world);
  if (run?.parent === null)
    inside(world, replica, () => replica.runner.cancel(run.id, personOf(run.requestedBy.id)));
}

/** One process dies where it stands; it, or another, comes back at once or later. */
function crash(world: World, replicas: Replica[], boot: (name: string) => Replica): void {
  const at = Math.floor(world.chance.next() * replicas.length);
  const replica = replicas[at];
  if (!replica) return;
  const { name } = replica.process;
  if (replica.process.alive) world.kill(replica.process);
  if (world.chance.of(0.6)) replicas[at] = boot(name);
}

function changeRole(world: World): void {
  const id = world.chance.pick(['m1', 'm2', 's1', 'asker']);
  const person = world.people.get(id);
  if (!person) return;
  const usual = usually.get(id) ?? [];
  const less = id === 'asker' ? world.chance.pick([['oncall'], ['primary'], []]) : [];
  const roles = person.roles.length >= usual.length ? less : usual;
  world.people.set(id, {
    roles,
    before: person.roles,
    changedAt: world.time.clock.monotonic(),
  });
  world.judge.roleChanged(id);
  if (world.chance.of(0.4)) silence(world, id);
}

/** An administrator revokes somebody’s second factor, and may give them another one soon. */
function changeFactor({ chance, judge, factors, time }: World): void {
  const open = judge.all().filter(({ state }) => state === 'waiting' || state === 'approved');
  const proven = open.flatMap(({ votes }) => votes.filter(({ steppedUp }) => steppedUp));
  const id = chance.pick([...proven.map(({ person }) => person), 'm1', 'm2', 's1']);
  factors.set(id, null);
  judge.factorChanged(id);
  const soon = chance.of(0.6) ? 0 : chance.next() * 4_000;
  time.after(soon, () => factors.set(id, time.clock.monotonic() + 2));
}

const usually: ReadonlyMap<string, string[]> = new Map([
  ['asker', ['oncall', 'primary']],
  ['m1', ['manager']],
  ['m2', ['manager', 'security']],
  ['s1', ['security']],
]);

const urgent = 'nobody answers and nobody can sign in';

/** Somebody keeps a target for themselves for a while, and may let go of it, or lose it to somebody else, sooner. */
function keep({ chance, judge, store, time }: World): void {
  const by = { id: chance.pick(['asker', 'm1', 'm2', 's1']), team: 'T1' };
  const target = chance.pick(['rms-auth@prod', 'rms-auth@prod', 'rust-auth@prod', 'all@prod']);
  const lasts = 2_000 + Math.floor(chance.next() * 8_000);
  void store.claims.claim(target, by, 'it is a test', lasts).then((got) => {
    if (got.kind !== 'taken') judge.claimed(target, by.id, got.claim.until);
  });
  if (chance.of(0.5)) return;
  const who = chance.of(0.5) ? by : { id: 'nobody', team: 'T1' };
  time.after(chance.next() * 6_000, () => {
    judge.released(target); // whatever comes of it: it may hold until then
    void store.claims.release(target, who, 'it cannot wait');
  });
}

/** Somebody says how a use of break-glass was, be it their own or reviewed already. */
function review(world: World, replica: Replica): void {
  const used = world.judge.all().filter(({ approval }) => approval?.breakGlass);
  if (used.length === 0) return;
  const { id } = world.chance.pick(used);
  const by = personOf(world.chance.pick(voters));
  const text = 'it was right, nobody could sign in';
  inside(world, replica, () => replica.runner.review({ run: id, by, text }));
}

/** Whoever waits for nothing but their own word takes it back in the end: that may wait for minutes. */
export function takeBack(world: World, replicas: readonly Replica[], asked: Set<string>): void {
  const [replica] = replicas;
  const open = world.judge
    .all()
    .filter(
      ({ id, state, approval }) => state === 'waiting' && approval?.breakGlass && !asked.has(id),
    );
  for (const { id, requestedBy } of open) {
    asked.add(id);
    if (replica) inside(world, replica, () => replica.runner.cancel(id, personOf(requestedBy.id)));
  }
}
