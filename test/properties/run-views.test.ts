import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/core/action.ts';
import type { ApprovalSet, Vote } from '../../src/core/approval.ts';
import type { Json } from '../../src/core/json.ts';
import type { Plan } from '../../src/core/plan.ts';
import { type Run, runStates, type StepRecord } from '../../src/core/run.ts';
import type { RunRefusal } from '../../src/core/run-refusal.ts';
import { targetName } from '../../src/core/target.ts';
import { auditMessage } from '../../src/views/audit-page.ts';
import type { Message, View } from '../../src/views/blocks/message.ts';
import { homeView } from '../../src/views/home.ts';
import { plannedMessage } from '../../src/views/runs/plan.ts';
import { askedMessage, votedMessage } from '../../src/views/runs/run-answer.ts';
import { runCard } from '../../src/views/runs/run-card.ts';
import { runDetails } from '../../src/views/runs/run-details.ts';
import { endedNotice } from '../../src/views/runs/run-ended-notice.ts';
import { approveForm, confirmForm, denyForm, requestForm } from '../../src/views/runs/run-forms.ts';
import { readHandle } from '../../src/views/runs/run-handle.ts';
import { runRefusalMessage } from '../../src/views/runs/run-refusal.ts';
import { checkMessage, checkView } from '../../workspace/blocks/check.ts';
import { buttonsIn } from '../handlers/run-desk.ts';
import { hostileText } from './hostile-text.ts';

const now = 1_700_000_000_000;

const text = fc.oneof(
  { weight: 8, arbitrary: hostileText },
  {
    weight: 1,
    arbitrary: fc
      .tuple(hostileText, fc.nat(400))
      .map(([part, times]) => part.repeat(times).slice(0, 20_000)),
  },
);
const many = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.array(one, { maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(one, fc.nat(120))
        .map(([same, times]) => Array.from({ length: times }, () => same)),
    },
  );
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one);
const at = fc.oneof(fc.integer({ min: 0, max: 2 * now }), fc.integer(), fc.constant(8e15));
const person = fc.oneof(fc.constantFrom('U012ABC', 'W7', 'UMANAGER'), text);
const target = fc.record({ service: text, env: text });
const roles = fc.array(text, { maxLength: 12 });
const hash = fc.oneof(fc.constant('0123456789abcdef'.repeat(4)), text);

const plan: fc.Arbitrary<Plan> = fc.record({
  action: text,
  version: fc.nat(),
  target,
  params: fc.constant({}),
  summary: text,
  facts: many(fc.record({ name: text, value: text, material: fc.boolean() })),
  steps: many(
    fc.record({
      id: text,
      does: text,
      args: fc.constant({}),
      timeout: fc.nat(),
      repeatable: fc.boolean(),
    }),
  ),
  risk: fc.constantFrom('low' as const, 'high' as const, 'destructive' as const),
  riskReasons: fc.array(text, { maxLength: 9 }),
  undo: fc.record({ possible: fc.boolean(), how: text }),
  hash,
});
const set = {
  name: text,
  slots: fc.array(fc.record({ n: fc.integer({ min: 1, max: 3 }), anyOf: roles }), { maxLength: 3 }),
  requesterConfirms: fc.boolean(),
  waits: fc.nat(),
  validFor: fc.nat(),
  reason: fc.nat(),
  typedTarget: fc.boolean(),
};
const names = fc.array(text, { minLength: 1, maxLength: 12 });
const approval: fc.Arbitrary<ApprovalSet> = fc.oneof(
  fc.record(set),
  fc.record({ ...set, escalate: fc.record({ after: fc.nat(), to: names }) }),
);
const vote: fc.Arbitrary<Vote> = fc.record({
  person,
  kind: fc.constantFrom('approve' as const, 'deny' as const, 'confirm' as const),
  roles,
  planHash: hash,
  note: maybe(text),
  at,
});
const outcome: fc.Arbitrary<StepRecord['outcome']> = maybe(
  fc.oneof(
    fc.record({ kind: fc.constant('done' as const), seen: text }),
    fc.record({ kind: fc.constantFrom('failed' as const, 'unknown' as const), why: text }),
  ),
);
const verdict: fc.Arbitrary<Verdict> = fc.record({
  ok: fc.boolean(),
  checks: many(fc.record({ name: text, ok: fc.boolean(), seen: text })),
});

/** Any run, its steps being those of its plan where it has one. */
const run: fc.Arbitrary<Run> = fc
  .tuple(
    fc.record({
      id: fc.oneof(fc.constant('R7'), text),
      version: fc.nat(),
      state: fc.constantFrom(...runStates),
      action: text,
      target,
      params: fc.constant({}),
      reason: text,
      requestedBy: fc.record({ id: person, team: text }),
      parent: fc.option(text, { freq: 4 }),
      askedIn: maybe(text),
      plan: maybe(plan),
      approval: maybe(approval),
      votes: many(vote),
      verdict: maybe(verdict),
      why: maybe(text),
      fence: maybe(fc.nat()),
      escalated: fc.record({ to: names, people: fc.array(person, { maxLength: 12 }) }),
      createdAt: at,
      changedAt: at,
      waitsUntil: maybe(at),
      validUntil: maybe(at),
      ending: maybe(
        fc.record({
          at,
          ended: maybe(
            fc.record({
              how: fc.constantFrom('done' as const, 'replaced' as const, 'given-up' as const),
              by: text,
            }),
          ),
        }),
      ),
    }),
    fc.array(fc.record({ intentAt: at, outcome }), { maxLength: 5 }),
    text,
  )
  .map(([{ escalated, ...made }, records, other]) => ({
    ...made,
    ...(records.length % 2 === 0 && { escalated }),
    steps: records.map((record, index) => ({
      ...record,
      id: made.plan?.steps[index]?.id ?? other,
    })),
  }));

/** What is meant as markup: a moment, a person, a channel. Nothing that was put in can look like it. */
const meant =
  /<!date\^\d+\^(?:\{date_short_pretty\} at \{time\}|\{ago\})\|(?:at )?[\d: -]+ UTC>|<@[UW][A-Z0-9]+>|<#[CG][A-Z0-9]+>/g;

function mustBeHarmless(shown: string, people: readonly string[]): void {
  for (const [mark] of shown.matchAll(/<@([^>]*)>/g)) {
    if (!people.includes(mark)) throw new Error(`nobody meant ${mark}`);
  }
  const rest = shown.replace(meant, '');
  if (/[<>]|&(?!(?:amp|lt|gt);)/.test(rest) || !shown.isWellFormed()) {
    throw new Error(`markup: ${shown}`);
  }
}

/** Every text that people see as text, and not as what they write themselves. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const unseen = ['value', 'action_id', 'block_id', 'type', 'private_metadata', 'initial_value'];
  return Object.entries(value).flatMap(([key, one]) => (unseen.includes(key) ? [] : textsIn(one)));
}

const peopleOf = ({ requestedBy, votes, escalated }: Run): string[] =>
  [requestedBy.id, ...votes.map((one) => one.person), ...(escalated?.people ?? [])].map(
    (id) => `<@${id}>`,
  );

function mustBeFine(message: Message, people: readonly string[] = []): void {
  const refusal = checkMessage({ ...message, method: 'chat.update' });
  if (refusal) throw new Error(JSON.stringify(refusal));
  for (const shown of [message.text, ...textsIn(message.blocks)]) mustBeHarmless(shown, people);
}

function mustBeFineView(view: View, people: readonly string[] = []): void {
  const refusal = checkView(view as never);
  if (refusal) throw new Error(JSON.stringify(refusal));
  for (const shown of textsIn(view)) mustBeHarmless(shown, people);
}

const holds = <T>(what: fc.Arbitrary<T>, check: (made: T) => void, numRuns = 400) =>
  fc.assert(fc.property(what, check), { numRuns });

describe('Slack takes whatever is shown of a run, and no text in it is markup', () => {
  test.each(['deciders', 'requester'] as const)('its card for %s', (audience) =>
    holds(run, (made) => {
      const card = runCard(made, { audience, told: true });
      mustBeFine(card, peopleOf(made));
      for (const { action, value } of buttonsIn(card)) {
        if (action === 'ask:look') {
          expect(value).toBe(`status ${targetName(made.target)}`);
          continue;
        }
        expect(action).toMatch(/^run:(?:approve|deny|confirm|cancel|details)$/);
        expect(readHandle(value)).toEqual({ run: made.id, planHash: made.plan?.hash.slice(0, 8) });
      }
    }),
  );

  test('that what it did has ended', () => holds(run, (made) => mustBeFine(endedNotice(made))));

  test('its details', () => {
    const record = fc.record({
      id: fc.nat(),
      subject: text,
      version: fc.nat(),
      at,
      hash: text,
      event: text,
      actor: fc.oneof(fc.constant('gatehouse'), text),
      facts: fc.constant({}),
    });
    holds(fc.tuple(run, maybe(many(record))), ([made, trail]) =>
      mustBeFine(runDetails({ run: made, trail }), peopleOf(made)),
    );
  });

  test('the audit', () => {
    const facts = fc.dictionary(
      fc.oneof(fc.constantFrom('action', 'service', 'env', 'from', 'to', 'why'), text),
      fc.oneof(text, fc.jsonValue() as fc.Arbitrary<Json>),
      { maxKeys: 6 },
    );
    const record = fc.record({
      id: fc.nat(),
      subject: text,
      version: fc.nat(),
      at,
      hash: text,
      event: text,
      actor: fc.oneof(fc.constant('gatehouse'), text),
      facts,
    });
    const next = fc.array(fc.record({ label: text, command: text }), { maxLength: 2 });
    holds(fc.record({ records: many(record), next }), (made) => mustBeFine(auditMessage(made)));
  });

  test('what the person hears', () =>
    holds(fc.tuple(run, maybe(text)), ([made, approvals]) => {
      mustBeFine(askedMessage({ run: made, approvals }), peopleOf(made));
      mustBeFine(votedMessage({ run: made, did: 'Recorded' }), peopleOf(made));
    }));

  test('its forms', () =>
    holds(run, (made) => {
      for (const form of [denyForm, approveForm, confirmForm]) mustBeFineView(form(made));
    }));

  test('a plan alone', () =>
    holds(fc.record({ plan, typed: text, hours: fc.array(text, { maxLength: 8 }) }), (made) =>
      mustBeFine(plannedMessage(made)),
    ));

  test('the form that asks for an action', () => {
    const wrong = maybe(fc.constantFrom('Say where.', 'a &lt;b&gt;'.repeat(900)));
    const param = (...names: string[]) =>
      fc.uniqueArray(
        fc.record({
          name: fc.constantFrom(...names),
          label: text,
          about: text,
          kind: fc.constantFrom('switch' as const, 'number' as const, 'text' as const),
          choices: maybe(fc.constantFrom(['now', 'later'], ['one'])),
          required: fc.boolean(),
          value: maybe(text),
          wrong,
        }),
        { maxLength: 2, selector: ({ name }) => name },
      );
    const form = fc.record({
      command: text,
      summary: text,
      complaint: wrong,
      operands: param('address', 'user'),
      targets: fc.uniqueArray(fc.constantFrom('a@prod', 'b@prod', 'c@staging'), { minLength: 1 }),
      target: fc.record({ value: maybe(fc.oneof(fc.constant('a@prod'), text)), wrong }),
      reason: fc.record({ value: maybe(text), wrong }),
      params: param('instance', 'dry-run'),
      askedIn: maybe(fc.constant('C1')),
    });
    holds(form, (made) =>
      mustBeFineView(requestForm({ ...made, command: made.command.slice(0, 80) })),
    );
  });

  test('why something was refused', () => {
    const refusal: fc.Arbitrary<RunRefusal> = fc.oneof(
      fc.record({ kind: fc.constant('no-such-run' as const), id: text }),
      fc.record({ kind: fc.constant('cannot' as const), action: text, target: text, needs: roles }),
      fc.record({ kind: fc.constant('not-now' as const), verdict }),
      fc.record({ kind: fc.constant('nobody-could-approve' as const), roles }),
      fc.record({ kind: fc.constant('not-eligible' as const), roles }),
      fc.record({ kind: fc.constant('other-plan' as const), shown: text, current: text }),
      fc.record({ kind: fc.constant('already' as const), state: fc.constantFrom(...runStates) }),
      fc.record({ kind: fc.constant('wrong-target-typed' as const), expected: text }),
      fc.record({ kind: fc.constantFrom('not-verified' as const, 'stopped' as const), why: text }),
    );
    holds(refusal, (made) => mustBeFine(runRefusalMessage(made)));
  });

  test('the runs on the Home tab', () => {
    const line = fc.record({
      title: text,
      state: fc.constantFrom(...runStates),
      more: fc.record({ label: text, command: text }),
    });
    const runs = maybe(fc.record({ waiting: many(line), open: many(line) }));
    const page = { roles: [], unverified: null, status: null, commands: [], next: [] };
    holds(runs, (made) => mustBeFineView(homeView({ ...page, runs: made }, now)));
  });
});

test('what is shown counts: hostile reasons, facts and steps are really in the card', () => {
  const hostile = '<!channel> & `x` *y*';
  const card = JSON.stringify(
    runCard({
      ...(fc.sample(run, { numRuns: 1, seed: 1 })[0] as Run),
      state: 'waiting',
      parent: null,
      verdict: null,
      reason: hostile,
      plan: {
        ...(fc.sample(plan, { numRuns: 1, seed: 1 })[0] as Plan),
        facts: [{ name: 'fact', value: hostile, material: true }],
      },
    }),
  );
  expect(card.split('&lt;!channel&gt; &amp; ˋxˋ *y*')).toHaveLength(3);
});
