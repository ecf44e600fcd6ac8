import { formatDuration } from '../../core/duration.ts';
import type { Incident } from '../../core/incident.ts';
import type { IncidentReport, KeptPromises, MissedPromise } from '../../core/incident-report.ts';

/** A name and what is said under it, both plain text. */
export type Fact = readonly [name: string, said: string];

/** `2026-11-16 10:00 UTC`, the whole date, for files and pages. */
export const fullTime = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** A person as text of a report has them; whatever is no Slack user id is said as it is. */
export const personIn = (id: string): string => (/^[UW][A-Z0-9]{1,20}$/.test(id) ? `<@${id}>` : id);

/** `3:12`, minutes and seconds; with hours from an hour on. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const two = (figure: number) => String(figure).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h === 0 ? `${m}:${two(s)}` : `${h}:${two(m)}:${two(s)}`;
}

/** The key times of an incident and how long each took from the declaration. */
export function keyTimes({ times, firstAcknowledged }: Incident): Fact[] {
  const since = (at: number) => {
    const after = at - times.declared;
    return after > 0 ? ` (${formatDuration(after)} after the declaration)` : '';
  };
  const all: [string, number | null | undefined][] = [
    ['Impact began', times.started],
    ['Noticed', times.detected],
    ['Declared', times.declared],
    ['Acknowledged', firstAcknowledged?.at],
    ['Mitigated', times.mitigated],
    ['Impact ended', times.ended],
    ['Resolved', times.resolved],
    ['Closed', times.closed],
  ];
  return all.flatMap(([name, at]): Fact[] =>
    at === null || at === undefined ? [] : [[name, `${fullTime(at)}${since(at)}`]],
  );
}

/** How long the impact lasted; null while nobody has said when it began and ended. */
export function impactLasted({ times }: Incident): string | null {
  const from = times.started ?? times.declared;
  const until = times.ended ?? times.resolved;
  return until === null ? null : formatDuration(Math.max(0, until - from));
}

/** What was promised and how it was kept, each with whether it was. */
export interface PromiseRow {
  name: string;
  said: string;
  /** Null where nothing was promised. */
  kept: boolean | null;
}

/** The table of promises. */
export function promiseRows({ promises, incident }: IncidentReport): PromiseRow[] {
  const { updates, followUps, reminders, escalations, redAgain, absent } = promises;
  const due = updates.onTime + updates.late;
  const merged = updates.merged === 0 ? '' : `, ${updates.merged} merged into a later one`;
  const none = (figure: number) => (figure === 0 ? 'none' : String(figure));
  return [
    acknowledgedRow(promises),
    {
      name: 'Updates',
      said: due === 0 ? 'none was due' : `${updates.onTime} of ${due} on time${merged}`,
      kept: due === 0 ? null : updates.late === 0 && updates.merged === 0,
    },
    { name: 'Reminders', said: none(reminders), kept: null },
    { name: 'Escalations', said: none(escalations), kept: null },
    { name: 'Red again', said: none(redAgain), kept: null },
    {
      name: 'Gatehouse was away',
      said: absent === 0 ? 'never' : formatDuration(absent),
      kept: absent === 0,
    },
    ...(followUps.dated === 0
      ? []
      : [
          {
            name: 'Follow-ups',
            said: `${followUps.kept} of ${followUps.dated} by their date`,
            kept: followUps.kept === followUps.dated,
          },
        ]),
    ...(incident.review?.due ? [reviewRow(incident)] : []),
  ];
}

/** So many missed promises are named one by one. */
const mostNamed = 100;

/** Every promise that was missed, one by one, as plain text: when it was due, and what came of it. */
export function missedPromises({ promises: { missed } }: IncidentReport): string[] {
  const named = missed.slice(0, mostNamed).map(missedText);
  const left = missed.length - named.length;
  return [...named, ...(left > 0 ? [`${left} more`] : [])];
}

function missedText(one: MissedPromise): string {
  switch (one.kind) {
    case 'update':
      return `Update due ${fullTime(one.due)}: ${cameText(one)}`;
    case 'more-updates':
      return `${one.count} more ${one.count === 1 ? 'update' : 'updates'}, of which it was not written down when they were due`;
    case 'follow-up': {
      const done = one.done === null ? 'not done yet' : `done ${fullTime(one.done)}`;
      return `${one.id} ${one.text}, due ${fullTime(one.due)}: ${done}`;
    }
  }
}

function cameText({ due, came, update, merged }: Extract<MissedPromise, { kind: 'update' }>) {
  if (came === null) return 'did not come, and nothing has come since';
  const which = update === null ? 'an update' : `update ${update}`;
  return merged
    ? `did not come; ${which} of ${fullTime(came)} stands for it`
    : `came ${fullTime(came)} as ${which}, ${formatDuration(came - due)} late`;
}

function acknowledgedRow({ acknowledged: { took, within } }: KeptPromises): PromiseRow {
  const name = 'Acknowledged';
  const of = within === null ? '' : ` of ${stopwatch(within)}`;
  if (took === null)
    return {
      name,
      said: `never${within === null ? '' : `, promised within ${stopwatch(within)}`}`,
      kept: within === null ? null : false,
    };
  return { name, said: `${stopwatch(took)}${of}`, kept: within === null ? null : took <= within };
}

function reviewRow({ review }: Incident): PromiseRow {
  const due = review?.due ?? 0;
  const at = review?.published?.at ?? review?.waived?.at ?? null;
  const how = review?.waived ? 'waived' : 'published';
  const said = `due ${fullTime(due)}${at === null ? ', not published yet' : `, ${how} ${fullTime(at)}`}`;
  return { name: 'Review', said, kept: at === null ? null : at <= due };
}
