import type { Unenforced } from './lint/linted.ts';

/**
 * What an approval set can demand and this version does not make sure of: whoever builds it takes it
 * off this list. Until then a configuration that demands it is refused, rather than not obeyed.
 */
export const unenforced: readonly Unenforced[] = [];
