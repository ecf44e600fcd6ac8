import type { Incident } from '../../../src/core/incident.ts';
import { incidentRoles } from '../../../src/core/incident.ts';
import type { IncidentDeed } from '../../../src/core/incident-command.ts';
import type { Severity } from '../../../src/core/severity.ts';
import type { Actor } from '../../../src/incidents/incident-life.ts';
import { advance } from './advance.ts';
import { everybody } from './doing.ts';
import type { Replica, World } from './world.ts';

const minute = 60_000;

/** Something happens: somebody does something, or something goes wrong. */
export async function happen(
  world: World,
  replicas: Replica[],
  boot: (name: string) => Replica,
): Promise<void> {
  const { chance, judge, slack, time } = world;
  const dice = chance.next();
  const all = judge.all();
  if (all.length === 0 || (dice < 0.08 && all.length < 2)) return declare(world, replicas);
  if (dice < 0.7) return click(world, replicas, chance.pick(all));
  if (dice < 0.76) return crash(world, replicas, boot);
  if (dice < 0.81) return absence(world, replicas, boot);
  if (dice < 0.85) slack.setAway(!slack.away());
  else if (dice < 0.89) toggle(world.nobody, chance.pick(world.rules.contacts).name);
  else if (dice < 0.93) world.health = chance.pick(['up', 'up', 'down', 'degraded']);
  else if (dice < 0.94) archive(world);
  else if (dice < 0.95) deleteCard(world);
  else if (dice < 0.956) return outage(world, replicas);
  else if (dice < 0.97) return takeDeadlinesAway(world, chance.pick(all));
  else if (dice < 0.985) leave(world, replicas);
  else judge.note(`passed ${time.now() > 0}`);
}

/** Who can still do something. */
const present = ({ gone }: World): string[] => Object.keys(everybody).filter((id) => !gone.has(id));

/** Somebody can do nothing any more, two at most; some processes hear of it at once. */
function leave(world: World, replicas: readonly Replica[]): void {
  const { chance, gone, judge, time } = world;
  if (gone.size >= 2) return;
  const leading = judge.all().flatMap(({ roles }) => roles.commander?.by ?? []);
  const id = chance.pick([...present(world), ...leading]);
  if (gone.has(id)) return;
  gone.set(id, time.now());
  judge.note('somebody left');
  for (const replica of alive(replicas)) if (chance.of(0.3)) replica.left(id);
}

function toggle(set: Set<string>, one: string): void {
  if (!set.delete(one)) set.add(one);
}

const alive = (replicas: readonly Replica[]) => replicas.filter(({ process }) => process.alive);

/** Somebody declares something: now and then the same delivery comes three times. */
function declare(world: World, replicas: readonly Replica[]): void {
  const { chance } = world;
  const by = chance.pick(present(world));
  const declaration = {
    title: 'Login is down',
    severity: chance.pick<Severity | null>([1, 1, 2, 2, 3, 4, null]),
    security: chance.of(0.12),
    target: chance.of(0.8) ? { service: 'rms-auth', env: 'prod' } : null,
    impact: [],
    seen: null,
    page: chance.of(0.7),
    by: { id: by, team: 'T1' },
    askedIn: 'C-here',
    another: chance.of(0.7),
    origin: chance.of(0.5) ? `delivery ${Math.floor(chance.next() * 3)}` : null,
  };
  const times = declaration.origin === null ? 1 : chance.pick([1, 2, 3]);
  for (let n = 0; n < times; n += 1) {
    const there = alive(replicas);
    if (there.length === 0) return;
    void chance
      .pick(there)
      .life.declare(declaration)
      .catch(() => {});
  }
}

/** Somebody does something, perhaps on an old card, perhaps twice. */
function click(world: World, replicas: readonly Replica[], incident: Incident): void {
  const { chance, judge } = world;
  const there = alive(replicas);
  if (there.length === 0) return;
  const leads = incident.roles.commander?.by;
  const isHere = leads !== undefined && !world.gone.has(leads);
  const by = chance.of(0.5) && isHere ? leads : chance.pick(present(world));
  const actor: Actor = { id: by, team: 'T1', holds: everybody[by] ?? [] };
  const old = Math.max(1, incident.version - Math.floor(chance.next() * 4));
  const seen = chance.of(0.4) ? undefined : old;
  const deed = anyDeed(world, incident, by);
  judge.note(`did ${deed.kind}`);
  const times = chance.of(0.15) ? 2 : 1;
  for (let n = 0; n < times; n += 1) {
    void chance
      .pick(there)
      .life.do(incident.id, deed, actor, seen)
      .catch(() => {});
  }
}

const reason = 'a reason that is long enough';

function anyDeed({ chance, rules }: World, incident: Incident, by: string): IncidentDeed {
  const said = chance.of(0.8) ? reason : null;
  const role = chance.of(0.7) ? 'commander' : chance.pick(incidentRoles);
  const contact = chance.pick(rules.contacts).name;
  const mine = incident.escalations.find((one) => one.answer === null && one.people.includes(by));
  const offered = incident.handovers.find(({ to }) => to === by);
  if (mine && chance.of(0.5)) {
    const answer = chance.pick(['on-it', 'not-me'] as const);
    return { kind: 'answer-escalation', contact: mine.contact, answer };
  }
  if (offered && chance.of(0.6)) {
    return chance.of(0.7)
      ? { kind: 'accept-role', role: offered.role }
      : { kind: 'refuse-role', role: offered.role, reason: null };
  }
  const deeds: readonly (() => IncidentDeed)[] = [
    () => ({ kind: 'acknowledge' }),
    () => ({ kind: 'acknowledge' }),
    () => ({ kind: 'unacknowledge' }),
    () => ({ kind: 'stay' }),
    () => ({
      kind: 'move',
      to: chance.pick(['investigating', 'identified', 'mitigating', 'monitoring', 'monitoring']),
      reason: said,
    }),
    () => ({ kind: 'set-severity', to: chance.pick([1, 2, 3, 4]), reason: said }),
    () => ({ kind: 'set-security', on: chance.of(0.5), reason: said }),
    () => ({ kind: 'take-role', role }),
    () => ({ kind: 'leave-role', role }),
    () => ({ kind: 'offer-role', role, to: chance.pick(Object.keys(everybody)) }),
    () => ({ kind: 'accept-role', role }),
    () => update(chance.pick([null, null, 15 * minute, 20 * minute]), `known ${chance.next()}`),
    () => update(null, 'the same again'),
    () => ({ kind: 'no-change', text: said }),
    () => ({ kind: 'snooze', ms: 15 * minute }),
    () => ({ kind: 'set-cadence', ms: chance.pick([5, 10, 20, 30]) * minute, reason }),
    () => ({ kind: 'escalate', contact, why: reason }),
    () => ({ kind: 'watch-more', ms: 15 * minute }),
    () => resolve(said),
    () => ({ kind: 'reopen', reason }),
    () => ({ kind: 'cancel', reason: 'false-alarm', of: null }),
    () => ({ kind: 'add-follow-up', followUp: { text: 'fix it', owner: by, due: null } }),
    () => ({ kind: 'publish-review' }),
    () => ({ kind: 'waive-review', reason }),
  ];
  return chance.pick(deeds)();
}

const update = (nextIn: number | null, known: string): IncidentDeed => ({
  kind: 'update',
  ...{ known, doing: null, need: null, state: null, nextIn, reason, stakeholders: null },
});

const resolve = (withoutWatch: string | null): IncidentDeed => ({
  kind: 'resolve',
  resolution: {
    ...{ fix: 'rolled back', cause: 'known', causeText: null, customerText: null },
    withoutWatch,
  },
  ...{ started: null, ended: null, followUps: [] },
});

/** A process is killed at whichever await it is, and comes back at once. */
function crash(
  { chance, time, judge }: World,
  replicas: Replica[],
  boot: (name: string) => Replica,
) {
  const at = chance.of(0.5) ? 0 : 1;
  const victim = replicas[at] as Replica;
  judge.killed();
  time.kill(victim.process);
  replicas[at] = boot(victim.process.name);
}

/** Nobody is there for half a period up to four of them. */
async function absence(world: World, replicas: Replica[], boot: (name: string) => Replica) {
  const { chance, time, judge } = world;
  const from = time.now();
  judge.killed();
  for (const { process } of replicas) time.kill(process);
  await time.goTo(from + Math.floor((0.5 + chance.next() * 3.5) * 15 * minute), () => {});
  judge.absent(from, time.now());
  for (const [at, { process }] of replicas.entries()) replicas[at] = boot(process.name);
  await world.store.presence.beat();
}

/** Slack is away for so long that much of what waits is of the past when it is there again. */
async function outage(world: World, replicas: Replica[]) {
  const { chance, time, slack, judge } = world;
  slack.setAway(true);
  const end = time.now() + (61 + 30 * chance.next()) * minute;
  while (time.now() < end && judge.verdict() === null) {
    for (let n = 0; n < 50 && (await time.step(chance.pick)); n += 1);
    await advance(world, replicas);
  }
  slack.setAway(false);
}

/** Somebody deletes the card of an incident. */
function deleteCard({ chance, slack }: World): void {
  const cards = slack.messages.filter(({ says, deleted }) => says.kind === 'incident' && !deleted);
  if (cards.length > 0) chance.pick(cards).deleted = true;
}

/** Somebody archives the channel of an incident. */
function archive({ chance, slack }: World): void {
  const open = [...slack.channels.values()].filter(({ archived }) => !archived);
  if (open.length > 0) chance.pick(open).archived = true;
}

/** Somebody deletes what an incident waits for, in the database. */
async function takeDeadlinesAway({ store, judge }: World, { id }: Incident): Promise<void> {
  const seen = await store.incidents.find(id);
  if (!seen || seen.incident.deadlines.length === 0) return;
  const audit = { event: 'test.deadlines-deleted', actor: 'somebody', facts: {} };
  const after = { ...seen.incident, deadlines: [] };
  const done = await store.incidents.transition({
    before: seen.incident,
    after,
    audit,
    messages: [],
  });
  if (done.kind === 'done') judge.changed(done.incident, audit, [], undefined);
}
