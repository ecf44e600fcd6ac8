import { expect, test } from 'vitest';
import { block } from '../../src/actions/block.ts';
import { unblock } from '../../src/actions/unblock.ts';
import { formatDuration } from '../../src/core/duration.ts';
import { stillClock } from '../support/clock.ts';
import { fakeDenyList } from '../support/deny-list.ts';
import { doIt, lookAgain, onGround, planOf } from '../support/on-ground.ts';
import { someRequest } from '../support/some-request.ts';

const address = '203.0.113.7';
const never = new AbortController().signal;
const hour = 3_600_000;

function ground(options: { guarded?: string[]; keepsReasons?: boolean } = {}, lines?: string[]) {
  const clock = stillClock();
  const denyList = fakeDenyList(clock, options);
  const logs = { read: async () => ({ lines: lines ?? [], total: 0, complete: true }) };
  const by = (run: string, ends: string | null = null) =>
    onGround<'denyList'>(
      { denyList },
      { clock, request: { ...someRequest, run, ends }, maybe: lines ? { logs } : {} },
    );
  return { clock, denyList, by, on: by('R-000001') };
}

test('it lasts an hour unless said, five minutes to a week', () => {
  const ttl = (text?: string) =>
    block.params.safeParse({ address, ...(text && { for: text }) }).data?.for ?? null;
  expect([ttl(), ttl('5m'), ttl('7d')]).toEqual(['1h', '5m', '7d']);
  expect(['4m', '8d', '0', '-1h', 'for ever'].map(ttl)).toEqual(Array(5).fill(null));
});

test('an odd spelling is refused with what to write instead', () => {
  const read = block.params.safeParse({ address: '0x7f.1' });
  expect(read.error?.issues[0]?.message).toContain('write four decimal numbers');
});

test('the plan says who, where, for how long, and that it ends by itself as an unblocking', async () => {
  const { on, denyList } = ground();
  const plan = await planOf(block, { address }, on);
  expect(plan).toMatchObject({
    summary: 'Block 203.0.113.7 on api@prod for 1 h',
    risk: 'high',
    steps: [{ does: 'Put 203.0.113.7 on the list of those who are refused' }],
    revert: { action: 'unblock', params: { address }, after: hour },
    undo: { possible: true, how: expect.stringContaining('ends by itself after 1 h') },
  });
  expect(unblock.params.safeParse(plan.revert?.params).success).toBe(true);
  expect(plan.facts[0]).toEqual({ name: address, value: 'not blocked', material: true });
  expect(denyList.done).toEqual([]);
});

test.each([
  ['203.0.113.0/28', '1h', 'destructive', 'It is a range'],
  [address, '25h', 'destructive', 'longer than a day'],
  [address, '24h', 'high', 'Whoever comes from there'],
])('%s for %s is %s', async (what, ttl, risk, why) => {
  const plan = await planOf(block, { address: what, for: ttl }, ground().on);
  expect(plan.risk).toBe(risk);
  expect(plan.riskReasons.join(' ')).toContain(why);
});

test('who came from there within a day is counted, and nobody from an address that only looks alike', async () => {
  const lines = [
    `{"event":"login_success","ip":"${address}","user":"a@example.com"}`,
    `SECURITY authentication failed ip=${address}: wrong password`,
    `SignIn_Failure from ${address}.`,
    `{"event":"login_success","ip":"${address}0"}`,
    `{"event":"login_success","ip":"1${address}"}`,
    `{"event":"login_success","ip":"${address}.1"}`,
    `{"event":"jwt_generation","ip":"${address}"}`,
  ];
  const plan = await planOf(block, { address }, ground({}, lines).on);
  const value = (name: string) => plan.facts.find((fact) => fact.name === name)?.value;
  expect([value('signed in from it in 24 h'), value('failed from it in 24 h')]).toEqual(['1', '2']);
  expect(plan.riskReasons.join(' ')).toContain('1 sign-ins from there worked');
});

test('a log that cannot be read is said and is in nobody’s way', async () => {
  const { by } = ground();
  const read = async () => Promise.reject(new Error('no such file'));
  const plan = await planOf(block, { address }, { ...by('R-1'), maybe: { logs: { read } } });
  expect(plan.facts.map(({ value }) => value)).toContain('not known: no such file');
});

test.each([
  ['203.0.113.0/24', '203.0.113.0/24 is protected by the configuration'],
  [`${address}/32`, 'is protected'],
  ['the office', 'cannot be read, so nothing is blocked'],
])('what %s protects is not blocked', async (range, why) => {
  const { on } = ground({ guarded: [range] });
  const { ok, checks } = await block.precheck({ address, for: '1h' }, on);
  expect([ok, checks[0]?.seen]).toEqual([false, expect.stringContaining(why)]);
  await expect(planOf(block, { address }, on)).rejects.toThrow(why);
});

test('what is never blocked is refused also where no form has read it', async () => {
  const { ok, checks } = await block.precheck({ address: '10.0.0.1', for: '1h' }, ground().on);
  expect([ok, checks[0]?.seen]).toEqual([false, expect.stringContaining('never blocked')]);
});

test('five hundred are blocked at most, and a longer end needs no new place', async () => {
  const { on, denyList, clock } = ground();
  denyList.list = Array.from({ length: 500 }, (_, at) => ({
    address: `198.51.${at >> 8}.${at & 255}`,
    until: clock.now() + hour,
    reason: null,
  }));
  expect((await block.precheck({ address, for: '1h' }, on)).checks[1]?.ok).toBe(false);
  expect((await block.precheck({ address: '198.51.0.7', for: '1h' }, on)).ok).toBe(true);
});

test('it is done, read back and probed as this run’s; the system keeps it a little longer', async () => {
  const { on, by, denyList, clock } = ground();
  const plan = await planOf(block, { address }, on);
  expect(await lookAgain(block, plan, on)).toMatchObject({ kind: 'failed' });
  expect((await block.verify(plan, on)).ok).toBe(false);
  expect(await doIt(block, plan, on)).toMatchObject({ kind: 'done' });
  expect(denyList.list).toEqual([
    { address, until: clock.now() + hour + 300_000, reason: 'R-000001: a test asks for it' },
  ]);
  expect((await block.verify(plan, on)).ok).toBe(true);
  expect(await lookAgain(block, plan, on)).toMatchObject({ kind: 'done' });
  expect((await block.verify(plan, by('R-000002'))).ok).toBe(false);
});

test('blocking again plans from what stands there, and taking it back puts that there again', async () => {
  const { on, by, denyList, clock } = ground();
  await doIt(block, await planOf(block, { address }, on), on);
  const [before] = denyList.list;
  const newer = by('R-000002');
  const plan = await planOf(block, { address, for: '4h' }, newer);
  expect(plan.facts[0]?.value).toMatch(/^blocked until .* by R-000001 \(a test asks for it\)$/);
  expect(plan.riskReasons).toContain('It is blocked already: this sets its end anew.');
  await doIt(block, plan, newer);
  expect(denyList.list[0]?.until).toBe(clock.now() + 4 * hour + 300_000);
  expect(await block.compensate?.(plan, newer, never)).toMatchObject({ kind: 'done' });
  expect(denyList.list).toEqual([before]);
});

test('taking back what was not there before lets it in again', async () => {
  const { on, denyList } = ground();
  const plan = await planOf(block, { address }, on);
  await doIt(block, plan, on);
  await block.compensate?.(plan, on, never);
  expect(denyList.list).toEqual([]);
});

test('what somebody else has blocked since is not taken back', async () => {
  const { on, denyList, clock } = ground();
  const plan = await planOf(block, { address }, on);
  await doIt(block, plan, on);
  const theirs = { address, until: clock.now() + 9 * hour, reason: 'by the night shift' };
  denyList.list = [theirs];
  expect((await block.verify(plan, on)).ok).toBe(false);
  expect(await block.compensate?.(plan, on, never)).toMatchObject({
    kind: 'failed',
    why: expect.stringMatching(/^somebody else has blocked it since/),
  });
  expect(denyList.list).toEqual([theirs]);
});

test('what was blocked for ever before is not taken away', async () => {
  const { on, denyList } = ground();
  denyList.list = [{ address, until: null, reason: 'by hand' }];
  const plan = await planOf(block, { address }, on);
  await doIt(block, plan, on);
  expect(await block.compensate?.(plan, on, never)).toMatchObject({ kind: 'failed' });
  expect(denyList.list).toHaveLength(1);
});

test('unblocking says what stands there, takes it off and reads that back', async () => {
  const { on, by, denyList } = ground();
  await doIt(block, await planOf(block, { address }, on), on);
  const people = by('R-000002');
  expect((await unblock.precheck({ address }, people)).ok).toBe(true);
  const plan = await planOf(unblock, { address }, people);
  expect(plan).toMatchObject({ summary: 'Unblock 203.0.113.7 on api@prod', risk: 'low' });
  expect(plan.facts[0]).toMatchObject({
    value: expect.stringContaining('R-000001'),
    material: true,
  });
  expect((await unblock.verify(plan, people)).ok).toBe(false);
  expect(await lookAgain(unblock, plan, people)).toMatchObject({ kind: 'failed' });
  await doIt(unblock, plan, people);
  expect([denyList.list, (await unblock.verify(plan, people)).ok]).toEqual([[], true]);
  expect(await lookAgain(unblock, plan, people)).toMatchObject({ kind: 'done' });
});

test('there is nothing to unblock where it is not on the list, also when a range covers it', async () => {
  const { on, denyList, clock } = ground();
  const look = () => unblock.precheck({ address }, on);
  expect(await look()).toMatchObject({ ok: false, nothingToDo: true });
  denyList.list = [{ address: '203.0.113.0/28', until: clock.now() + hour, reason: null }];
  expect((await look()).checks[0]?.seen).toBe('only 203.0.113.0/28 is on the list, and covers it');
});

test('what is on a list can be taken off, however grave', () => {
  expect(unblock.params.safeParse({ address: '10.0.0.0/8' }).success).toBe(true);
});

test('what ends a block by itself ends that block, and no newer one', async () => {
  const { on, by, denyList } = ground();
  await doIt(block, await planOf(block, { address }, on), on);
  expect((await unblock.precheck({ address }, by('R-000009', 'R-000001'))).ok).toBe(true);
  const newer = by('R-000002');
  await doIt(block, await planOf(block, { address }, newer), newer);
  expect(await unblock.precheck({ address }, by('R-000009', 'R-000001'))).toMatchObject({
    ok: false,
    nothingToDo: true,
    checks: [{ seen: expect.stringMatching(/^since then blocked until .* by R-000002/) }],
  });
  denyList.list = [{ address, until: null, reason: 'the firewall team' }];
  expect((await unblock.precheck({ address }, by('R-000009', 'R-000001'))).ok).toBe(false);
});

test.each(['5m', '1h', '24h'])(
  'a list without reasons tells a newer block of %s by its end',
  async (ttl) => {
    const { on, by, clock } = ground({ keepsReasons: false });
    const own = by('R-000009', 'R-000001');
    await doIt(block, await planOf(block, { address, for: '1h' }, on), on);
    clock.pass(hour);
    expect((await unblock.precheck({ address }, own)).ok).toBe(true);
    const newer = by('R-000002');
    await doIt(block, await planOf(block, { address, for: ttl }, newer), newer);
    expect((await unblock.precheck({ address }, own)).ok, formatDuration(hour)).toBe(false);
  },
);
