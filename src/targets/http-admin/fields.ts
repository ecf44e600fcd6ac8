import { z } from 'zod';
import { TargetError } from '../../core/errors.ts';

/** A moment, in ISO 8601, as milliseconds since 1970; null when there is none. */
export const time = z.iso
  .datetime({ offset: true })
  .nullish()
  .transform((text) => (text ? Date.parse(text) : null));

/** Milliseconds as whole seconds, and never none: what was to last a moment must not last for ever. */
export const secondsIn = (ms: number): number => Math.max(1, Math.round(ms / 1_000));

/**
 * A name as one part of a path.
 *
 * @throws {TargetError} for one that would be another path: nothing was done then.
 */
export function segment(name: string): string {
  if (!/^\.{0,2}$/.test(name) && name.isWellFormed()) return encodeURIComponent(name);
  throw new TargetError('there can be nothing of that name', { retryable: false, happened: false });
}
