/** Small correct pieces of Block Kit, to be made wrong in one place by a test. */
export const plain = (text = 'x') => ({ type: 'plain_text', text });

export const marked = (text = 'x') => ({ type: 'mrkdwn', text });

export const letters = (n: number) => 'x'.repeat(n);

export const times = <T>(n: number, make: (index: number) => T): T[] =>
  Array.from({ length: n }, (_, index) => make(index));

export const button = (more: object = {}) => ({ type: 'button', text: plain(), ...more });

export const option = (value = 'v', more: object = {}) => ({ text: plain(), value, ...more });

export const actions = (...elements: object[]) => ({ type: 'actions', elements });

export const section = (more: object = {}) => ({ type: 'section', text: marked(), ...more });

export const select = (more: object = {}) => ({
  type: 'static_select',
  options: [option()],
  ...more,
});

export const field = (more: object = {}) => ({ type: 'plain_text_input', ...more });

export const input = (element: object = field(), more: object = {}) => ({
  type: 'input',
  label: plain(),
  element,
  ...more,
});

export const cell = (text = 'x') => ({ type: 'raw_text', text });

export const table = (more: object = {}) => ({ type: 'table', rows: [[cell()]], ...more });

export const rich = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});

export const modal = (more: object = {}) => ({
  type: 'modal',
  title: plain(),
  submit: plain(),
  blocks: [],
  ...more,
});

export const home = (...blocks: object[]) => ({ type: 'home', blocks });
