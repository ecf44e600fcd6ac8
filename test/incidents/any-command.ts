import fc from 'fast-check';
import { healths } from '../../src/core/health.ts';
import {
  deadlineKinds,
  impacts,
  incidentRoles,
  incidentStates,
  setupSteps,
  type TracesAnswer,
} from '../../src/core/incident.ts';
import type { IncidentCommand } from '../../src/core/incident-command.ts';
import { severities } from '../../src/core/severity.ts';
import { figures, minute, sample, ten } from './stage.ts';

/** Everybody who does anything: with a part in it, with a role of the configuration, and somebody. */
export const people = ['U-sam', 'U-dana', 'U-kim', 'U-primary', 'U-secondary', 'U-anybody'];

const person = fc.constantFrom(...people);
const reason = fc.constantFrom(null, '', 'short', 'a reason that is long enough');
const text = fc.constantFrom('', 'a', 'bad key since the deploy', 'rolling back now');
const state = fc.constantFrom(...incidentStates);
const role = fc.constantFrom(...incidentRoles);
const span = fc.oneof(
  fc.constantFrom(5, 15, 16, 30, 60, 240, 241).map((minutes) => minutes * minute),
  fc.constantFrom(0, -1, Number.NaN, 1e15),
);
const moment = fc.option(fc.integer({ min: -120, max: 600 }).map((n) => ten + n * minute));
const contact = fc.constantFrom('primary', 'secondary', 'manager', 'security', 'ciso', 'nobody');
const note = fc.record({
  key: fc.constantFrom('C1:1', 'C1:2'),
  author: person,
  text,
  at: fc.constant(ten),
  permalink: fc.constant(null),
  files: fc.constant([]),
  how: fc.constantFrom('pin' as const, 'command' as const),
});
const followUp = fc.record({ text, owner: fc.option(person), due: moment });

const kind = <Kind extends string>(name: Kind) => fc.constant(name);

/** What people do, sense or nonsense. */
export const anyDeed: fc.Arbitrary<IncidentCommand> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(
      'acknowledge',
      'unacknowledge',
      'stay',
      'publish-review',
      'recreate-room',
    ),
  }),
  fc.record({ kind: kind('move'), to: state, reason }),
  fc.record({ kind: kind('set-severity'), to: fc.constantFrom(...severities), reason }),
  fc.record({ kind: kind('set-security'), on: fc.boolean(), reason }),
  fc.record({ kind: fc.constantFrom('take-role', 'leave-role', 'accept-role'), role }),
  fc.record({ kind: kind('offer-role'), role, to: person }),
  fc.record({ kind: kind('refuse-role'), role, reason }),
  fc.record({
    kind: kind('update'),
    known: fc.option(text),
    doing: fc.option(text),
    need: fc.option(text),
    state: fc.option(state),
    nextIn: fc.option(span),
    reason,
    stakeholders: fc.option(text),
  }),
  fc.record({ kind: kind('no-change'), text: reason }),
  fc.record({ kind: fc.constantFrom('snooze', 'watch-more'), ms: span }),
  fc.record({ kind: kind('set-cadence'), ms: span, reason }),
  fc.record({ kind: kind('escalate'), contact, why: fc.constantFrom('', 'we need more hands') }),
  fc.record({
    kind: kind('answer-escalation'),
    contact,
    answer: fc.constantFrom('on-it' as const, 'not-me' as const),
  }),
  fc.record({
    kind: kind('resolve'),
    resolution: fc.record({
      fix: text,
      cause: fc.constantFrom('known' as const, 'unknown' as const),
      causeText: fc.constant(null),
      customerText: fc.option(text),
      withoutWatch: reason,
    }),
    started: moment,
    ended: moment,
    followUps: fc.array(followUp, { maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constantFrom('reopen', 'waive-review'),
    reason: fc.constantFrom('', 'it is back again'),
  }),
  fc.record({
    kind: kind('cancel'),
    reason: fc.constantFrom('false-alarm' as const, 'duplicate' as const),
    of: fc.constantFrom(null, 'INC-42', 'INC-7', 'seven'),
  }),
  fc.record({ kind: kind('set-target'), target: fc.record({ service: text, env: text }) }),
  fc.record({ kind: kind('set-impact'), impact: fc.subarray([...impacts]) }),
  fc.record({ kind: kind('set-title'), title: text }),
  fc.record({ kind: kind('recreate-room') }),
  fc.record({ kind: kind('add-note'), note }),
  fc.record({ kind: kind('hide-note'), note: fc.constantFrom('C1:1', 'C1:2') }),
  fc.record({ kind: kind('note-changed'), note: fc.constantFrom('C1:1', 'C1:2'), text: reason }),
  fc.record({ kind: kind('add-follow-up'), followUp }),
  fc.record({ kind: kind('finish-follow-up'), id: fc.constantFrom('F1', 'F2', 'F9') }),
  fc.record({
    kind: kind('write-review'),
    notes: fc.constant({ summary: 'so it was' }),
    checks: fc.constant({ impact: true }),
  }),
) as fc.Arbitrary<IncidentCommand>;

/** What happens by itself, when it can and when it cannot. */
export const anyEvent = (now: number): fc.Arbitrary<IncidentCommand> =>
  fc.oneof(
    fc.record({
      kind: kind('due'),
      deadline: fc.record({
        kind: fc.constantFrom(...deadlineKinds),
        at: fc.constant(now),
        step: fc.nat(3),
      }),
      figures: fc.constantFrom(null, figures),
      absence: fc.constantFrom(null, { from: now - 1, until: now }),
    }),
    fc.record({
      kind: kind('set-up'),
      step: fc.constantFrom(...setupSteps),
      state: fc.constantFrom(
        { kind: 'done', at: 0 } as const,
        { kind: 'open', tries: 3, why: 'slow' } as const,
        { kind: 'failed', why: 'no' } as const,
      ),
      channel: fc.constant({ id: 'C9', name: 'inc-0042', private: false, lost: null }),
    }),
    fc.record({ kind: kind('room-lost'), why: text }),
    fc.record({ kind: fc.constantFrom('room-recreated', 'room-back') }),
    fc.record({
      kind: kind('card-left'),
      from: fc.constantFrom('C8', 'C9'),
      ts: fc.constantFrom('1.1', '2.2'),
      why: fc.constantFrom(null, 'is_archived'),
    }),
    fc.record({
      kind: kind('traces'),
      wantedBy: fc.integer({ min: 1, max: 8 }),
      tries: fc.nat(2),
      answer: fc.constantFrom<TracesAnswer[]>(
        { kind: 'looked', emptied: 2, stand: [] },
        { kind: 'looked', emptied: 0, stand: [{ channel: 'C8', why: 'is_archived' }] },
        { kind: 'later', emptied: 0, why: 'slow' },
      ),
    }),
    fc.record({ kind: kind('mark-gone'), note: fc.constantFrom('C1:1', 'C1:2') }),
    fc.record({ kind: kind('card-moved'), ts: fc.constantFrom('1.1', '2.2') }),
    fc.record({
      kind: kind('paged-elsewhere'),
      line: fc.integer({ min: 1, max: 3 }),
      contact,
      state: fc.constantFrom('trying' as const, 'sent' as const, 'failed' as const),
      how: fc.constant(['mail']),
      why: fc.constantFrom(null, 'no answer'),
    }),
    fc.record({
      kind: kind('sampled'),
      recent: fc
        .array(fc.constantFrom(...healths), { maxLength: 6 })
        .map((all) => all.map((health, k) => sample(now - (all.length - k) * minute, health))),
    }),
    fc.record({
      kind: kind('run'),
      run: fc.constantFrom('R1', 'R2'),
      event: fc.constantFrom('begun', 'succeeded'),
      by: person,
      facts: fc.constantFrom(null, { action: 'rollback' }),
    }),
    fc.record({ kind: kind('shift'), oncall: fc.array(person, { maxLength: 2 }) }),
    fc.record({
      kind: kind('slack-back'),
      absence: fc.constant({ from: now - 1, until: now }),
      waiting: fc.nat(3),
    }),
    fc.record({ kind: kind('repaired'), deadlines: fc.constant([]), asleep: fc.boolean() }),
  ) as fc.Arbitrary<IncidentCommand>;
