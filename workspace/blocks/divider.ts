import { block } from './shapes.ts';

/** A line across. */
export const divider = block({});
