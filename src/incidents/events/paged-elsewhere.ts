import { type Elsewhere, type Incident, isOpen } from '../../core/incident.ts';
import type { IncidentEvent } from '../../core/incident-command.ts';
import { type Decide, decided, refused } from '../decided.ts';

type Paged = Extract<IncidentEvent, { kind: 'paged-elsewhere' }>;

/** How often is tried to call somebody elsewhere, and the pauses between, in milliseconds. */
const tries = { most: 5, pause: 30_000, lost: 60_000 };

/** When it may be tried again; null when it is done, or was tried often enough. */
function nextTry({ at, tries: done, state }: Elsewhere): number | null {
  if (state === 'sent' || done >= tries.most) return null;
  if (state === 'trying') return at + tries.lost; // whoever tried it never said what came of it
  return at + tries.pause * 2 ** (done - 1);
}

/** Whether somebody was called elsewhere for a line, or that was tried as often as it is. */
export function isSettled({ elsewhere }: Incident, line: number, contact: string): boolean {
  const before = elsewhere?.[`${line}/${contact}`];
  return before !== undefined && nextTry(before) === null;
}

/**
 * A call that does not reach Slack is made elsewhere. Who tries it says so first: of several processes one
 * does, and what became of it is written down afterwards.
 */
export const pagedElsewhere: Decide<Paged> = (incident, event, { now }) => {
  const { line, contact, state, how, why } = event;
  if (!isOpen(incident.state)) {
    return refused({ kind: 'over', id: incident.id, state: incident.state });
  }
  const key = `${line}/${contact}`;
  const before = incident.elsewhere?.[key];
  const may = before === undefined ? 0 : nextTry(before);
  const out = state === 'trying' ? may === null || may > now : before?.state !== 'trying';
  if (out)
    return refused({ kind: 'already', what: 'called elsewhere', by: null, at: before?.at ?? null });
  const count = (before?.tries ?? 0) + (state === 'trying' ? 1 : 0);
  const after = {
    ...incident,
    elsewhere: { ...incident.elsewhere, [key]: { at: now, tries: count, state } },
  };
  return decided(after, 'paged-elsewhere', { line, contact, how: [...how], stage: state, why }, []);
};
