import { type RawBuilder, sql } from 'kysely';
import type { RunPatch, Transition } from '../../core/transition.ts';
import type { BodyPieces } from '../audit/audit-body.ts';
import { storedJson, storedText } from '../database/stored-json.ts';

const documents = ['plan', 'approval', 'votes', 'steps', 'verdict', 'escalated'] as const;

/** A value as one column keeps it. */
export const jsonColumn = (value: unknown): RawBuilder<unknown> =>
  value === null ? sql`null` : sql`${storedJson(value)}::jsonb`;

/** What a patch sets, as parts of an `update`. */
export function assignments(patch: RunPatch): RawBuilder<unknown>[] {
  const set: RawBuilder<unknown>[] = [];
  for (const name of documents) {
    if (patch[name] !== undefined) set.push(sql`${sql.ref(name)} = ${jsonColumn(patch[name])}`);
  }
  if (patch.newPlan) set.push(sql`new_plan = ${jsonColumn(patch.newPlan)}`);
  if (patch.state !== undefined) set.push(sql`state = ${patch.state}`);
  if (patch.state === 'executing') set.push(sql`began_at = coalesce(began_at, ${thisMoment})`);
  if (patch.why !== undefined) set.push(sql`why = ${patch.why && storedText(patch.why)}`);
  if (patch.fence !== undefined) set.push(sql`fence = ${patch.fence}::bigint`);
  if (patch.waitsFor !== undefined) set.push(sql`waits_until = ${fromNow(patch.waitsFor)}`);
  if (patch.validFor !== undefined) set.push(sql`valid_until = ${fromNow(patch.validFor)}`);
  return [...set, ...endAssignments(patch)];
}

function endAssignments({ endsIn, endsOn, ended }: RunPatch): RawBuilder<unknown>[] {
  if (endsIn === null) return [sql`ends_at = null`, sql`ends_on = null`];
  const set: RawBuilder<unknown>[] = [];
  if (endsIn !== undefined) set.push(sql`ends_at = ${fromNow(endsIn)}`);
  if (endsOn) set.push(sql`ends_on = ${jsonColumn(endsOn)}`);
  if (ended) set.push(sql`ended_how = ${ended.how}`, sql`ended_by = ${ended.by}`);
  return set;
}

/** This moment, as precise as everything else that counts milliseconds. */
export const thisMoment = sql`date_trunc('milliseconds', gatehouse_now())`;

/** So many milliseconds from now, by the database's clock. */
export const fromNow = (ms: number): RawBuilder<unknown> =>
  sql`${thisMoment} + ${ms}::double precision * interval '1 millisecond'`;

const columns = { waitsUntil: sql`waits_until`, validUntil: sql`valid_until` };

/** Which row a change is of, if it is still time. */
export function conditions({
  id,
  version,
  before,
  after,
  early = 0,
}: Transition): RawBuilder<unknown> {
  const all = [sql`id = ${id}`, sql`version = ${version}`];
  if (before) all.push(sql`${columns[before]} > ${thisMoment}`);
  if (after) all.push(sql`${columns[after]} <= ${fromNow(early)}`);
  return sql.join(all, sql` and `);
}

/** The text of an audit record, put together where the time is known. */
export const bodyText = (
  about: RawBuilder<unknown>,
  { middle, end }: BodyPieces,
  at: RawBuilder<unknown>,
): RawBuilder<unknown> =>
  sql`('{"about":' || ${about} || ${middle}::text || gatehouse_ms(${at})::text || ${end}::text)`;
