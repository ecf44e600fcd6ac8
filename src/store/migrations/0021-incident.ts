import { type Kysely, sql } from 'kysely';

/**
 * Incidents: one document each. What they are found by is computed from it, so that neither can say something
 * else. Every change moves the version by one and has one audit record; only the hold of whoever works on
 * what is due changes without one. The states are written out, because a migration that was released must
 * not change with the code.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create sequence incident_number`.execute(db);
  await sql`
    create table incident (
      id text primary key,
      number bigint not null unique check (id = 'INC-' || number),
      version integer not null check (version > 0),
      chain_hash bytea not null,
      origin text unique,
      declared_at timestamptz not null,
      changed_at timestamptz not null,
      wake_at timestamptz,
      taken_until timestamptz,
      document jsonb not null,
      state text not null generated always as (document ->> 'state') stored check (state in (
        'triage', 'investigating', 'identified', 'mitigating', 'monitoring', 'resolved', 'closed',
        'cancelled')),
      severity smallint not null generated always as ((document ->> 'severity')::smallint) stored
        check (severity between 1 and 4),
      security boolean not null generated always as ((document ->> 'security')::boolean) stored,
      service text generated always as (document #>> '{target,service}') stored,
      env text generated always as (document #>> '{target,env}') stored,
      channel text generated always as (document #>> '{channel,id}') stored,
      constraint incident_has_record foreign key (id, version) references audit (subject, version)
        deferrable initially deferred
    )`.execute(db);
  await makeIndexes(db);
  await makeGuards(db);
}

/** What is due and what is unfinished is found without a look at what is over, however much that is. */
async function makeIndexes(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unique index incident_channel on incident (channel) where channel is not null`.execute(
    db,
  );
  await sql`
    create index incident_due on incident (severity, wake_at, number)
    where wake_at is not null`.execute(db);
  await sql`
    create index incident_unfinished on incident (number)
    where state not in ('closed', 'cancelled')`.execute(db);
  await sql`create index incident_by_service on incident (service, number desc)`.execute(db);
  await sql`create index incident_by_age on incident (declared_at)`.execute(db);
}

/**
 * After the update and not before it, and no constraint for what the document says of itself, so that a hold
 * makes nothing be computed again.
 */
async function makeGuards(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function gatehouse_incident_step() returns trigger language plpgsql as $$
    begin
      if (new.document ->> 'id', (new.document ->> 'version')::integer)
        is distinct from (new.id, new.version) then
        raise exception '%: its document says something else', new.id;
      end if;
      if tg_op = 'INSERT' then
        return null;
      end if;
      if new.version <> old.version + 1 or new.chain_hash = old.chain_hash then
        raise exception '%: version % cannot follow version %', old.id, new.version, old.version;
      end if;
      if (new.id, new.number, new.origin, new.declared_at)
        is distinct from (old.id, old.number, old.origin, old.declared_at) then
        raise exception '%: what it is does not change', old.id;
      end if;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger step after insert or update of
      id, number, version, chain_hash, origin, declared_at, changed_at, wake_at, document on incident
    for each row execute function gatehouse_incident_step()`.execute(db);
  await sql`alter table incident enable always trigger step`.execute(db);
  await sql`
    create trigger keep before delete or truncate on incident
    for each statement execute function gatehouse_keep()`.execute(db);
  await sql`alter table incident enable always trigger keep`.execute(db);
}
