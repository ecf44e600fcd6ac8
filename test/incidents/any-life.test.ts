import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Incident, type IncidentState, isOpen } from '../../src/core/incident.ts';
import type { IncidentCommand } from '../../src/core/incident-command.ts';
import { severities } from '../../src/core/severity.ts';
import { requiredDeadlines } from '../../src/incidents/deadlines.ts';
import { clockOf } from '../../src/incidents/updating/clock-of.ts';
import { anyDeed, anyEvent, people } from './any-command.ts';
import { asDone, attempt, type Done, deadline, declared, minute, wake } from './stage.ts';

/** What somebody does after a while; nobody is Gatehouse. */
interface Act {
  wait: number;
  by: string | null;
  holds: readonly string[];
  command: (now: number) => IncidentCommand;
  punctual: boolean;
}

/** Random words rarely make a resolution that is whole, and afterwards is a part of life as well. */
const wholeResolve: IncidentCommand = {
  kind: 'resolve',
  resolution: {
    fix: 'rolled back',
    cause: 'known',
    causeText: null,
    customerText: null,
    withoutWatch: 'it was a load test and nothing else',
  },
  started: null,
  ended: null,
  followUps: [],
};

const act: fc.Arbitrary<Act> = fc.record({
  wait: fc.constantFrom(0, 0.2, 1, 4, 11, 16, 29, 61, 500, 3_000).map((n) => n * minute),
  by: fc.constantFrom(...people),
  holds: fc.subarray(['oncall', 'manager', 'security']),
  command: fc
    .oneof({ weight: 15, arbitrary: anyDeed }, { weight: 1, arbitrary: fc.constant(wholeResolve) })
    .map((command) => () => command),
  punctual: fc.boolean(),
});
const happening: fc.Arbitrary<Act> = fc.tuple(act, anyEvent(0), fc.nat()).map(([one, event]) => ({
  ...one,
  by: null,
  command: (now) =>
    'deadline' in event ? { ...event, deadline: { ...event.deadline, at: now } } : event,
}));
const life = fc.record({
  begins: fc.record({
    severity: fc.option(fc.constantFrom(...severities)),
    security: fc.boolean(),
    page: fc.boolean(),
  }),
  acts: fc.array(fc.oneof({ weight: 3, arbitrary: act }, happening), { maxLength: 40 }),
});

/** Where each state may lead to in one change. */
const leads: Record<IncidentState, readonly IncidentState[]> = {
  triage: ['investigating', 'identified', 'mitigating', 'monitoring', 'cancelled'],
  investigating: ['identified', 'mitigating', 'monitoring', 'resolved', 'cancelled'],
  identified: ['investigating', 'mitigating', 'monitoring', 'resolved'],
  mitigating: ['investigating', 'identified', 'monitoring', 'resolved'],
  monitoring: ['investigating', 'identified', 'mitigating', 'resolved'],
  resolved: ['investigating', 'closed'],
  closed: [],
  cancelled: [],
};

/** Everything that holds for an incident at any time. */
function check(incident: Incident): void {
  const { updates, state, deadlines } = incident;
  expect(deadlines).toEqual(requiredDeadlines(incident));
  expect(new Set(deadlines.map(({ kind }) => kind)).size).toBe(deadlines.length);
  expect(updates.posted).toBe(updates.onTime + updates.late);
  expect(JSON.parse(JSON.stringify(incident))).toEqual(incident);
  const going = deadlines.filter(({ kind }) => !['review', 'follow-up', 'traces'].includes(kind));
  if (!isOpen(state)) expect(going).toEqual([]);
  if (isOpen(state) && updates.every !== null) expect(deadline(incident, 'update')).toBeDefined();
  if (incident.watch) expect(state).toBe('monitoring');
  if (state === 'resolved') expect(incident.resolution).not.toBeNull();
  for (const { at } of deadlines) expect(Number.isFinite(at)).toBe(true);
}

/** What one change may not do. */
function checkStep(before: Incident, after: Incident): void {
  if (before.state !== after.state) expect(leads[before.state]).toContain(after.state);
  expect(after.updates.posted).toBeGreaterThanOrEqual(before.updates.posted);
  expect(after.updates.posted - before.updates.posted).toBeLessThanOrEqual(1);
  expect(after.followUps.length).toBeGreaterThanOrEqual(before.followUps.length);
  expect(after.escalations.length).toBeGreaterThanOrEqual(before.escalations.length);
  if (before.security && !after.security) expect(after.channel).toEqual(before.channel);
}

/** What comes by itself comes on its grid, after its slot, and never for the future. */
function checkSlot({ event, facts, incident }: Done): void {
  const { every, next, last } = incident.updates;
  if (event !== 'incident.updated' || every === null || clockOf(incident).workingHours) return;
  expect((Number(next) - Number(facts.slot)) % every).toBe(0);
  expect(Number(next) - Number(last)).toBeGreaterThan(0);
  expect(Number(next) - Number(last)).toBeLessThanOrEqual(every);
  const slots = (Number(next) - Number(facts.slot)) / every;
  expect(facts.merged).toBe(slots - 1);
}

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
};

test('whatever people do and whatever happens, in any order: every deadline stands, every promise is counted, and what is refused changes nothing', () => {
  let refused = 0;
  let done = 0;
  const visited = new Set<IncidentState>();
  fc.assert(
    fc.property(life, ({ begins, acts }) => {
      let incident = frozen(declared(begins));
      let now = incident.changedAt;
      check(incident);
      for (const { wait, by, holds, command, punctual } of acts) {
        now += wait;
        if (punctual) {
          for (const one of wake(incident, now)) {
            checkStep(incident, one.incident);
            checkSlot(one);
            incident = frozen(one.incident);
            check(incident);
          }
        }
        const result = attempt(incident, frozen(command(now)), { at: now, by, holds });
        if (!result.ok) {
          refused += 1;
          continue;
        }
        done += 1;
        const next = asDone(incident, result.value, now).incident;
        expect(JSON.parse(JSON.stringify(result.value.facts))).toEqual(result.value.facts);
        checkStep(incident, next);
        incident = frozen(next);
        visited.add(incident.state);
        check(incident);
      }
    }),
    { numRuns: 400 },
  );
  expect(Math.min(refused, done)).toBeGreaterThan(300);
  const usual: IncidentState[] = [
    'investigating',
    'identified',
    'mitigating',
    'monitoring',
    'resolved',
    'cancelled',
  ];
  expect([...visited]).toEqual(expect.arrayContaining(usual));
});
