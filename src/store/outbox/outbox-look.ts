import { type Kysely, sql } from 'kysely';
import type {
  LeftOutAt,
  MessageKind,
  Standing,
  StandingMessage,
  Unconfirmed,
  WaitingNotice,
  Whose,
} from '../../core/outbox.ts';
import type { Tables } from '../database/tables.ts';
import { isDirect, mostUnconfirmed, mostWaiting, ofThePast } from './outbox-rules.ts';

type Db = Kysely<Tables>;

/** Whether a row is one of the subject's: a notice of an incident is the incident's. */
const isOf = (subject: string) => sql`
  (subject = ${subject} or (kind = 'notice' and subject like ${`${escaped(subject)}/%`}))`;

const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

/** Whose message stands somewhere, as far as the table `outbox` knows. */
export async function findWhose(
  db: Db,
  subject: string,
  { channel, ts }: Standing,
): Promise<Whose> {
  const { rows } = await sql<{ whose: Whose }>`
    with there as (
      select subject, kind from outbox where posted_ts = ${ts} and posted_channel = ${channel}
    )
    select case
      when exists (select from there where ${isOf(subject)}) then 'its'
      when exists (select from there) then 'another'
      when exists (
        select from outbox
        where ${isOf(subject)} and kind in ('card', 'escalation', 'incident', 'notice')
          and (place = ${channel} or place like 'incident:%'
            or (${isDirect(channel)} and place like 'user:%'))
          and ((posted_ts is null and gave_up is null)
            or ambiguous or taken_until > gatehouse_now())
      ) then 'perhaps'
      else 'nobody'
    end as whose`.execute(db);
  return rows[0]?.whose ?? 'nobody';
}

/** The messages that were given up and not shown since. */
export async function findUnconfirmed(db: Db, subject?: string): Promise<readonly Unconfirmed[]> {
  const mine = subject === undefined ? sql`true` : isOf(subject);
  const { rows } = await sql<Unconfirmed>`
    select outbox.id::text as id, kind, subject, place as "to", unconfirmed_why as why,
      gatehouse_ms(unconfirmed_since) as since
    from outbox where unconfirmed_since is not null and ${mine}
    order by unconfirmed_since desc, outbox.id desc limit ${mostUnconfirmed}`.execute(db);
  return rows;
}

/** Where a message stands; null while it does not. */
export async function findStanding(
  db: Db,
  subject: string,
  kind: MessageKind,
  place: string,
): Promise<Standing | null> {
  const { rows } = await sql<Standing>`
    select posted_channel as channel, posted_ts as ts from outbox
    where subject = ${subject} and kind = ${kind} and place = ${place} and posted_ts is not null`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Where everything of an incident stands. */
export async function findStandings(db: Db, incident: string): Promise<readonly StandingMessage[]> {
  const { rows } = await sql<StandingMessage>`
    select place as "to", posted_channel as channel, posted_ts as ts from outbox
    where posted_ts is not null and kind in ('incident', 'notice') and ${isOf(incident)}
    order by id`.execute(db);
  return rows;
}

/** The notices that were left out since then. */
export async function findLeftOut(db: Db, since: number): Promise<readonly LeftOutAt[]> {
  const { rows } = await sql<LeftOutAt>`
    select split_part(subject, '/', 1) as incident, place as "to", gatehouse_ms(next_at) as at
    from outbox where kind = 'notice' and gave_up = ${ofThePast}
      and next_at >= ${new Date(since)}::timestamptz
    order by next_at, id limit ${mostWaiting}`.execute(db);
  return rows;
}

/** The notices that wait to be sent. */
export async function findWaiting(db: Db): Promise<readonly WaitingNotice[]> {
  const { rows } = await sql<WaitingNotice>`
    select subject, place as "to", priority as urgency,
      gatehouse_ms((select gatehouse_now())) - gatehouse_ms(added_at) as waited
    from outbox where kind = 'notice' and shown < wanted and gave_up is null
    order by priority, added_at, id limit ${mostWaiting}`.execute(db);
  return rows;
}
