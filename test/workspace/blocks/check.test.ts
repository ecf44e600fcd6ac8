import { describe, expect, test } from 'vitest';
import {
  checkMessage,
  checkView,
  invalidBlocksAnswer,
  type Refusal,
} from '../../../workspace/blocks/check.ts';
import * as s from './sample.ts';

const post = (...blocks: unknown[]) => checkMessage({ method: 'chat.postMessage', blocks });

/** The problems as Slack prints them. */
const lines = (refusal: Refusal | null) =>
  refusal?.problems.map(({ message, pointer }) => `${message} [${pointer}]`);

describe('the answer', () => {
  test('names every problem twice, as Slack does', () => {
    const refusal = post({ type: 'divider' }, s.actions(...s.times(26, () => s.button())));
    expect(refusal && invalidBlocksAnswer(refusal)).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: ['no more than 25 items allowed [json-pointer:/blocks/1/elements]'],
      response_metadata: {
        messages: ['[ERROR] no more than 25 items allowed [json-pointer:/blocks/1/elements]'],
      },
    });
  });

  test('of a view has only the metadata', () => {
    const refusal = checkView({ type: 'modal', title: s.plain() });
    expect(refusal && invalidBlocksAnswer(refusal)).toEqual({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: {
        messages: ['[ERROR] missing required field: blocks [json-pointer:/view]'],
      },
    });
  });

  test('without problems is the error name alone', () => {
    expect(invalidBlocksAnswer({ error: 'no_text', problems: [] })).toEqual({
      ok: false,
      error: 'no_text',
    });
  });
});

describe('a message', () => {
  test('needs text or blocks', () => {
    expect(checkMessage({ method: 'chat.postMessage' })?.error).toBe('no_text');
    expect(checkMessage({ method: 'chat.postMessage', text: '', blocks: [] })?.error).toBe(
      'no_text',
    );
    expect(checkMessage({ method: 'chat.postMessage', text: 'x', blocks: null })).toBeNull();
  });

  test('whose blocks are no list is told apart from wrong blocks', () => {
    expect(checkMessage({ method: 'chat.postMessage', blocks: '[]' })?.error).toBe(
      'invalid_blocks_format',
    );
  });

  test.each<[string, unknown, string]>([
    ['no object', 'x', 'must provide an object [/blocks/0]'],
    ['no type', { text: s.plain() }, 'missing required field: type [/blocks/0]'],
    ['an unknown type', { type: 'video' }, 'unsupported type: video [/blocks/0/type]'],
    [
      'a type that objects inherit',
      { type: 'constructor' },
      'unsupported type: constructor [/blocks/0/type]',
    ],
    [
      'an alert, which belongs into views',
      { type: 'alert', text: s.plain() },
      'unsupported type: alert [/blocks/0/type]',
    ],
    ['a question outside a form', s.input(), 'unsupported type: input [/blocks/0/type]'],
    ['a missing element list', { type: 'actions' }, 'missing required field: elements [/blocks/0]'],
    [
      'a key too many',
      { type: 'divider', color: 1 },
      'invalid additional property: color [/blocks/0]',
    ],
    [
      'formatted text in a header',
      { type: 'header', text: s.marked() },
      'must be a valid enum value [/blocks/0/text/type]',
    ],
    [
      'a section of nothing',
      { type: 'section' },
      'must define either `text` or `fields` [/blocks/0/type]',
    ],
    [
      'an unknown style',
      s.actions(s.button({ style: 'default' })),
      'must be a valid enum value [/blocks/0/elements/0/style]',
    ],
    [
      'a field outside a form',
      s.actions(s.field()),
      'unsupported type: plain_text_input [/blocks/0/elements/0/type]',
    ],
    [
      'a script behind a button',
      s.actions(s.button({ url: 'javascript:alert(1)' })),
      'invalid url [/blocks/0/elements/0/url]',
    ],
    [
      'an image without an address',
      { type: 'image', alt_text: 'x' },
      'missing required field: image_url [/blocks/0]',
    ],
    [
      'an image off the disk',
      { type: 'image', alt_text: 'x', image_url: 'file:///x' },
      'invalid url [/blocks/0/image_url]',
    ],
    [
      'an image without words',
      s.section({ accessory: { type: 'image', image_url: 'https://a/b' } }),
      'missing required field: alt_text [/blocks/0/accessory]',
    ],
    [
      'a select of nothing',
      s.actions({ type: 'static_select' }),
      'must define either `options` or `option_groups` [/blocks/0/elements/0]',
    ],
    [
      'a choice that is not offered',
      s.actions(s.select({ initial_option: s.option('other') })),
      'initial choice must match one of the options [/blocks/0/elements/0]',
    ],
    [
      'a link in a select',
      s.actions(s.select({ options: [s.option('v', { url: 'https://a' })] })),
      'invalid additional property: url [/blocks/0/elements/0/options/0]',
    ],
    [
      'a half date',
      s.actions({ type: 'datepicker', initial_date: '2026-1-1' }),
      'must be a date of the form YYYY-MM-DD [/blocks/0/elements/0/initial_date]',
    ],
    [
      'a time past midnight',
      s.actions({ type: 'timepicker', initial_time: '24:00' }),
      'must be a time of the form HH:mm [/blocks/0/elements/0/initial_time]',
    ],
    [
      'a number as text',
      s.section({ text: { type: 'mrkdwn', text: 5 } }),
      'must provide a string [/blocks/0/text/text]',
    ],
    ['a word as flag', s.section({ expand: 'yes' }), 'must provide a boolean [/blocks/0/expand]'],
    [
      'an empty cell',
      s.table({ rows: [[s.cell(), s.cell('')]] }),
      'must be more than 0 characters [/blocks/0/rows/0/1/text]',
    ],
    [
      'an empty piece of rich text',
      s.rich({ type: 'text', text: '' }),
      'must be more than 0 characters [/blocks/0/elements/0/elements/0/text]',
    ],
    [
      'a list that is an object',
      s.section({ fields: {} }),
      'must provide an array [/blocks/0/fields]',
    ],
    [
      'rows of different widths',
      { type: 'data_table', caption: 'c', rows: [[s.cell()], [s.cell(), s.cell()]] },
      'must have 1 cells [/blocks/0/rows/1]',
    ],
    [
      'a decorated heading',
      { type: 'data_table', caption: 'c', rows: [[s.rich()], [s.cell()]] },
      'unsupported type: rich_text [/blocks/0/rows/0/0/type]',
    ],
    [
      'a card with nothing to see',
      { type: 'card' },
      'must define one of `hero_image`, `title`, `actions` or `body` [/blocks/0/type]',
    ],
    [
      'an unknown progress',
      { type: 'task_card', task_id: 't', title: 't', status: 'done' },
      'must be a valid enum value [/blocks/0/status]',
    ],
    [
      'a container in a container',
      { type: 'container', title: s.plain(), child_blocks: [{ type: 'container' }] },
      'unsupported type: container [/blocks/0/child_blocks/0/type]',
    ],
  ])('with %s is refused', (_, block, line) => {
    const refusal = post(block);
    expect(refusal?.error).toBe('invalid_blocks');
    expect(lines(refusal)).toContain(line);
  });

  test('says of text that may be either kind that neither matched', () => {
    expect(lines(post(s.section({ text: s.marked('') })))).toEqual([
      'failed to match all allowed schemas [/blocks/0/text]',
      'must be more than 0 characters [/blocks/0/text/text]',
    ]);
  });

  test('may not use a block_id twice, an action_id only in different blocks', () => {
    const id = { action_id: 'a' };
    expect(post(s.actions(s.button(id)), s.actions(s.button(id)))).toBeNull();
    expect(lines(post(s.actions(s.button(id), s.button(id))))).toEqual([
      '`action_id` must be unique: a [/blocks/0/elements/1/action_id]',
    ]);
    const line = { type: 'divider', block_id: 'b' };
    expect(lines(post(line, { type: 'divider' }, line))).toEqual([
      '`block_id` must be unique: b [/blocks/2/block_id]',
    ]);
  });

  test('may hold one table', () => {
    expect(post(s.table())).toBeNull();
    expect(post(s.table(), { type: 'divider' }, s.table())).toEqual({
      error: 'invalid_attachments',
      problems: [{ message: 'only_one_table_allowed', pointer: '/blocks/2' }],
    });
  });

  test('may hold two charts', () => {
    const segments = [{ label: 'a', value: 1 }];
    const chart = { type: 'data_visualization', title: 't', chart: { type: 'pie', segments } };
    expect(post(chart, chart)).toBeNull();
    expect(lines(post(chart, chart, chart))).toEqual(['no more than 2 items allowed [/blocks/2]']);
  });

  test('may use every kind of element', () => {
    const choices = { options: [s.option('a'), s.option('b')] };
    expect(
      post(
        s.actions(
          s.button({ url: 'https://example.com/', style: 'danger', value: 'v' }),
          s.select({ ...choices, initial_option: s.option('b') }),
          { type: 'external_select', min_query_length: 0, placeholder: s.plain() },
          { type: 'users_select', initial_user: 'U1' },
          { type: 'conversations_select', filter: { include: ['im'] } },
          { type: 'channels_select', initial_channel: 'C1' },
          { type: 'multi_static_select', ...choices, max_selected_items: 2 },
          { type: 'multi_users_select', initial_users: ['U1'] },
          { type: 'overflow', options: [s.option('v', { url: 'https://example.com/' })] },
          { type: 'checkboxes', ...choices },
          { type: 'radio_buttons', options: [s.option('v', { text: s.marked() })] },
          { type: 'datepicker', initial_date: '2026-11-21' },
          { type: 'timepicker', initial_time: '23:59', timezone: 'Europe/Berlin' },
          { type: 'datetimepicker', initial_date_time: 1_795_219_200 },
        ),
        { type: 'image', slack_file: { id: 'F1' }, alt_text: 'a chart' },
        {
          type: 'context',
          elements: [s.plain(), { type: 'image', image_url: 'https://a/b', alt_text: 'x' }],
        },
        s.rich({ type: 'text', text: 'x', style: { bold: true } }, { type: 'user', user_id: 'U1' }),
        {
          type: 'plan',
          title: 'p',
          tasks: [{ type: 'task_card', task_id: '1', title: 't', status: 'complete' }],
        },
      ),
    ).toBeNull();
  });
});

describe('a view', () => {
  test('that asks something must have a way to send it', () => {
    const { submit, ...silent } = s.modal({ blocks: [{ type: 'divider' }, s.input()] });
    expect(checkView({ ...silent, submit })).toBeNull();
    expect(lines(checkView(silent))).toEqual([
      'must define `submit` to use an `input` block in modals [/view/blocks/1/input]',
    ]);
    expect(checkView(s.home(s.input()))).toBeNull();
  });

  test.each<[string, unknown, string]>([
    ['nothing', null, 'must provide an object [/view]'],
    ['an unknown kind', { type: 'dialog' }, 'unsupported type: dialog [/view/type]'],
    [
      'a modal without a title',
      { type: 'modal', blocks: [] },
      'missing required field: title [/view]',
    ],
    [
      'a Home tab with a title',
      { ...s.home(), title: s.plain() },
      'invalid additional property: title [/view]',
    ],
    [
      'a switch of another kind of modal',
      s.modal({ submit_disabled: true }),
      'invalid additional property: submit_disabled [/view]',
    ],
    [
      'a question without an element',
      s.modal({ blocks: [{ type: 'input', label: s.plain() }] }),
      'missing required field: element [/view/blocks/0]',
    ],
    [
      'a button as a question',
      s.modal({ blocks: [s.input(s.button())] }),
      'unsupported type: button [/view/blocks/0/element/type]',
    ],
    [
      'markdown',
      s.home({ type: 'markdown', text: 'x' }),
      'unsupported type: markdown [/view/blocks/0/type]',
    ],
    [
      'too long an answer',
      s.modal({ blocks: [s.input(s.field({ max_length: 3001 }))] }),
      'must be less than 3001 [/view/blocks/0/element/max_length]',
    ],
    [
      'no answer at all',
      s.modal({ blocks: [s.input(s.field({ max_length: 0 }))] }),
      'must be more than 0 [/view/blocks/0/element/max_length]',
    ],
    [
      'a number field that does not say of what kind',
      s.modal({ blocks: [s.input({ type: 'number_input' })] }),
      'missing required field: is_decimal_allowed [/view/blocks/0/element]',
    ],
  ])('of %s is refused', (_, view, line) => {
    const refusal = checkView(view);
    expect(refusal?.error).toBe('invalid_arguments');
    expect(lines(refusal)).toContain(line);
  });

  test('may ask with every kind of field', () => {
    const elements = [
      s.field({ multiline: true, min_length: 0, max_length: 3000 }),
      { type: 'email_text_input', focus_on_load: true },
      { type: 'url_text_input', placeholder: s.plain() },
      { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9' },
      { type: 'rich_text_input', initial_value: s.rich({ type: 'text', text: 'x' }) },
      { type: 'file_input', filetypes: ['png'], max_files: 1 },
      { type: 'datetimepicker' },
      s.select(),
    ];
    expect(checkView(s.modal({ blocks: elements.map((element) => s.input(element)) }))).toBeNull();
  });
});
