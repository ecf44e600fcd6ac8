import { list } from './lists.ts';
import type { Rule } from './rule.ts';
import { link, string } from './scalars.ts';
import { shape } from './shapes.ts';
import { anyText, plainText } from './text.ts';

const value = string({ min: 1, max: 150 });

/** One choice of a select. */
export const option = shape({ text: plainText(75), value }, { description: plainText(75) });

/** One choice of a radio group or of checkboxes: its text may be formatted. */
export const richOption = shape({ text: anyText(75), value }, { description: anyText(75) });

/** One entry of an overflow menu: it may open a link. */
export const overflowOption = shape(
  { text: plainText(75), value },
  { description: plainText(75), url: link },
);

/** The choices of a select. */
export const options = list({ min: 1, max: 100, of: option });

/** The choices of a select, under headings. */
export const optionGroups: Rule = list({
  min: 1,
  max: 100,
  of: shape({ label: plainText(75), options }),
});
