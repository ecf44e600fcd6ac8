import type { Denied } from '../../core/capabilities.ts';
import { readListed } from './address.ts';
import { runOf } from './mark.ts';
import { whyNever, whyProtected } from './never.ts';

/** What about an entry is not as Gatehouse would have made it, in one clause; null when nothing is. */
export function flawOf(entry: Denied, protectedBy: readonly string[], now: number): string | null {
  const read = readListed(entry.address);
  if (!read.ok) return `the system may take it for another address (${read.error})`;
  const kept = whyNever(read.value) ?? whyProtected(read.value, protectedBy);
  if (kept !== null) return kept;
  if (entry.until === null) return 'it never ends by itself';
  if (entry.until <= now) return 'it should have ended';
  return runOf(entry) === null ? 'nobody approved it here' : null;
}
