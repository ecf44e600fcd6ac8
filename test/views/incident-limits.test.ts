import type { Button } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditRecord } from '../../src/core/audit.ts';
import {
  type Incident,
  impacts,
  incidentRoles,
  incidentStates,
  setupSteps,
} from '../../src/core/incident.ts';
import type { Json } from '../../src/core/json.ts';
import type { Asked } from '../../src/handlers/desk.ts';
import { incidentAskedIn } from '../../src/handlers/incidents/incident-asked.ts';
import { incidentForms } from '../../src/handlers/incidents/incident-forms.ts';
import type { Message, View } from '../../src/views/blocks/message.ts';
import { declaredMessage, didMessage } from '../../src/views/incidents/incident-answer.ts';
import { incidentCard } from '../../src/views/incidents/incident-card.ts';
import { declareForm, joinedView } from '../../src/views/incidents/incident-declare-form.ts';
import { followUpList } from '../../src/views/incidents/incident-follow-ups.ts';
import type { IncidentForm } from '../../src/views/incidents/incident-form.ts';
import { readIncidentHandle } from '../../src/views/incidents/incident-handle.ts';
import { incidentNotice } from '../../src/views/incidents/incident-notice.ts';
import { incidentList, incidentPicker } from '../../src/views/incidents/incident-picker.ts';
import { reviewMessage } from '../../src/views/incidents/incident-review.ts';
import { checkMessage, checkView } from '../../workspace/blocks/check.ts';
import { inputs } from '../support/inputs.ts';
import { someIncident } from '../support/some-incident.ts';

const at = Date.UTC(2026, 10, 16, 10);

/** What people and targets may have written: nothing, much, and what Slack or a screen could take for a mark. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('', ' ', '<!channel>', '<@U1> `a` *b* _c_ ~d~', '&lt;!here&gt;', '\u202egnp.exe'),
  fc.constantFrom('a', '&', '`', '"', '😀', '\n', '<').map((one) => one.repeat(4_000)),
);
const maybe = fc.option(text);
/** The same where there are many of them. */
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constant('& `a`'.repeat(80)),
);
const person = fc.constantFrom('U07ONCALL01', 'U07MANAGE01', 'gatehouse');
const time = fc.integer({ min: at, max: at + 1e9 });
const many = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof(fc.array(one, { maxLength: 3 }), fc.array(one, { minLength: 60, maxLength: 70 }));
const deed = fc.record({ by: person, at: time });

const followUp = fc.record({
  id: fc.constant('F1'),
  text: words,
  owner: fc.option(person),
  due: fc.option(time),
  done: fc.option(deed),
  chased: fc.constant(0),
});
const setupState = fc.oneof(
  fc.record({ kind: fc.constant('failed' as const), why: text }),
  fc.record({ kind: fc.constant('done' as const), at: time }),
);

/** An incident that says anything. */
const anyIncident: fc.Arbitrary<Incident> = fc
  .record({
    state: fc.constantFrom(...incidentStates),
    severity: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
    provisional: fc.boolean(),
    security: fc.boolean(),
    title: text,
    impact: fc.subarray([...impacts]),
    acknowledged: fc.option(deed),
    known: maybe,
    doing: maybe,
    channel: fc.option(
      fc.record({
        id: fc.constant('C9'),
        name: fc.constant('inc-0042'),
        private: fc.boolean(),
        lost: maybe,
      }),
    ),
    setup: fc.record(Object.fromEntries(setupSteps.map((step) => [step, setupState]))),
    watch: fc.option(
      fc.record({
        from: time,
        until: time,
        state: fc.constantFrom('running' as const, 'passed' as const),
      }),
    ),
    resolution: fc.option(
      fc.record({
        by: person,
        at: time,
        fix: text,
        cause: fc.constant('known' as const),
        causeText: maybe,
        customerText: maybe,
        withoutWatch: maybe,
      }),
    ),
    cancelled: fc.option(
      fc.record({ by: person, at: time, reason: text, of: fc.constantFrom(null, 'INC-1') }),
    ),
    followUps: many(followUp),
    review: fc.option(
      fc.record({
        owner: fc.option(person),
        due: fc.option(time),
        chased: fc.constant(0),
        checks: fc.record({
          timeline: fc.boolean(),
          impact: fc.boolean(),
          followUps: fc.boolean(),
        }),
        notes: fc.record({ summary: text, helped: text, hindered: text, lucky: text }),
        published: fc.option(deed),
        waived: fc.constant(null),
      }),
    ),
    contacts: many(fc.record({ name: fc.constantFrom('primary', 'ciso'), who: many(words) })),
    counted: fc.constantFrom({}, { overdue: { from: at, done: 7 } }),
    word: fc.constantFrom('P0', 'Severity 1'),
  })
  .map(({ contacts, word, ...change }) => {
    const one = someIncident(42, change as unknown as Partial<Incident>);
    const times = { ...one.times, declared: at };
    return { ...one, times, changedAt: at, rules: { ...one.rules, contacts, words: { 1: word } } };
  });

const good = (message: Message): void => {
  for (const method of ['chat.postMessage', 'chat.update']) {
    expect(JSON.stringify(checkMessage({ ...message, method }))).toBe('null');
  }
  const said = [...JSON.stringify(message).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)].join('\n');
  expect(said).not.toMatch(/<!(?:channel|here|everyone)/);
  expect(said).not.toContain('\u202e');
};
const goodView = (view: View): void => {
  expect(JSON.stringify(checkView(view))).toBe('null');
};
const always = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void, usual = 25) =>
  fc.assert(fc.property(arbitrary, check), { numRuns: inputs(usual), endOnFailure: true });

describe('whatever an incident says, Slack takes', () => {
  test('its card', () => {
    const matter = fc.record({
      running: many(fc.constant('• `restart rms-auth@prod` running')),
      sparkline: fc.constantFrom(null, '▇'.repeat(2_000)),
      page: fc.constantFrom(null, `http://127.0.0.1/incidents/INC-42?sig=${'a'.repeat(200)}`),
    });
    always(fc.tuple(anyIncident, matter), ([incident, more]) => good(incidentCard(incident, more)));
  });

  test('what is answered about it', () => {
    always(anyIncident, (incident) => {
      good(declaredMessage(incident));
      goodView(joinedView({ did: 'Done', incident }));
      good(didMessage({ did: 'Done', incident }));
      good(followUpList(incident));
      good(reviewMessage({ incident, page: 'http://a/b', rolesPage: null, filedIn: null }));
    });
  });

  test('lists of it', () => {
    const all = fc.tuple(fc.array(anyIncident, { maxLength: 30 }), text, fc.boolean());
    always(
      all,
      ([open, typed, changes]) => {
        good(incidentPicker({ typed: typed.slice(0, 2_000), open, changes }));
        good(incidentList({ incidents: open }));
      },
      10,
    );
  });

  test.each(Object.keys(incidentForms))('the form %s', (name) => {
    const form: fc.Arbitrary<IncidentForm> = fc.record({
      incident: anyIncident,
      extra: fc.constantFrom('', 'commander', 'identified', '1'),
      filled: fc.dictionary(fc.constantFrom('known', 'why', 'reason', 'fix', 'stakeholders'), text),
      complaint: fc.constantFrom(null, 'It needs a reason.'),
      now: time,
      running: many(words),
      packet: fc.array(
        text.map((one) => one.replace(/[<>&]/g, '')),
        { maxLength: 5 },
      ),
      others: fc.array(anyIncident, { maxLength: 5 }),
    });
    always(form, (one) => goodView((incidentForms[name] ?? expect.fail())(one)), 10);
  });

  test('the form that declares another one beside it', () => {
    always(fc.array(anyIncident, { maxLength: 5 }), (open) =>
      goodView(
        declareForm({
          targets: Array.from({ length: 150 }, (_, k) => `service-${k}@prod`),
          target: null,
          rules: someIncident(1).rules,
          open,
          askedIn: 'C1',
          filled: { title: open[0]?.title ?? null },
          another: false,
          complaint: null,
        }),
      ),
    );
  });
});

/** Everything that a record of an incident may say, by the names that notices look for. */
const texts = [
  ...['title', 'seen', 'noOnCall', 'reason', 'why', 'text', 'known', 'doing', 'need', 'fix'],
  ...['withoutWatch', 'stakeholders', 'customerText', 'contact', 'of', 'id', 'what', 'run'],
] as const;
const figureNames = [
  ...['severity', 'next', 'due', 'until', 'from', 'took', 'within', 'update', 'slot', 'merged'],
  ...['lateBy', 'acknowledgeBy', 'followUps', 'reviewDue', 'watchUntil', 'promised', 'ms'],
] as const;
const call = fc.record({ contact: words, people: many(person), why: fc.option(words) });
const facts: fc.Arbitrary<Record<string, Json>> = fc
  .tuple(
    fc.record(Object.fromEntries(texts.map((name) => [name, maybe]))),
    fc.record(Object.fromEntries(figureNames.map((name) => [name, fc.option(time)]))),
    fc.record({
      role: fc.constantFrom(...incidentRoles),
      state: fc.constantFrom(...incidentStates),
      channel: fc.constantFrom(null, 'C9'),
      automatic: fc.boolean(),
      on: fc.boolean(),
      left: fc.constantFrom(null, 'C8'),
      how: fc.constantFrom('done', 'open', 'failed'),
      answer: fc.constantFrom('on-it', 'not-me'),
      calls: many(call),
      people: many(person),
      silent: many(words),
      rooms: many(fc.constantFrom('C8', 'nowhere')),
      stand: many(fc.record({ channel: fc.constantFrom('C8', 'nowhere'), why: text })),
      offers: many(fc.record({ role: fc.constantFrom(...incidentRoles), to: person })),
      runFacts: fc.record({ action: text, service: text, env: text, why: text }),
      figures: fc.option(
        fc.record({
          health: text,
          change: text,
          done: many(words),
          running: many(words),
          chart: fc.option(fc.record({ file: fc.constantFrom(null, 'F1'), alt: text })),
        }),
      ),
    }),
    fc.option(many(followUp)),
  )
  .map(([a, b, c, list]) => ({ ...a, ...b, ...c, ...(list && { followUps: list }) }) as never);

const events = [
  ...['declared', 'acknowledged', 'unacknowledged', 'moved', 'red-again', 'watch-passed'],
  ...['watched-longer', 'severity-set', 'severity-asked', 'security-set', 'resolved', 'reopened'],
  ...['cancelled', 'updated', 'unchanged', 'reminded', 'update-overdue', 'snoozed', 'cadence-set'],
  ...['slack-back', 'set-up', 'room-lost', 'escalated', 'nobody-acknowledged', 'role-offered'],
  ...['escalation-answered', 'escalation-unanswered', 'acknowledgement-expired', 'shift', 'run'],
  ...['still-on-it-asked', 'role-unclaimed', 'role-taken', 'role-refused', 'handover-expired'],
  ...['traces-looked', 'traces-tried', 'traces-cleared', 'evidence-failed'],
  ...['review-due', 'review-waived', 'follow-up-due', 'follow-up-added', 'follow-up-done', 'other'],
];

describe('whatever a record of an incident says, Slack takes', () => {
  test.each(events)('the notice that it was %s', (event) => {
    const reader = fc.constantFrom('room', 'person', 'everybody', 'stakeholders');
    always(
      fc.tuple(facts, reader),
      ([said, who]) => {
        const record = {
          id: 1,
          subject: 'INC-42',
          version: 17,
          event: `incident.${event}`,
          at,
          actor: 'user:T1/U1',
          facts: said,
        } as unknown as AuditRecord;
        good(incidentNotice(record, who as 'room'));
      },
      15,
    );
  });
});

test('the severity that nobody has confirmed is asked for by four buttons that each say another one', () => {
  const record = {
    ...{ id: 1, subject: 'INC-42', version: 17, event: 'incident.severity-asked' },
    ...{ at, actor: 'gatehouse', facts: {} },
  } as unknown as AuditRecord;
  const { blocks } = incidentNotice(record, 'room');
  const buttons = blocks.flatMap((one) => (one.type === 'actions' ? one.elements : []));
  const read = buttons.map((one) => {
    const { action_id: action = '', value = '' } = one as Button;
    const click = { kind: 'click', action, value } as unknown as Asked;
    const asked = incidentAskedIn(click);
    return [asked?.deed, readIncidentHandle(asked?.carried ?? '')?.extra];
  });
  expect(read).toEqual(['1', '2', '3', '4'].map((one) => ['set-severity', one]));
});
