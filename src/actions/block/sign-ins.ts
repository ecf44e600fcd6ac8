import type { On } from '../../core/action.ts';
import { messageOf } from '../../core/errors.ts';
import type { PlanFact } from '../../core/plan.ts';
import { soon } from '../looking.ts';

/** How far back, in milliseconds, and in how many of the newest lines. */
const look = { back: 86_400_000, lines: 2_000 };

/** How often people signed in from an address, and how often they failed; null when nobody can tell. */
export interface SignIns {
  signedIn: number;
  failed: number;
}

/** What the log of the last day says of an address; `why` when it says nothing. */
export async function signInsFrom(
  address: string,
  { maybe, clock }: Pick<On, 'maybe' | 'clock'>,
): Promise<SignIns | { why: string }> {
  if (!maybe.logs) return { why: 'not known: no driver of it reads a log' };
  if (address.includes('/')) return { why: 'not counted for a range' };
  try {
    const wanted = { since: clock.now() - look.back, grep: address, limit: look.lines };
    const { lines } = await maybe.logs.read(wanted, soon());
    const about = lines.filter(
      (line) => names(line, address) && /auth|log.?in|sign.?in/i.test(line),
    );
    const failed = about.filter((line) => /fail/i.test(line)).length;
    const signedIn = about.filter((line) => /succe/i.test(line) && !/fail/i.test(line)).length;
    return { signedIn, failed };
  } catch (error) {
    return { why: `not known: ${messageOf(error)}` };
  }
}

/** Whether the line names this address, and not one that only begins or ends like it. */
function names(line: string, address: string): boolean {
  const at = line.indexOf(address);
  if (at < 0) return false;
  const part = /[\da-f:.]/i;
  const before = line.charAt(at - 1);
  const after = line.slice(at + address.length, at + address.length + 2);
  const ends = !part.test(after.charAt(0)) || /^[.:](?![\da-f])/i.test(after);
  if (ends && !part.test(before)) return true;
  return names(line.slice(at + 1), address);
}

/** The same for people. */
export function signInFacts(seen: SignIns | { why: string }): PlanFact[] {
  const value = (count: keyof SignIns) => ('why' in seen ? seen.why : String(seen[count]));
  return [
    { name: 'signed in from it in 24 h', value: value('signedIn'), material: false },
    { name: 'failed from it in 24 h', value: value('failed'), material: false },
  ];
}
