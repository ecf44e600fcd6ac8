import { type Kysely, sql } from 'kysely';
import type { IncidentSamples, Sample } from '../../core/incidents.ts';
import type { Tables } from '../database/tables.ts';
import { jsonColumn } from '../run/run-changes.ts';

/** The table `incident_sample`: a row that is not filled is a minute that somebody has begun to look at. */
export const sqlIncidentSamples = (db: Kysely<Tables>): IncidentSamples => ({
  claim: async (incident, at) => {
    const { rows } = await sql`
      insert into incident_sample (incident, at) values (${incident}, ${at}::bigint)
      on conflict do nothing returning at`.execute(db);
    return rows.length > 0;
  },
  fill: async (incident, sample) => {
    await sql`
      insert into incident_sample as minute (incident, at, sample)
      values (${incident}, ${sample.at}::bigint, ${jsonColumn(sample)})
      on conflict (incident, at) do update set sample = excluded.sample
      where minute.sample is null`.execute(db);
  },
  since: async (incident, since) => {
    const { rows } = await sql<{ sample: Sample }>`
      select sample from incident_sample
      where incident = ${incident} and at >= ${since}::bigint and sample is not null
      order by at limit 3000`.execute(db);
    return rows.map(({ sample }) => sample);
  },
});
