import { block } from './shapes.ts';
import { plainText } from './text.ts';

/** Large text over what follows. */
export const header = block({ text: plainText(150) });
