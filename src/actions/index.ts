import type { Query } from '../core/query.ts';
import { status } from './status.ts';

/** Every command that only reads. A new one is its file, a line here and its test. */
export const queries: readonly Query[] = [status];
