import { oneOf } from './scalars.ts';
import { block } from './shapes.ts';
import { anyText } from './text.ts';

/** A notice with a level. */
export const alert = block(
  { text: anyText(3000) },
  { level: oneOf('default', 'info', 'warning', 'error', 'success') },
);
