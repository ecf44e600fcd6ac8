import { expect, test } from 'vitest';
import type { StoredHead, StoredRecord, StoredSeal } from '../../src/store/audit/audit-source.ts';
import { verifyLog } from '../../src/store/audit/verify-log.ts';
import { memoryLog } from '../../src/store/memory/memory-log.ts';

const length = 1_000;
const positions = Array.from({ length }, (_, at) => at);

/** A run with a thousand records, and beside it another one. */
async function chain() {
  const log = memoryLog();
  for (const at of positions) {
    for (const subject of at % 10 === 0 ? ['beside', 'run-1'] : ['run-1']) {
      const version = subject === 'beside' ? at / 10 + 1 : at + 1;
      const entry = { event: 'run.changed', actor: 'user:T1/U1', facts: { at } };
      const about = JSON.stringify({ action: 'restart', id: subject });
      log.append({ subject, about, version, at: 1_700_000_000_000 + at, entry });
    }
  }
  const heads = await log.heads('');
  const seals = [...(await log.seals(0)), ...(await log.seals(1_000))];
  return { records: log.all(), heads, seals };
}
const whole = await chain();
const mine = whole.records.filter(({ subject }) => subject === 'run-1');

/** What is found in a log with these records. The seals cover the records as they are now. */
function check(
  records: readonly StoredRecord[],
  { heads = whole.heads, seals = whole.seals }: Partial<typeof whole> = {},
) {
  const hashes = new Map(records.map(({ id, hash }) => [id, hash]));
  const covering = (seal: StoredSeal): StoredSeal => ({
    ...seal,
    records: seal.records.map(({ id }) => ({ id, hash: hashes.get(id) ?? 'gone' })),
  });
  const ordered = records.toSorted((a, b) => a.id - b.id);
  const once = <T>(rows: readonly T[], after: unknown) => (after === 0 || after === '' ? rows : []);
  return verifyLog({
    records: async (after) => once(ordered, after),
    heads: async (after): Promise<readonly StoredHead[]> => once(heads, after),
    seals: async (after) => once(seals.map(covering), after),
    pending: async () => [],
  });
}

const without = (gone: readonly StoredRecord[]) => {
  const ids = new Set(gone.map(({ id }) => id));
  return whole.records.filter(({ id }) => !ids.has(id));
};
const changed = (...changes: StoredRecord[]) => {
  const byId = new Map(changes.map((record) => [record.id, record]));
  return whole.records.map((record) => byId.get(record.id) ?? record);
};
const recordAt = (at: number) => mine[at] as StoredRecord;
const named = (at: number) => ({
  ok: false,
  firstBad: expect.stringMatching(new RegExp(`run run-1, version ${at + 1}$`)),
});

test('a log that nobody touched is whole', async () => {
  const records = length + length / 10;
  expect(await check(whole.records)).toEqual({ ok: true, records, seals: records, unsealed: 0 });
});

test('each of a thousand records that is edited is named', async () => {
  for (const at of positions) {
    const { body } = recordAt(at);
    const edited = { ...recordAt(at), body: body.replace('U1', 'U9') };
    expect(await check(changed(edited))).toMatchObject(named(at));
  }
});

test('each of a thousand records that is deleted is named', async () => {
  for (const at of positions) expect(await check(without([recordAt(at)]))).toMatchObject(named(at));
});

test('each of a thousand records that another is put before is told', async () => {
  for (const at of positions) {
    const later = mine
      .slice(at)
      .map((one) => ({ ...one, id: one.id + 0.5, version: one.version + 1 }));
    const forged = { ...recordAt(at), body: recordAt(at).body.replace('U1', 'U9') };
    expect(await check([...without(mine.slice(at)), forged, ...later])).toMatchObject(named(at));
  }
});

test('each of a thousand records that changes places with the next is named', async () => {
  for (const at of positions.slice(0, -1)) {
    const [one, other] = [recordAt(at), recordAt(at + 1)];
    const places = [
      { ...other, id: one.id },
      { ...one, id: other.id },
    ];
    expect(await check([...without([one, other]), ...places])).toMatchObject(named(at));
    const texts = [
      { ...one, body: other.body, hash: other.hash },
      { ...other, body: one.body, hash: one.hash },
    ];
    expect(await check([...without([one, other]), ...texts])).toMatchObject(named(at));
  }
});

test('each of a thousand ends that is cut off is named, also when the run is set back', async () => {
  for (const at of positions) {
    const rest = without(mine.slice(at));
    expect(await check(rest)).toMatchObject(named(at));
    const { version, hash } = mine[at - 1] ?? { version: 0, hash: '' };
    const beside = whole.heads.filter(({ id }) => id !== 'run-1');
    const heads = at === 0 ? beside : [...beside, { id: 'run-1', version, hash }];
    expect(await check(rest, { heads })).toMatchObject({
      ok: false,
      firstBad: `record ${recordAt(at).id}`,
    });
  }
});

test('a record of a run that is not there is named', async () => {
  const heads = whole.heads.filter(({ id }) => id === 'run-1');
  expect(await check(whole.records, { heads })).toMatchObject({
    firstBad: 'run beside, version 1',
  });
});

test('a run whose sum is another than its newest record’s is named', async () => {
  const heads = whole.heads.map((head) => ({ ...head, hash: 'ff' }));
  expect(await check(whole.records, { heads })).toMatchObject({
    firstBad: 'run beside, version 100',
  });
});

test('each seal that is gone is named, and a record that none covers', async () => {
  for (const gone of [0, 1, 500]) {
    const seals = whole.seals.filter((_, at) => at !== gone);
    expect(await check(whole.records, { seals })).toMatchObject({ firstBad: `seal ${gone + 1}` });
  }
  const seals = whole.seals.slice(0, -1);
  const last = whole.records.at(-1)?.id;
  expect(await check(whole.records, { seals })).toMatchObject({ firstBad: `record ${last}` });
});

test('a chain that is passed off as another run’s is named', async () => {
  const log = memoryLog();
  const entry = { event: 'run.changed', actor: 'user:T1/U1', facts: {} };
  log.append({ subject: 'run-1', about: '{"id":"run-1"}', version: 1, at: 1, entry });
  const records = log.all().map((record) => ({ ...record, subject: 'run-2' }));
  const heads = (await log.heads('')).map((head) => ({ ...head, id: 'run-2' }));
  expect(await check(records, { heads, seals: [...(await log.seals(0))] })).toMatchObject({
    firstBad: 'record 1: run run-2, version 1',
  });
});
