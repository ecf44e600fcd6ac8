import { sql } from 'kysely';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { AuditCheck } from '../../src/core/audit.ts';
import { auditSource } from '../../src/store/audit/sql-audit.ts';
import { verifyLog } from '../../src/store/audit/verify-log.ts';
import type { Engine } from '../../src/store/database/engine.ts';
import type { Store } from '../../src/store/open-store.ts';
import { patience } from '../support/patience.ts';
import { someIncident } from '../support/some-incident.ts';
import { changeOf, declarer } from './incidents.ts';
import { change, entry, newRun } from './runs.ts';

const length = 1_000;

/** What a change of an incident sets besides what it says. */
const next = "version = version + 1, chain_hash = 'x'";
const words = (steps: number) =>
  `document = document || jsonb_build_object('version', version + ${steps})`;
const whole = `${next}, ${words(1)}`;
const leaping = `version = version + 2, ${words(2)}`;

/** What the database refuses, and what a check finds when somebody who owns it did it nevertheless. */
export function tamperingContract(setUp: () => { store: Store; engine: Engine }) {
  const run = newRun();
  let incident = someIncident(0);
  const idOf = new Map<number, number>();
  const execute = (text: string) => sql.raw(text).execute(setUp().engine.db);
  const verify = () => setUp().store.audit.verify();

  beforeAll(async () => {
    const { store, engine } = setUp();
    await store.runs.create(run, entry('run.requested'));
    for (let version = 1; version < length; version += 1) {
      await store.runs.transition(change({ id: run.id, version }));
    }
    incident = await declarer(() => store.incidents)();
    for (let version = 1; version < 5; version += 1) {
      await store.incidents.transition(changeOf({ ...incident, version }));
    }
    await untilNotesAreTold(engine.db);
    const sealed = async () => expect(await verify()).toMatchObject({ ok: true, unsealed: 0 });
    await vi.waitFor(sealed, patience);
    const { rows } = await sql<{ id: number; version: number }>`
      select id, version from audit where subject = ${run.id}`.execute(engine.db);
    for (const { id, version } of rows) idOf.set(version, id);
  });

  describe('nobody, not even the owner of the tables,', () => {
    test.each([
      ['edits', "update audit set body = body || ' '"],
      ['edits a seal', 'update audit_seal set n = n + 1'],
      ['deletes', 'delete from audit'],
      ['deletes a seal', 'delete from audit_seal'],
      ['empties', 'truncate audit cascade'],
      ['deletes a run', 'delete from run'],
      ['deletes an incident', 'delete from incident'],
      ['empties the incidents', 'truncate incident'],
      ['deletes what the checks said', 'delete from incident_sample'],
      ['deletes that nobody was there', 'delete from absence'],
      ['edits when nobody was there', 'update absence set until_at = from_at'],
      ['deletes the kill switch', 'delete from kill_switch'],
    ])('%s what was recorded', async (_, statement) => {
      await expect(execute(statement)).rejects.toThrow('stay as they are');
    });

    test.each([
      ['by hand', '', 'cannot follow'],
      ['for one person', "version = version + 1, chain_hash = 'x',", 'two_people_lift_it'],
      [
        'for one person twice',
        `version = version + 1, chain_hash = 'x', lifted_by = '[{"id":"U1","at":1},{"id":"U1","at":2}]',`,
        'two_people_lift_it',
      ],
      [
        'without a record',
        `version = version + 1, chain_hash = 'x', lifted_by = '[{"id":"U1"},{"id":"U2"}]',`,
        'kill_switch_has_record',
      ],
    ])('puts the kill switch off %s', async (_, how, why) => {
      await setUp().store.killSwitch.engage({ id: 'U9', team: 'T1' }, 'storm');
      const off = execute(`update kill_switch set ${how} engaged = false`);
      await expect(off).rejects.toThrow(why);
      expect((await setUp().store.killSwitch.state()).on).toBe(true);
    });

    test('edits what was recorded while it calls itself a replica', async () => {
      const editing = setUp().engine.transact(async (trx) => {
        await sql`set local session_replication_role = replica`.execute(trx);
        await sql`update audit set body = ''`.execute(trx);
      });
      await expect(editing).rejects.toThrow('stay as they are');
    });

    test.each([
      ['moves a run by two versions', 'version = version + 2', 'cannot follow'],
      ['moves a run without a sum', 'version = version + 1', 'cannot follow'],
      ['moves a run back', 'version = version - 1', 'cannot follow'],
      [
        'changes what was asked for',
        "version = version + 1, chain_hash = 'x', reason = 'none'",
        'does not change',
      ],
      [
        'invents a state',
        "version = version + 1, chain_hash = 'x', state = 'done'",
        'run_state_check',
      ],
      [
        'changes a run without a record',
        "version = version + 1, chain_hash = 'x'",
        'run_has_record',
      ],
    ])('%s', async (_, set, why) => {
      const found = await setUp().store.runs.find(run.id);
      await expect(execute(`update run set ${set} where id = '${run.id}'`)).rejects.toThrow(why);
      expect(await setUp().store.runs.find(run.id)).toEqual(found);
    });
  });

  test.each([
    [
      'gives an incident another name in its words',
      `${whole} || '{"id":"INC-0"}'`,
      'something else',
    ],
    ['moves an incident by two versions', leaping, 'cannot follow'],
    ['moves an incident without a sum', `version = version + 1, ${words(1)}`, 'cannot follow'],
    [
      'changes an incident and not its version',
      `document = document || '{"title":"none"}'`,
      'cannot follow',
    ],
    ['puts off what an incident waits for', 'wake_at = null', 'cannot follow'],
    ['changes what an incident came of', `${whole}, origin = 'other'`, 'does not change'],
    ['changes when it was declared', `${whole}, declared_at = gatehouse_now()`, 'does not change'],
    ['gives an incident another version in its words', next, 'says something else'],
    [
      'invents a state for an incident',
      `${next}, ${words(1)} || '{"state":"done"}'`,
      'incident_state_check',
    ],
    ['changes an incident without a record', whole, 'incident_has_record'],
  ])('nobody %s', async (_, set, why) => {
    const found = await setUp().store.incidents.find(incident.id);
    const editing = execute(`update incident set ${set} where id = '${incident.id}'`);
    await expect(editing).rejects.toThrow(why);
    expect((await setUp().store.incidents.find(incident.id))?.incident).toEqual(found?.incident);
  });

  test('nothing is changed while nothing can be written into the audit', async () => {
    const { store } = setUp();
    const [asked, before] = [newRun(), await store.runs.find(run.id)];
    const stop = await store.killSwitch.state();
    await execute(`
      create function audit_is_away() returns trigger language plpgsql as $$
      begin raise exception 'the audit is away'; end $$`);
    await execute(
      'create trigger away before insert on audit for each row execute function audit_is_away()',
    );
    const by = { id: 'U8', team: 'T1' };
    const suspendedBy = { run: 'R-1', actor: 'user:T1/U8', reason: 'left the team' };
    const messages = [{ kind: 'card' as const, to: `C-${asked.id}` }];
    const news = [{ kind: 'notice' as const, to: `C-${asked.id}`, urgency: 0 as const }];
    const known = await store.incidents.list({ limit: 100 });
    const changes = [
      () => store.runs.create(asked, entry('run.requested')),
      () => store.runs.transition(change({ id: run.id, version: length }, { messages })),
      () => declarer(() => store.incidents)({}, news),
      () => store.incidents.transition(changeOf({ ...incident, version: 5 }, {}, news)),
      () => store.killSwitch.engage(by, 'storm'),
      () => store.notes.append('system:away', entry('away')),
      () => store.suspensions.suspend('person:T1/U9', suspendedBy),
    ];
    try {
      for (const make of changes) await expect(make()).rejects.toThrow('the audit is away');
    } finally {
      await execute('drop trigger away on audit');
      await execute('drop function audit_is_away()');
    }
    expect(await store.runs.find(asked.id)).toBeNull();
    expect(await store.runs.find(run.id)).toEqual(before);
    expect(await store.killSwitch.state()).toEqual(stop);
    expect(await store.incidents.list({ limit: 100 })).toEqual(known);
    expect((await store.outbox.take(1_000)).filter(({ to }) => to === messages[0]?.to)).toEqual([]);
    expect(await verify()).toMatchObject({ ok: true });
  });

  describe('whoever owns the database is found out', () => {
    const at = (version: number) => `id = ${idOf.get(version)}`;
    const named = (version: number) => `run ${run.id}, version ${version}`;
    // In the order in which whoever writes locks them.
    const tables = ['run', 'incident', 'audit', 'audit_seal'];

    /** Does it as the owner may, answers what a check says who sees it, and undoes it all. */
    const checkAfter = async (...statements: string[]): Promise<AuditCheck> => {
      let check: AuditCheck | null = null;
      const undoing = setUp().engine.transact(async (trx) => {
        for (const table of tables) {
          await sql.raw(`alter table ${table} disable trigger all`).execute(trx);
        }
        await sql`create temporary table kept_audit on commit drop as table audit`.execute(trx);
        for (const statement of statements) await sql.raw(statement).execute(trx);
        check = await verifyLog(auditSource(trx));
        throw new Error('enough was seen');
      });
      await expect(undoing).rejects.toThrow('enough was seen');
      return check ?? expect.fail();
    };
    const found = (firstBad: string) => ({
      ok: false,
      firstBad: expect.stringContaining(firstBad),
    });

    describe.each([1, 500, length])('at record %i of a thousand', (version) => {
      test('who edits it', async () => {
        const edit = `update audit set body = replace(body, 'user:T1/U1', 'user:T1/U9') where ${at(version)}`;
        expect(await checkAfter(edit)).toMatchObject(found(named(version)));
      });

      test('who deletes it', async () => {
        expect(await checkAfter(`delete from audit where ${at(version)}`)).toMatchObject(
          found(named(version)),
        );
      });

      test('who inserts another before it', async () => {
        const of = `where subject = '${run.id}'`;
        const forged = `
          insert into audit (id, subject, version, body, hash) overriding system value
          select id, subject, version, replace(body, 'user:T1/U1', 'user:T1/U9'), hash
          from kept_audit where ${at(version)}`;
        const rest = `
          insert into audit (id, subject, version, body, hash) overriding system value
          select id + 1000000, subject, version + 1, body, hash
          from kept_audit ${of} and version >= ${version}`;
        const gap = `delete from audit ${of} and version >= ${version}`;
        expect(await checkAfter(gap, rest, forged)).toMatchObject(found(named(version)));
      });

      test('who swaps it with its neighbour', async () => {
        const other = version === length ? version - 1 : version + 1;
        const swap = `
          update audit set body = other.body, hash = other.hash from kept_audit other
          where (audit.${at(version)} and other.${at(other)})
            or (audit.${at(other)} and other.${at(version)})`;
        expect(await checkAfter(swap)).toMatchObject(found(named(Math.min(version, other))));
      });

      test('who cuts off everything from it on', async () => {
        const cut = `delete from audit where subject = '${run.id}' and version >= ${version}`;
        expect(await checkAfter(cut)).toMatchObject(found(named(version)));
      });

      test('who cuts it off and sets the run back', async () => {
        const cut = `delete from audit where subject = '${run.id}' and version >= ${version}`;
        const back =
          version === 1
            ? `delete from run where id = '${run.id}'`
            : `update run set version = ${version - 1}, chain_hash =
                (select hash from audit where ${at(version - 1)}) where id = '${run.id}'`;
        expect(await checkAfter(cut, back)).toMatchObject(found(`record ${idOf.get(version)}`));
      });
    });

    describe('of an incident', () => {
      const of = (version: number) => `subject = '${incident.id}' and version = ${version}`;

      test.each([
        [
          'edits',
          (n: number) => `update audit set body = replace(body, 'U1', 'U9') where ${of(n)}`,
        ],
        ['deletes', (n: number) => `delete from audit where ${of(n)}`],
      ])('who %s a line of its timeline', async (_, statement) => {
        for (const version of [1, 3, 5]) {
          expect(await checkAfter(statement(version))).toMatchObject(
            found(`${incident.id}, version ${version}`),
          );
        }
      });

      test('who sets it back with its newest line', async () => {
        const back = `
          update incident set version = 4, document = document || '{"version":4}', chain_hash =
            (select hash from audit where ${of(4)}) where id = '${incident.id}'`;
        expect(await checkAfter(`delete from audit where ${of(5)}`, back)).toMatchObject({
          ok: false,
          firstBad: expect.stringMatching(/^(record|seal) /),
        });
      });

      test('who makes it disappear', async () => {
        const gone = `delete from incident where id = '${incident.id}'`;
        expect(await checkAfter(gone)).toMatchObject(found(`${incident.id}, version 1`));
      });
    });

    test('who removes a seal', async () => {
      expect(await checkAfter('delete from audit_seal where n = 2')).toMatchObject(found('seal 2'));
    });

    test('who edits a seal', async () => {
      expect(await checkAfter("update audit_seal set hash = 'x' where n = 2")).toMatchObject(
        found('seal 2'),
      );
    });

    test('who keeps a record from being sealed', async () => {
      const { runs } = setUp().store;
      const hidden = newRun();
      await execute('alter table audit disable trigger pending');
      await runs.create(hidden, entry('run.requested'));
      await execute('alter table audit enable always trigger pending');
      const [record] = await setUp().store.audit.find({ subject: hidden.id, limit: 1 });
      expect(await verify()).toMatchObject({ ok: false, firstBad: `record ${record?.id}` });
      await execute(`insert into audit_pending values (${record?.id})`);
    });
  });
}

/** Notes that were only counted so far are written down when their minute is over: not amid what follows. */
async function untilNotesAreTold(db: Engine['db']): Promise<void> {
  await sql`update gatehouse_clock set shift = shift + interval '1 minute'`.execute(db);
  const counted = async () =>
    (await sql`select from audit_note where left_out > 0`.execute(db)).rows.length;
  await vi.waitFor(async () => expect(await counted()).toBe(0), patience);
}
