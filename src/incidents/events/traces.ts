import { type Incident, isOpen, type Traces, type TracesAnswer } from '../../core/incident.ts';
import type { IncidentEvent } from '../../core/incident-command.ts';
import { tracesDeadline } from '../deadlines/traces.ts';
import { type Decide, decided, refused } from '../decided.ts';
import { inRoom, toPeople } from '../places.ts';

type OfTraces = Extract<IncidentEvent, { kind: 'traces' }>;

/**
 * So long after it turned out to be about security nothing more arrives of what was on its way to everybody, in
 * milliseconds: whoever had taken a message before that has had it for ten seconds at most.
 */
export const settled = 20_000;

/** The first pause before they are looked for again, and the longest, in milliseconds: it doubles each time. */
const pause = { first: 3_000, longest: 600_000 };

/** So many looks in vain are no news; then somebody has to hear that it may still be read. */
const news = 6;

/**
 * What everybody could read was looked for. Once all of it was looked at after the last message can have arrived,
 * it is said what is left for a person to take away; so it is when that takes too long.
 */
export const traces: Decide<OfTraces> = (incident, { wantedBy, tries, answer }, { now }) => {
  const before = incident.traces;
  const isDue = tracesDeadline(incident) !== null && before?.wantedBy === wantedBy;
  if (!before || !isDue || before.tries !== tries) {
    return refused({ kind: 'already', what: 'looked for', by: null, at: null });
  }
  const next = afterLook(before, answer, now);
  const after = { ...incident, traces: next };
  const facts = {
    emptied: next.emptied,
    rooms: [...next.rooms],
    stand: answer.kind === 'looked' ? answer.stand.map((one) => ({ ...one })) : [],
    why: answer.kind === 'later' ? answer.why : null,
    tries: next.tries,
  };
  if (next.state !== 'wanted') {
    return decided(after, 'traces-cleared', facts, told(after, next.state === 'stand' ? 0 : 1));
  }
  if (answer.kind === 'looked') return decided(after, 'traces-looked', facts, []);
  return decided(after, 'traces-tried', facts, next.tries === news ? told(after, 0) : []);
};

/** Of what is over a channel may never have been made: then whoever leads hears of it alone. */
const told = (incident: Incident, urgency: 0 | 1) =>
  isOpen(incident.state) || incident.channel?.lost === null
    ? inRoom(incident, urgency)
    : toPeople([incident.roles.commander?.by ?? incident.declaredBy.id], urgency);

function afterLook(before: Traces, answer: TracesAnswer, now: number): Traces {
  const emptied = before.emptied + answer.emptied;
  const looked = { ...before, emptied, tries: before.tries + 1 };
  if (answer.kind === 'later') {
    return { ...looked, at: now + Math.min(pause.longest, pause.first * 2 ** before.tries) };
  }
  // What was asked of Slack before then may have missed what arrived meanwhile.
  if (before.at < before.from + settled) return { ...looked, at: before.from + settled };
  return { ...looked, state: answer.stand.length > 0 ? 'stand' : 'gone' };
}
