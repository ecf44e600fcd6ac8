import type { Incident } from '../../core/incident.ts';
import type { IncidentRefusal } from '../../core/incident-refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { Asking } from '../command.ts';
import { readOrSay } from '../read-or-say.ts';
import type { IncidentTools } from './incident-tools.ts';

/** What was meant: one incident, or nothing that says which; then the open ones can be chosen from. */
export type Meant = Result<Incident, IncidentRefusal> | { ok: 'choose'; open: readonly Incident[] };

/**
 * The incident that a command is about: the one that was named, that of the channel, or the only open one that
 * there is when somebody just looks. Commands that change something never guess.
 */
export async function meantIncident(
  named: string | undefined,
  { place }: Pick<Asking, 'place'>,
  { life }: Pick<IncidentTools, 'life'>,
): Promise<Meant> {
  if (named !== undefined) {
    const id = idIn(named);
    const found = id === null ? null : await readOrSay(() => life.find(id));
    return found ? ok(found) : err({ kind: 'no-such-incident', id: named });
  }
  const here = place && (await readOrSay(() => life.inChannel(place.channel)));
  if (here) return ok(here);
  const states = ['triage', 'investigating', 'identified', 'mitigating', 'monitoring'] as const;
  const open = await readOrSay(() => life.list({ states, limit: 20 }));
  return { ok: 'choose', open };
}

/**
 * The incident that a text begins with, and the rest of it: `note INC-42 "the key is bad"`. In the channel of an
 * incident a text may begin with another one's number; there only the number by itself names one. Null for neither.
 */
export async function namedFirst(
  words: readonly unknown[],
  { place }: Pick<Asking, 'place'>,
  { life }: Pick<IncidentTools, 'life'>,
): Promise<{ named: string; rest: readonly unknown[] } | null> {
  const [first, ...rest] = words;
  if (typeof first !== 'string' || !/^inc-?\d{1,9}$/i.test(first)) return null;
  const here = rest.length > 0 && place && (await readOrSay(() => life.inChannel(place.channel)));
  return here ? null : { named: first, rest };
}

/** `42`, `inc-42` and `INC-0042` are the same. */
export function idIn(text: string): string | null {
  const [, figures] = /^(?:inc-?)?0*(\d{1,9})$/i.exec(text.trim()) ?? [];
  return figures === undefined ? null : `INC-${figures}`;
}
