import { expect, test } from 'vitest';
import { checkMessage, checkView, type Refusal } from '../../../workspace/blocks/check.ts';
import * as s from './sample.ts';

/** A message of one block. */
const message = (block: object): Refusal | null =>
  checkMessage({ method: 'chat.postMessage', blocks: [block] });
const confirm = (more: object) =>
  message(s.actions(s.button({ confirm: { text: s.plain(), ...more } })));

interface Limit {
  what: string;
  most: number;
  check: (size: number) => Refusal | null;
  message: (tooMany: number) => string;
  at: string;
}

const characters = (tooMany: number) => `must be less than ${tooMany} characters`;
const items = (tooMany: number) => `no more than ${tooMany - 1} items allowed`;

/** What is limited in length, with the pointer to it. */
const lengths: [string, number, (text: string) => Refusal | null, string][] = [
  ['header', 150, (t) => message({ type: 'header', text: s.plain(t) }), '/blocks/0/text/text'],
  ['section text', 3000, (t) => message(s.section({ text: s.marked(t) })), '/blocks/0/text/text'],
  [
    'section field',
    2000,
    (t) => message(s.section({ fields: [s.plain(), s.marked(t)] })),
    '/blocks/0/fields/1/text',
  ],
  ['block_id', 255, (t) => message({ type: 'divider', block_id: t }), '/blocks/0/block_id'],
  [
    'button text',
    75,
    (t) => message(s.actions(s.button({ text: s.plain(t) }))),
    '/blocks/0/elements/0/text/text',
  ],
  [
    'button value',
    2000,
    (t) => message(s.actions(s.button({ value: t }))),
    '/blocks/0/elements/0/value',
  ],
  [
    'button address',
    3000,
    (t) => message(s.actions(s.button({ url: `https://a/${t.slice(10)}` }))),
    '/blocks/0/elements/0/url',
  ],
  [
    'button label',
    75,
    (t) => message(s.actions(s.button({ accessibility_label: t }))),
    '/blocks/0/elements/0/accessibility_label',
  ],
  [
    'action_id',
    255,
    (t) => message(s.actions(s.button({ action_id: t }))),
    '/blocks/0/elements/0/action_id',
  ],
  [
    'confirm title',
    100,
    (t) => confirm({ title: s.plain(t) }),
    '/blocks/0/elements/0/confirm/title/text',
  ],
  [
    'confirm text',
    300,
    (t) => confirm({ text: s.marked(t) }),
    '/blocks/0/elements/0/confirm/text/text',
  ],
  [
    'confirm yes',
    30,
    (t) => confirm({ confirm: s.plain(t) }),
    '/blocks/0/elements/0/confirm/confirm/text',
  ],
  [
    'confirm no',
    30,
    (t) => confirm({ deny: s.plain(t) }),
    '/blocks/0/elements/0/confirm/deny/text',
  ],
  [
    'option text',
    75,
    (t) =>
      message(
        s.section({ accessory: s.select({ options: [s.option('v', { text: s.plain(t) })] }) }),
      ),
    '/blocks/0/accessory/options/0/text/text',
  ],
  [
    'option value',
    150,
    (t) => message(s.section({ accessory: s.select({ options: [s.option(t)] }) })),
    '/blocks/0/accessory/options/0/value',
  ],
  [
    'option description',
    75,
    (t) =>
      message(
        s.section({
          accessory: s.select({ options: [s.option('v', { description: s.plain(t) })] }),
        }),
      ),
    '/blocks/0/accessory/options/0/description/text',
  ],
  [
    'option group',
    75,
    (t) =>
      message(
        s.actions({
          type: 'static_select',
          option_groups: [{ label: s.plain(t), options: [s.option()] }],
        }),
      ),
    '/blocks/0/elements/0/option_groups/0/label/text',
  ],
  [
    'placeholder',
    150,
    (t) => message(s.actions(s.select({ placeholder: s.plain(t) }))),
    '/blocks/0/elements/0/placeholder/text',
  ],
  [
    'context text',
    3000,
    (t) => message({ type: 'context', elements: [s.marked(t)] }),
    '/blocks/0/elements/0/text',
  ],
  [
    'image alt text',
    2000,
    (t) => message({ type: 'image', image_url: 'https://a/b.png', alt_text: t }),
    '/blocks/0/alt_text',
  ],
  [
    'image title',
    2000,
    (t) =>
      message({ type: 'image', image_url: 'https://a/b.png', alt_text: 'b', title: s.plain(t) }),
    '/blocks/0/title/text',
  ],
  ['markdown', 12_000, (t) => message({ type: 'markdown', text: t }), '/blocks/0/text'],
  [
    'chart title',
    50,
    (t) =>
      message({
        type: 'data_visualization',
        title: t,
        chart: { type: 'pie', segments: [{ label: 'a', value: 1 }] },
      }),
    '/blocks/0/title',
  ],
  [
    'chart label',
    20,
    (t) =>
      message({
        type: 'data_visualization',
        title: 'a',
        chart: { type: 'pie', segments: [{ label: t, value: 1 }] },
      }),
    '/blocks/0/chart/segments/0/label',
  ],
  ['card title', 150, (t) => message({ type: 'card', title: s.marked(t) }), '/blocks/0/title/text'],
  ['card body', 200, (t) => message({ type: 'card', body: s.marked(t) }), '/blocks/0/body/text'],
  [
    'container title',
    150,
    (t) => message({ type: 'container', title: s.plain(t), child_blocks: [{ type: 'divider' }] }),
    '/blocks/0/title/text',
  ],
  ['modal title', 24, (t) => checkView(s.modal({ title: s.plain(t) })), '/view/title/text'],
  ['modal submit', 24, (t) => checkView(s.modal({ submit: s.plain(t) })), '/view/submit/text'],
  ['modal close', 24, (t) => checkView(s.modal({ close: s.plain(t) })), '/view/close/text'],
  [
    'private_metadata',
    3000,
    (t) => checkView(s.modal({ private_metadata: t })),
    '/view/private_metadata',
  ],
  ['callback_id', 255, (t) => checkView(s.modal({ callback_id: t })), '/view/callback_id'],
  ['external_id', 255, (t) => checkView(s.modal({ external_id: t })), '/view/external_id'],
  [
    'input label',
    2000,
    (t) => checkView(s.modal({ blocks: [s.input(s.field(), { label: s.plain(t) })] })),
    '/view/blocks/0/label/text',
  ],
  [
    'input hint',
    2000,
    (t) => checkView(s.modal({ blocks: [s.input(s.field(), { hint: s.plain(t) })] })),
    '/view/blocks/0/hint/text',
  ],
  [
    'initial value',
    3000,
    (t) => checkView(s.modal({ blocks: [s.input(s.field({ initial_value: t }))] })),
    '/view/blocks/0/element/initial_value',
  ],
];

/** What is limited in number, with the pointer to the list. */
const counts: [string, number, (n: number) => Refusal | null, string][] = [
  [
    'blocks of a message',
    50,
    (n) =>
      checkMessage({ method: 'chat.postMessage', blocks: s.times(n, () => ({ type: 'divider' })) }),
    '/blocks',
  ],
  [
    'blocks of a modal',
    100,
    (n) => checkView(s.modal({ blocks: s.times(n, () => ({ type: 'divider' })) })),
    '/view/blocks',
  ],
  [
    'blocks of a Home tab',
    100,
    (n) => checkView(s.home(...s.times(n, () => ({ type: 'divider' })))),
    '/view/blocks',
  ],
  [
    'fields',
    10,
    (n) => message(s.section({ fields: s.times(n, () => s.marked()) })),
    '/blocks/0/fields',
  ],
  [
    'context elements',
    10,
    (n) => message({ type: 'context', elements: s.times(n, () => s.marked()) }),
    '/blocks/0/elements',
  ],
  ['actions', 25, (n) => message(s.actions(...s.times(n, () => s.button()))), '/blocks/0/elements'],
  [
    'options',
    100,
    (n) => message(s.actions(s.select({ options: s.times(n, (i) => s.option(`${i}`)) }))),
    '/blocks/0/elements/0/options',
  ],
  [
    'option groups',
    100,
    (n) =>
      message(
        s.actions({
          type: 'static_select',
          option_groups: s.times(n, () => ({ label: s.plain(), options: [s.option()] })),
        }),
      ),
    '/blocks/0/elements/0/option_groups',
  ],
  [
    'overflow',
    5,
    (n) => message(s.actions({ type: 'overflow', options: s.times(n, () => s.option()) })),
    '/blocks/0/elements/0/options',
  ],
  [
    'radio buttons',
    10,
    (n) => message(s.actions({ type: 'radio_buttons', options: s.times(n, () => s.option()) })),
    '/blocks/0/elements/0/options',
  ],
  [
    'checkboxes',
    10,
    (n) => message(s.actions({ type: 'checkboxes', options: s.times(n, () => s.option()) })),
    '/blocks/0/elements/0/options',
  ],
  [
    'table rows',
    100,
    (n) => message(s.table({ rows: s.times(n, () => [s.cell()]) })),
    '/blocks/0/rows',
  ],
  [
    'table columns',
    20,
    (n) => message(s.table({ rows: [s.times(n, () => s.cell())] })),
    '/blocks/0/rows/0',
  ],
  [
    'column settings',
    20,
    (n) => message(s.table({ column_settings: s.times(n, () => ({ align: 'left' })) })),
    '/blocks/0/column_settings',
  ],
  [
    'data table rows',
    101,
    (n) => message({ type: 'data_table', caption: 'c', rows: s.times(n, () => [s.cell()]) }),
    '/blocks/0/rows',
  ],
  [
    'chart points',
    20,
    (n) =>
      message({
        type: 'data_visualization',
        title: 't',
        chart: {
          type: 'line',
          series: [{ name: 'a', data: s.times(n, () => ({ label: 'l', value: 1 })) }],
          axis_config: { categories: ['l'] },
        },
      }),
    '/blocks/0/chart/series/0/data',
  ],
  [
    'card buttons',
    3,
    (n) => message({ type: 'card', actions: s.times(n, () => s.button()) }),
    '/blocks/0/actions',
  ],
  [
    'cards',
    10,
    (n) =>
      message({
        type: 'carousel',
        elements: s.times(n, () => ({ type: 'card', title: s.marked() })),
      }),
    '/blocks/0/elements',
  ],
  [
    'blocks in a container',
    10,
    (n) =>
      message({
        type: 'container',
        title: s.plain(),
        child_blocks: s.times(n, () => ({ type: 'divider' })),
      }),
    '/blocks/0/child_blocks',
  ],
  [
    'context actions',
    5,
    (n) =>
      message({
        type: 'context_actions',
        elements: s.times(n, () => ({ type: 'icon_button', icon: 'trash', text: s.plain() })),
      }),
    '/blocks/0/elements',
  ],
];

const limits: Limit[] = [
  ...lengths.map(([what, most, check, at]) => ({
    what,
    most,
    check: (size: number) => check(s.letters(size)),
    message: characters,
    at,
  })),
  ...counts.map(([what, most, check, at]) => ({ what, most, check, message: items, at })),
];

test.each(limits)('$what may be $most and no more', ({ most, check, message, at }) => {
  expect(check(most)).toBeNull();
  expect(check(most + 1)?.problems).toContainEqual({ message: message(most + 1), pointer: at });
});

const neverEmpty = [
  'header',
  'section text',
  'section field',
  'fields',
  'button text',
  'confirm text',
  'option text',
  'option value',
  'options',
  'option groups',
  'placeholder',
  'context text',
  'context elements',
  'actions',
  'overflow',
  'radio buttons',
  'checkboxes',
  'image alt text',
  'markdown',
  'table rows',
  'table columns',
  'cards',
  'modal title',
];

test.each(limits.filter(({ what }) => neverEmpty.includes(what)))(
  '$what may not be empty',
  ({ check }) => {
    expect(check(0)?.problems.at(-1)?.message).toMatch(/more than 0 characters|at least 1 items/);
  },
);

test('a data table may hold 20,000 characters, and they do not count towards the message', () => {
  const rows = (n: number) => [[s.cell(s.letters(10_000))], [s.cell(s.letters(n))]];
  const data = (n: number) => message({ type: 'data_table', caption: 'c', rows: rows(n) });
  expect(data(10_000)).toBeNull();
  expect(data(10_001)?.problems[0]?.pointer).toBe('/blocks/0/rows');
});

test('all markdown together may be 12,000 characters', () => {
  const two = (n: number) =>
    checkMessage({
      method: 'chat.postMessage',
      blocks: [
        { type: 'markdown', text: s.letters(6000) },
        { type: 'markdown', text: s.letters(n) },
      ],
    });
  expect(two(6000)).toBeNull();
  expect(two(6001)?.problems).toEqual([
    { message: 'must be less than 12001 characters', pointer: '/blocks/1/text' },
  ]);
});

test('all blocks together may be 13,200 characters', () => {
  const blocks = (n: number) => [
    ...s.times(4, () => s.section({ text: s.marked(s.letters(3000)) })),
    s.section({ text: s.marked(s.letters(n)) }),
  ];
  expect(checkMessage({ method: 'chat.postMessage', blocks: blocks(1200) })).toBeNull();
  expect(checkMessage({ method: 'chat.postMessage', blocks: blocks(1201) })).toEqual({
    error: 'msg_blocks_too_long',
    problems: [],
  });
});

test('a changed message may have 4,000 characters of text, a new one more', () => {
  const text = s.letters(4001);
  expect(checkMessage({ method: 'chat.update', text: s.letters(4000) })).toBeNull();
  expect(checkMessage({ method: 'chat.update', text })?.error).toBe('msg_too_long');
  expect(checkMessage({ method: 'chat.postMessage', text })).toBeNull();
});

test('a view may be 250,000 bytes', () => {
  const sized = (bytes: number) => {
    const fields = s.times(10, () => s.marked(s.letters(2000)));
    const last = (n: number) =>
      s.section({ text: s.marked(s.letters(n)), fields: fields.slice(8) });
    const view = (n: number) =>
      s.modal({ blocks: [...s.times(12, () => s.section({ fields })), last(n)] });
    return view(bytes - JSON.stringify(view(0)).length);
  };
  expect(JSON.stringify(sized(250_000))).toHaveLength(250_000);
  expect(checkView(sized(250_000))).toBeNull();
  expect(checkView(sized(250_001))).toEqual({ error: 'view_too_large', problems: [] });
});
