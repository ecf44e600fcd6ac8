import { oneOf } from './scalars.ts';
import { shape } from './shapes.ts';
import { anyText, plainText } from './text.ts';

/** The dialog that asks "Are you sure?" before a button or a select acts. */
export const confirm = shape(
  { text: anyText(300) },
  {
    title: plainText(100),
    confirm: plainText(30),
    deny: plainText(30),
    style: oneOf('primary', 'danger'),
  },
);
