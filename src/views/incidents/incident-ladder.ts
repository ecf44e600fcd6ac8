import type { KnownBlock } from '@slack/types';
import { formatDuration } from '../../core/duration.ts';
import type { Incident } from '../../core/incident.ts';
import { paragraphs } from '../blocks/rows.ts';
import { code } from '../text/code.ts';
import { mention } from '../text/mention.ts';

/** Who can be reached now under each name of a ladder, or why nobody can. */
export type Reachable = Readonly<Record<string, { people: readonly string[]; why: string | null }>>;

/** Whom the incident calls, when, and who that is now. */
export function ladderBlocks({ rules, severity }: Incident, reach: Reachable): KnownBlock[] {
  if (rules.contacts.length === 0) return [];
  const { unacknowledged, unresolved } = rules.clock[severity];
  const when = (contact: string): string =>
    [
      ...unacknowledged
        .filter((rung) => rung.contact === contact)
        .map(({ after }) => `${formatDuration(after)} without an answer`),
      ...unresolved
        .filter((rung) => rung.contact === contact)
        .map(({ after }) => `${formatDuration(after)} unresolved`),
    ].join(', ');
  const lines = rules.contacts.map(({ name }) => {
    const found = reach[name];
    const people = found?.people.map(mention).join(' ') || `_${code(found?.why ?? 'nobody', 200)}_`;
    const called = when(name);
    return `${code(name, 60)} ${people}${called === '' ? '' : ` · called after ${called}`}`;
  });
  return paragraphs(['*Who can be called*', ...lines]);
}
