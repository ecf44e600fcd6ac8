import { formatDuration } from '../../core/duration.ts';
import type { IncidentStats, Spread } from '../../core/incident-figures.ts';
import { severityName } from '../../core/severity.ts';
import { context, header, section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { code } from '../text/code.ts';

/** How incidents went, and over which time, in milliseconds. */
export interface StatsPage {
  stats: readonly IncidentStats[];
  over: number;
  service: string | null;
}

/** So many groups stand in one message; the others are named. */
const most = 20;

/** How long incidents took and which promises were kept: all of them first, then by severity, then by service. */
export function statsMessage({ stats, over, service }: StatsPage): Message {
  const about = service === null ? '' : ` of ${code(service, 80)}`;
  const shown = stats.filter(({ group }) => service === null || group.by !== 'service');
  const none = (shown[0]?.incidents ?? 0) === 0;
  const groups = shown.slice(0, most).map((one) => section(groupText(one)));
  const left = shown.length - groups.length;
  return {
    text: 'How incidents went',
    blocks: [
      header('How incidents went'),
      section(`The last ${formatDuration(over)}${about}.`),
      ...(none ? [section('Nothing was declared in that time.')] : groups),
      ...(left > 0 ? [context(`${left} more groups; name a --service to see it.`)] : []),
      context(
        'In the middle, and in brackets all but the slowest tenth. Noticed: from the beginning of the impact. The others: from the declaration. What was cancelled counts in nothing else.',
      ),
    ],
  };
}

function groupText(stats: IncidentStats): string {
  const { incidents, cancelled, updates, reminders, escalations, redAgain } = stats;
  const due = updates.onTime + updates.late;
  const { promised, kept } = stats.acknowledgements;
  return [
    `*${groupName(stats)}*: ${incidents} ${incidents === 1 ? 'incident' : 'incidents'}${cancelled === 0 ? '' : `, ${cancelled} of them cancelled`}`,
    `Noticed ${took(stats.detect)} · acknowledged ${took(stats.acknowledge)} · mitigated ${took(stats.mitigate)} · resolved ${took(stats.resolve)}`,
    `Acknowledged in time ${share(kept, promised)} · updates on time ${share(updates.onTime, due)}${updates.merged === 0 ? '' : `, ${updates.merged} merged`}`,
    `Reminders ${reminders} · calls ${escalations} · red again ${redAgain}`,
  ].join('\n');
}

function groupName({ group }: IncidentStats): string {
  if (group.by === 'severity') return severityName(group.severity);
  return group.by === 'all' ? 'All' : code(group.service, 80);
}

const took = ({ p50, p90 }: Spread): string =>
  p50 === null ? '–' : `${formatDuration(p50)} (${formatDuration(p90 ?? p50)})`;

const share = (kept: number, of: number): string =>
  of === 0 ? '–' : `${Math.round((100 * kept) / of)} % (${kept} of ${of})`;
