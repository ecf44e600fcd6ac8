import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { healths } from '../../src/core/health.ts';
import type { Refusal } from '../../src/core/refusal.ts';
import type { Next, Part, Report } from '../../src/core/report.ts';
import type { Message, View } from '../../src/views/blocks/message.ts';
import { cardMessage } from '../../src/views/card.ts';
import { faultMessage, fileFaultMessage } from '../../src/views/fault.ts';
import { commandMessage, helpMessage } from '../../src/views/help.ts';
import { homeView } from '../../src/views/home.ts';
import { refusalMessage } from '../../src/views/refusal.ts';
import { reportMessage } from '../../src/views/report.ts';
import { moment } from '../../src/views/text/moment.ts';
import { checkMessage, checkView } from '../../workspace/blocks/check.ts';
import { hostileText } from './hostile-text.ts';

const runs = 1_000;
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
const texts = (maxLength: number) => fc.array(text, { maxLength });
const next: fc.Arbitrary<Next> = fc.record({ label: text, command: text });
const nexts = fc.array(next, { maxLength: 30 });
const row = fc.record(
  {
    health: fc.constantFrom(...healths),
    name: text,
    detail: text,
    at: fc.integer({ min: -1, max: 2 * now }),
    more: next,
  },
  { requiredKeys: ['health', 'name', 'detail', 'at'] },
);
const many = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.array(one, { maxLength: 6 }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(one, fc.nat(120))
        .map(([same, times]) => Array.from({ length: times }, () => same)),
    },
  );
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text }),
  fc.record({ kind: fc.constant('states' as const), rows: many(row) }),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: many(fc.record({ name: text, value: text })),
  }),
  fc.record({
    kind: fc.constant('log' as const),
    name: text,
    lines: many(text),
    total: fc.nat(),
    complete: fc.boolean(),
  }),
);
const report: fc.Arbitrary<Report> = fc.record({
  title: text,
  parts: fc.array(part, { maxLength: 8 }),
  next: nexts,
});

/** Slack takes it, nothing in it is markup that was not meant, and no text of the message is too long. */
function mustBeFine(message: Message): void {
  const refusal = checkMessage({ ...message, method: 'chat.update' });
  if (refusal) throw new Error(JSON.stringify(refusal));
  mustBeHarmless(message.text);
  for (const shown of textsIn(message.blocks)) mustBeHarmless(shown);
}

/** The time of day is the only markup that is meant: everybody reads it in their own time zone. */
function mustBeFineView(view: View): void {
  const refusal = checkView(view as never);
  if (refusal) throw new Error(JSON.stringify(refusal));
  for (const shown of textsIn(view.blocks)) mustBeHarmless(shown.replace(moment(now), ''));
}

function mustBeHarmless(shown: string): void {
  if (/[<>]|&(?!(?:amp|lt|gt);)/.test(shown) || !shown.isWellFormed())
    throw new Error(`markup: ${shown}`);
}

/** Every text that people see: all strings but the values and ids of buttons. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    ['value', 'action_id', 'type'].includes(key) ? [] : textsIn(one),
  );
}

const near = fc.record({ words: texts(3), next: fc.array(next, { maxLength: 5 }) });
const refusals: fc.Arbitrary<Refusal> = fc.oneof(
  fc.record({ kind: fc.constant('unknown-verb' as const), word: text, near }),
  fc.record({ kind: fc.constant('unknown-service' as const), word: text, near, known: texts(50) }),
  fc.record({
    kind: fc.constant('unknown-env' as const),
    service: text,
    word: text,
    near,
    known: texts(50),
  }),
  fc.record({
    kind: fc.constant('unknown-flag' as const),
    command: text,
    flag: text,
    near,
    known: texts(50),
  }),
  fc.record({ kind: fc.constant('bad-filter' as const), filter: text, near }),
  fc.record({ kind: fc.constant('missing-env' as const), command: text, service: text, near }),
  fc.record({ kind: fc.constant('unclear-target' as const), command: text, words: texts(5) }),
  fc.record({
    kind: fc.constant('bad-value' as const),
    command: text,
    complaints: fc.array(fc.record({ where: text, what: text, field: text }), { maxLength: 20 }),
  }),
  fc.record({ kind: fc.constant('not-verified' as const), command: text, why: text }),
  fc.record({
    kind: fc.constant('not-allowed' as const),
    command: text,
    env: fc.option(text),
    denial: fc.record({
      why: fc.constant('denied' as const),
      rule: fc.nat(),
      role: text,
      pattern: text,
    }),
    roles: texts(30),
  }),
);

describe('Slack takes whatever is shown, and no text in it is markup', () => {
  const holds = <T>(what: fc.Arbitrary<T>, check: (made: T) => void, numRuns = runs) =>
    fc.assert(fc.property(what, check), { numRuns });

  test('reports', () => holds(report, (made) => mustBeFine(reportMessage(made, now))));
  test('refusals', () => holds(refusals, (made) => mustBeFine(refusalMessage(made))));
  test('faults', () =>
    holds(text, (made) => {
      mustBeFine(faultMessage(made));
      mustBeFine(fileFaultMessage(made));
    }));

  const usable = fc.array(fc.record({ title: text, names: texts(60) }), { maxLength: 6 });

  test('the card', () => {
    const services = many(fc.record({ title: text, targets: texts(8) }));
    holds(fc.record({ roles: texts(9), commands: usable, services, next: nexts }), (made) =>
      mustBeFine(cardMessage(made)),
    );
  });

  test('the help', () => {
    const entry = fc.record({
      name: text,
      summary: text,
      where: fc.option(text),
      why: text,
    });
    const groups = fc.array(fc.record({ title: text, commands: many(entry) }), { maxLength: 5 });
    const about = fc.option(text, { nil: undefined });
    const pages = fc.record({ botName: text, about, groups }, { noNullPrototype: true });
    holds(pages, ({ about: word, ...rest }) =>
      mustBeFine(helpMessage(word === undefined ? rest : { ...rest, about: word })),
    );
    const flags = many(fc.record({ name: text, about: text, required: fc.boolean() }));
    const facts = many(fc.record({ name: text, value: text }));
    const page = fc.record({
      name: text,
      summary: text,
      usage: text,
      words: fc.option(text),
      example: text,
      operands: flags,
      flags,
      facts,
      next: nexts,
    });
    holds(page, (made) => mustBeFine(commandMessage(made)));
  });

  test('the Home tab', () => {
    const home = fc.record({
      roles: texts(9),
      unverified: fc.option(text),
      status: fc.option(report),
      commands: usable,
      next: nexts,
    });
    holds(home, (made) => mustBeFineView(homeView(made, now)));
  });
});

test('what is shown counts: a hostile text is really in the message', () => {
  const made = reportMessage(
    { title: '<!channel>', parts: [{ kind: 'text', text: '<@U1> & `x`' }], next: [] },
    now,
  );
  expect(JSON.stringify(made)).toContain('&lt;!channel&gt;');
  expect(JSON.stringify(made)).toContain('&lt;@U1&gt; &amp; `x`');
});
