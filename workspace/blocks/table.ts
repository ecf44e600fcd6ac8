import { list } from './lists.ts';
import { richText } from './rich-text.ts';
import { flag, number, oneOf, string } from './scalars.ts';
import { anyOf, block, byType, shape, typed } from './shapes.ts';

const written = string({ min: 1 });

/** The cells that tables are made of. None may be empty. */
export const cells = {
  raw_text: typed({ text: written }),
  raw_number: typed({ value: number, text: written }),
  rich_text: richText,
};

/** A table, at most 100 rows by 20 columns. A message may have one. */
export const table = block(
  {
    rows: list({
      min: 1,
      max: 100,
      of: list({ min: 1, max: 20, of: anyOf(byType(cells)) }),
    }),
  },
  {
    column_settings: list({
      max: 20,
      of: shape({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag }),
    }),
  },
);
