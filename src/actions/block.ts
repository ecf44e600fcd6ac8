import { z } from 'zod';
import { defineAction, type On, type StepOutcome, type Verdict } from '../core/action.ts';
import type { Denied } from '../core/capabilities.ts';
import { readAddress } from './block/address.ts';
import { argsIn, blockDraft } from './block/draft.ts';
import { entryFor, listOf, mostBlocked } from './block/list.ts';
import { entryText, markedReason, runOf } from './block/mark.ts';
import { whyProtected } from './block/never.ts';
import { blockedAddress, forHowLong } from './block/params.ts';
import { signInsFrom } from './block/sign-ins.ts';
import { verdictOf } from './proof.ts';
import { demand } from './user/checks.ts';

/**
 * Runbooks 000 "Brute Force Attack" and 003 "High Authentication Failures" append a rule to iptables that
 * never ends, that an earlier rule can make void, and that takes any spelling for an address.
 */
export const block = defineAction({
  name: 'block',
  version: 2,
  summary: 'Refuses an address or a range for a while, and lets it in again by itself.',
  examples: [
    'block 203.0.113.7 rust-auth@prod --reason "credential stuffing"',
    'block 203.0.113.0/28 all@prod --for 4h --reason "credential stuffing"',
  ],
  aliases: ['ban'],
  runbook: '000 Brute Force Attack',
  params: z.strictObject({ address: blockedAddress, for: forHowLong }),
  operands: ['address'],
  everywhere: true,
  baseRisk: 'high',
  needs: ['denyList'],
  wants: ['logs'],

  async precheck({ address }, on) {
    return verdictOf(checksFor(address, await listOf(on), on));
  },

  async plan(params, on) {
    const [list, signIns] = await Promise.all([listOf(on), signInsFrom(params.address, on)]);
    demand(checksFor(params.address, list, on));
    return blockDraft(params, list, signIns, on);
  },

  async execute(_step, plan, on, signal): Promise<StepOutcome> {
    const { address, lasts } = argsIn(plan);
    await on.can.denyList.deny(address, lasts, markedReason(on.request), signal);
    return { kind: 'done', seen: `${address} is refused` };
  },

  async probe(_step, plan, on): Promise<StepOutcome> {
    const { ok, seen } = await ourCheck(argsIn(plan).address, on);
    return ok ? { kind: 'done', seen } : { kind: 'failed', why: seen };
  },

  async verify(plan, on) {
    return verdictOf([await ourCheck(argsIn(plan).address, on)]);
  },

  async compensate(plan, on, signal): Promise<StepOutcome> {
    const { can, clock } = on;
    const { address, prior } = argsIn(plan);
    const now = entryFor(await listOf(on), address);
    if (now && !isOurs(now, on)) {
      return { kind: 'failed', why: `somebody else has blocked it since: ${entryText(now)}` };
    }
    const left = prior === null ? 0 : (prior.until ?? Number.POSITIVE_INFINITY) - clock.now();
    if (left === Number.POSITIVE_INFINITY) {
      return { kind: 'failed', why: 'it was blocked for ever before, and stays blocked' };
    }
    if (left <= 0) await can.denyList.allow(address, signal);
    else await can.denyList.deny(address, left, prior?.reason ?? 'as before', signal);
    return { kind: 'done', seen: left <= 0 ? 'it is let in again' : 'it ends as it did before' };
  },
});

/** What must hold before anything is blocked. The address is read once more: a run can be older than this rule. */
function checksFor(
  address: string,
  list: Awaited<ReturnType<typeof listOf>>,
  { can }: On<'denyList'>,
): Verdict['checks'] {
  const read = readAddress(address);
  const why = read.ok ? whyProtected(read.value, can.denyList.protectedRanges()) : read.error;
  const full = list.length >= mostBlocked && entryFor(list, address) === null;
  return [
    { name: 'address', ok: why === null, seen: why ?? 'it may be blocked' },
    {
      name: 'list',
      ok: !full,
      seen: full
        ? `${list.length} are blocked, as many as may be; \`blocks\` shows which can go`
        : `${list.length} are blocked`,
    },
  ];
}

/** Whether it is on the list because of this run, read back from the system. */
async function ourCheck(address: string, on: On<'denyList'>): Promise<Verdict['checks'][number]> {
  const entry = entryFor(await listOf(on), address);
  if (!entry) return { name: address, ok: false, seen: 'not blocked' };
  const open = entry.until === null || entry.until > on.clock.now();
  return { name: address, ok: isOurs(entry, on) && open, seen: entryText(entry) };
}

/** Whether this run put it there; a list that keeps no reasons does not tell. */
const isOurs = (entry: Denied, { request }: Pick<On, 'request'>): boolean =>
  entry.reason === null || runOf(entry) === request.run;
