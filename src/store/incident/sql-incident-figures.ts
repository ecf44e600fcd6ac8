import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { IncidentFigures, IncidentStats, StatsQuery } from '../../core/incident-figures.ts';
import { type Severity, severities } from '../../core/severity.ts';
import type { Tables } from '../database/tables.ts';
import { countedEvents } from './incident-events.ts';

/** Figures over the table `incident`, each in one statement. */
export const sqlIncidentFigures = (db: Kysely<Tables>): IncidentFigures => ({
  stats: async (query) => {
    const { rows } = await statement(query).execute(db);
    return rows.map(statsOf);
  },
  pulse: async () => {
    const { rows } = await sql<{ severity: Severity; open: number; lag: number | null }>`
      select severity, count(*) filter (where state not in ('resolved', 'closed', 'cancelled')) as open,
        gatehouse_ms((select gatehouse_now())) - gatehouse_ms(min(wake_at)) as lag
      from incident where wake_at is not null or state not in ('closed', 'cancelled')
      group by severity`.execute(db);
    const openOf = (one: Severity) =>
      Number(rows.find(({ severity }) => severity === one)?.open ?? 0);
    return {
      open: Object.fromEntries(severities.map((one) => [one, openOf(one)])) as Record<
        Severity,
        number
      >,
      lag: Math.max(0, ...rows.map(({ lag }) => Number(lag ?? 0))),
    };
  },
});

/** A moment of a document, or nothing. */
const at = (path: string) => sql`(document #>> ${sql.lit(path)})::double precision`;
const figure = (path: string) => sql`coalesce((document #>> ${sql.lit(path)})::bigint, 0)`;

/** What every incident of the time comes to. A document is read once; its records are found by its id. */
const each = ({ since, service }: StatsQuery) => sql`
  select severity, service, state = 'cancelled' as cancelled,
    case when ${at('{times,detected}')} >= ${at('{times,started}')}
      then ${at('{times,detected}')} - ${at('{times,started}')} end as detect,
    ${at('{firstAcknowledged,at}')} - ${at('{times,declared}')} as acknowledge,
    ${at('{times,mitigated}')} - ${at('{times,declared}')} as mitigate,
    ${at('{times,resolved}')} - ${at('{times,declared}')} as resolve,
    gatehouse_ms((select gatehouse_now())) - ${at('{times,declared}')} as age,
    (document #>> array['rules', 'clock', severity::text, 'acknowledge'])::double precision as within,
    ${figure('{updates,onTime}')} as on_time, ${figure('{updates,late}')} as late,
    ${figure('{updates,merged}')} as merged,
    (select count(*) from jsonb_array_elements(document -> 'escalations') as one
      where (one ->> 'at')::double precision > ${at('{times,declared}')}) as escalations,
    (select count(*) from audit where subject = incident.id and ${eventIn(countedEvents.reminders)}) as reminders,
    (select count(*) from audit where subject = incident.id and ${eventIn(countedEvents.redAgain)}) as red_again
  from incident
  where declared_at >= ${new Date(since)}::timestamptz
    and ${service === undefined ? sql`true` : sql`service = ${service}`}`;

const eventIn = (events: readonly string[]) =>
  sql`body::jsonb ->> 'event' = any(${events}::text[])`;

/** What was not cancelled: false alarms say nothing of how incidents go. */
const real = sql`filter (where not cancelled)`;

const spread = (name: string): RawBuilder<unknown> => {
  const took = sql.ref(name);
  const share = (of: number) =>
    sql`percentile_cont(${sql.lit(of)}::double precision) within group (order by ${took}) ${real}`;
  return sql`json_build_object(
    'count', count(${took}) ${real}, 'p50', ${share(0.5)}, 'p90', ${share(0.9)}) as ${took}`;
};

interface Row extends Pick<IncidentStats, 'detect' | 'acknowledge' | 'mitigate' | 'resolve'> {
  by_severity: number;
  by_service: number;
  severity: Severity | null;
  service: string | null;
  counts: Record<string, number>;
}

const promised = sql`within is not null and (acknowledge is not null or age > within) and not cancelled`;

const statement = (query: StatsQuery) => sql<Row>`
  with each as (${each(query)})
  select grouping(severity) as by_severity, grouping(service) as by_service, severity, service,
    ${spread('detect')}, ${spread('acknowledge')}, ${spread('mitigate')}, ${spread('resolve')},
    json_build_object(
      'incidents', count(*), 'cancelled', count(*) filter (where cancelled),
      'promised', count(*) filter (where ${promised}),
      'kept', count(*) filter (where ${promised} and acknowledge <= within),
      'onTime', coalesce(sum(on_time) ${real}, 0), 'late', coalesce(sum(late) ${real}, 0),
      'merged', coalesce(sum(merged) ${real}, 0),
      'reminders', coalesce(sum(reminders) ${real}, 0),
      'escalations', coalesce(sum(escalations) ${real}, 0),
      'redAgain', coalesce(sum(red_again) ${real}, 0)) as counts
  from each
  group by grouping sets ((), (severity), (service))
  having grouping(service) = 1 or service is not null
  order by grouping(severity) + grouping(service) desc, grouping(severity), severity, service`;

function statsOf({
  by_severity,
  by_service,
  severity,
  service,
  counts,
  ...spreads
}: Row): IncidentStats {
  const { detect, acknowledge, mitigate, resolve } = spreads;
  const of = (name: string): number => Number(counts[name] ?? 0);
  return {
    group: groupOf(by_severity === 0 ? severity : null, by_service === 0 ? service : null),
    incidents: of('incidents'),
    cancelled: of('cancelled'),
    ...{ detect, acknowledge, mitigate, resolve },
    acknowledgements: { promised: of('promised'), kept: of('kept') },
    updates: { onTime: of('onTime'), late: of('late'), merged: of('merged') },
    reminders: of('reminders'),
    escalations: of('escalations'),
    redAgain: of('redAgain'),
  };
}

function groupOf(severity: Severity | null, service: string | null): IncidentStats['group'] {
  if (severity !== null) return { by: 'severity', severity };
  return service === null ? { by: 'all' } : { by: 'service', service };
}
