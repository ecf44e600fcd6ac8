import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkMessage,
  checkView,
  invalidBlocksAnswer,
  type Refusal,
} from '../../../workspace/blocks/check.ts';

const post = (blocks: unknown): Refusal | null =>
  checkMessage({ method: 'chat.postMessage', text: 'x', blocks });

/** JSON that looks enough like Block Kit to get far into the rules. */
const almost = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue(),
    tie('object'),
    fc.array(tie('any'), { maxLength: 4 }),
  ),
  object: fc.dictionary(
    fc.constantFrom(
      ...['type', 'text', 'fields', 'elements', 'element', 'accessory', 'options', 'block_id'],
      ...['action_id', 'value', 'url', 'confirm', 'rows', 'label', 'title', 'blocks', '__proto__'],
    ),
    fc.oneof(
      fc.constantFrom(
        ...['section', 'actions', 'context', 'button', 'plain_text', 'mrkdwn', 'static_select'],
        ...['rich_text', 'rich_text_section', 'table', 'modal', 'home', 'input', 'toString'],
      ),
      tie('any'),
    ),
    { maxKeys: 5 },
  ),
})).any;

test('whatever comes is judged, never thrown over', () => {
  fc.assert(
    fc.property(almost, (value) => {
      for (const refusal of [post(value), post([value]), checkView(value)]) {
        if (refusal) expect(invalidBlocksAnswer(refusal).ok).toBe(false);
      }
    }),
    { numRuns: 2000 },
  );
});

test('what nests deeper than any block does is refused, not overrun', () => {
  const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
  expect(post(deep)?.error).toBe('invalid_blocks');
  expect(post([{ type: 'section', text: deep }])?.error).toBe('invalid_blocks');
  expect(checkView({ type: 'home', blocks: [], private_metadata: deep })?.error).toBe(
    'invalid_arguments',
  );
});

const words = (max: number) => fc.string({ minLength: 1, maxLength: max });
const plain = (max: number) => words(max).map((text): object => ({ type: 'plain_text', text }));
const either = (max: number) =>
  fc
    .tuple(fc.constantFrom('plain_text', 'mrkdwn'), words(max))
    .map(([type, text]): object => ({ type, text }));
const option = fc.record({ text: plain(75), value: words(75) });
const record = <T>(type: string, fields: T) =>
  fc.record({ type: fc.constant(type), ...(fields as object) }) as fc.Arbitrary<object>;
const optionally = (type: string, required: object, optional: object) =>
  fc.record(
    { type: fc.constant(type), ...required, ...optional } as Record<string, fc.Arbitrary<unknown>>,
    {
      requiredKeys: ['type', ...Object.keys(required)],
    },
  ) as fc.Arbitrary<object>;

const confirm = optionally('', { text: either(300) }, { title: plain(100), deny: plain(30) }).map(
  ({ type, ...rest }: { type?: string }) => rest,
);
const element: fc.Arbitrary<object> = fc.oneof(
  optionally(
    'button',
    { text: plain(75) },
    {
      value: words(200),
      confirm,
      style: fc.constantFrom('primary', 'danger'),
      url: fc.webUrl(),
    },
  ),
  record('static_select', { options: fc.array(option, { minLength: 1, maxLength: 10 }) }),
  record('overflow', { options: fc.array(option, { minLength: 1, maxLength: 5 }) }),
  optionally('datepicker', {}, { initial_date: fc.constant('2026-11-21') }),
);
const block: fc.Arbitrary<object> = fc.oneof(
  record('divider', {}),
  record('header', { text: plain(150) }),
  optionally(
    'section',
    { text: either(300) },
    { fields: fc.array(either(100), { minLength: 1, maxLength: 10 }), accessory: element },
  ),
  record('actions', { elements: fc.array(element, { minLength: 1, maxLength: 25 }) }),
  record('context', { elements: fc.array(either(100), { minLength: 1, maxLength: 10 }) }),
);
const blocks = fc.array(block, { minLength: 1, maxLength: 8 });

test('what follows the rules passes, as a message and as a Home tab', () => {
  fc.assert(
    fc.property(blocks, (list) => {
      expect(post(list)).toBeNull();
      expect(checkView({ type: 'home', blocks: list })).toBeNull();
    }),
    { numRuns: 300 },
  );
});

/** Every object inside, with its JSON pointer. */
const objectsIn = (value: unknown, at: string): [Record<string, unknown>, string][] => {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, held]) => objectsIn(held, `${at}/${key}`));
  return Array.isArray(value) ? inner : [[value as Record<string, unknown>, at], ...inner];
};

/** One thing done wrong to an object of a right message, and what must be said about it. */
const wrongs: ((object: Record<string, unknown>, at: string) => [string, string] | null)[] = [
  (object, at) => {
    object.colour = 'red';
    return ['invalid additional property: colour', at];
  },
  (object, at) => {
    if (object.type === undefined) return null;
    object.type = 'blink';
    return [
      /(text|fields\/\d+|title|deny|label|elements\/\d+)$/.test(at)
        ? ''
        : 'unsupported type: blink',
      `${at}/type`,
    ];
  },
  (object, at) => {
    if (typeof object.text !== 'string') return null;
    object.text = '';
    return ['must be more than 0 characters', `${at}/text`];
  },
  (object, at) => {
    if (object.text === undefined || object.type === 'section') return null;
    delete object.text;
    return ['missing required field: text', at];
  },
  (object, at) => {
    if (!Array.isArray(object.elements)) return null;
    object.elements = Array.from({ length: 26 }, () => (object.elements as unknown[])[0]);
    return [
      object.type === 'context' ? 'no more than 10 items allowed' : 'no more than 25 items allowed',
      `${at}/elements`,
    ];
  },
  (object, at) => {
    if (!Array.isArray(object.options)) return null;
    object.options = [];
    return ['must provide at least 1 items', `${at}/options`];
  },
  (object, at) => {
    if (object.type !== 'button') return null;
    object.url = 'javascript:void 0';
    return ['invalid url', `${at}/url`];
  },
];

test('one thing done wrong anywhere is found, at its place', () => {
  fc.assert(
    fc.property(blocks, fc.nat(), fc.constantFrom(...wrongs), (list, chosen, wrong) => {
      const places = objectsIn(list, '/blocks');
      const [object, at] = places[chosen % places.length] as [Record<string, unknown>, string];
      const expected = wrong(object, at);
      fc.pre(expected !== null);
      const [message, pointer] = expected;
      const found = post(list)?.problems.filter((problem) => problem.pointer === pointer);
      expect(found?.map((problem) => problem.message)).toContainEqual(
        message === '' ? expect.stringMatching(/unsupported type|valid enum/) : message,
      );
    }),
    { numRuns: 500 },
  );
});
