import { groups, people } from '../../../workspace/people.ts';

/** A plain_text object. */
export const plain = (text: string) => ({ type: 'plain_text', text });

const marked = (text: string) => ({ type: 'mrkdwn', text });

const option = (value: string, text = value) => ({ text: plain(text), value });

/** A message such as a status bot writes. */
export const statusBlocks = {
  text: 'Five services, one down',
  blocks: [
    { type: 'header', text: plain('Five services, one down') },
    {
      type: 'section',
      text: marked('*rms-auth@prod* is *down*: connection refused on `/health`'),
      accessory: {
        type: 'overflow',
        action_id: 'more',
        options: [option('logs', 'Logs'), option('explain', 'Explain')],
      },
    },
    {
      type: 'section',
      fields: [marked('*rust-auth*\n:large_green_circle: up'), marked('*gateway*\n:warning: slow')],
    },
    { type: 'context', elements: [marked(`checked 2 s ago · asked by <@${people.onCall1}>`)] },
    { type: 'divider' },
    {
      type: 'actions',
      block_id: 'acts',
      elements: [
        {
          type: 'button',
          action_id: 'restart',
          style: 'primary',
          value: 'rms-auth',
          text: plain('Restart rms-auth'),
          confirm: {
            title: plain('Restart rms-auth?'),
            text: marked('It serves *logins*.'),
            confirm: plain('Ask for approval'),
            deny: plain('Leave it'),
            style: 'danger',
          },
        },
        {
          type: 'button',
          action_id: 'runbook',
          text: plain('Runbook'),
          url: 'https://example.com/runbook',
        },
        {
          type: 'static_select',
          action_id: 'depth',
          placeholder: plain('A service in depth'),
          options: [option('rms-auth'), option('gateway')],
        },
      ],
    },
  ],
};

/** A form with one field of each common kind; a sentence may stand above it. */
export const formView = (sentence = 'Nothing happens before it is approved.') => ({
  type: 'modal',
  callback_id: 'restart',
  title: plain('Restart a service'),
  submit: plain('Plan it'),
  close: plain('Cancel'),
  blocks: [
    { type: 'section', block_id: 'said', text: marked(sentence) },
    {
      type: 'input',
      block_id: 'why',
      label: plain('Why'),
      hint: plain('One sentence.'),
      element: { type: 'plain_text_input', action_id: 'v' },
    },
    {
      type: 'input',
      block_id: 'service',
      label: plain('Service'),
      dispatch_action: true,
      element: {
        type: 'static_select',
        action_id: 'v',
        options: [option('rms-auth@prod'), option('rust-auth@prod')],
      },
    },
    {
      type: 'input',
      block_id: 'how',
      label: plain('How'),
      element: {
        type: 'radio_buttons',
        action_id: 'v',
        options: [option('rolling', 'One at a time'), option('all', 'All at once')],
      },
    },
    {
      type: 'input',
      block_id: 'who',
      optional: true,
      label: plain('Tell these people'),
      element: { type: 'multi_users_select', action_id: 'v' },
    },
  ],
});

/** A form that opens another one above itself, after a question. */
export const stackView = {
  type: 'modal',
  callback_id: 'below',
  title: plain('Below'),
  submit: plain('Save'),
  blocks: [
    {
      type: 'input',
      block_id: 'note',
      label: plain('Note'),
      element: { type: 'plain_text_input', action_id: 'v' },
    },
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: 'more',
          value: 'more',
          text: plain('More'),
          confirm: {
            title: plain('Sure?'),
            text: plain('It opens another form.'),
            confirm: plain('Yes'),
            deny: plain('No'),
          },
        },
      ],
    },
  ],
};

/** A select whose options only the app knows. */
export const releaseSelect = {
  type: 'actions',
  elements: [{ type: 'external_select', action_id: 'release', placeholder: plain('A release') }],
};

const text = (value: string, style?: Record<string, boolean>) => ({
  type: 'text',
  text: value,
  ...(style ? { style } : {}),
});

const cell = (value: string) => ({ type: 'raw_text', text: value });

/** Messages that hold every block and element between them. */
export const gallery = [
  statusBlocks.blocks,
  [
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            text('What we know ', { bold: true }),
            { type: 'user', user_id: people.manager1 },
            { type: 'usergroup', usergroup_id: groups.security },
            { type: 'link', url: 'https://example.com/runbook', text: 'the runbook' },
            { type: 'emoji', name: 'eyes' },
          ],
        },
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: [{ type: 'rich_text_section', elements: [text('logins fail')] }],
        },
        { type: 'rich_text_preformatted', elements: [text('kubectl get pods')] },
        { type: 'rich_text_quote', elements: [text('It worked on Friday.')] },
      ],
    },
    {
      type: 'table',
      column_settings: [{ align: 'left' }, { align: 'right' }],
      rows: [
        [cell('Service'), cell('p99')],
        [cell('rms-auth'), cell('812 ms')],
      ],
    },
    { type: 'image', image_url: 'https://example.com/chart.png', alt_text: 'Errors over a day' },
  ],
  [{ type: 'markdown', text: '## Since Friday\n\n- **one** thing\n- `two`\n\n> said\n' }],
  [
    {
      type: 'actions',
      elements: [
        { type: 'button', action_id: 'stop', style: 'danger', text: plain('Stop'), value: 'x' },
        { type: 'users_select', action_id: 'a', placeholder: plain('A person') },
        { type: 'conversations_select', action_id: 'b', placeholder: plain('A conversation') },
        { type: 'channels_select', action_id: 'c', placeholder: plain('A channel') },
        { type: 'external_select', action_id: 'd', placeholder: plain('A release') },
        { type: 'datepicker', action_id: 'e', placeholder: plain('A day') },
        { type: 'timepicker', action_id: 'f', placeholder: plain('A time') },
        { type: 'datetimepicker', action_id: 'not before' },
      ],
    },
    {
      type: 'actions',
      elements: [
        { type: 'checkboxes', action_id: 'g', options: [option('all', 'Tell everybody')] },
        {
          type: 'radio_buttons',
          action_id: 'h',
          options: [option('now', 'Now'), option('later', 'Later')],
        },
      ],
    },
    {
      type: 'section',
      text: marked('Which *services*?'),
      accessory: {
        type: 'multi_static_select',
        action_id: 'i',
        placeholder: plain('Services'),
        options: [option('rms-auth'), option('gateway')],
      },
    },
  ],
];
