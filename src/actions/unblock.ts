import { z } from 'zod';
import { defineAction, type On, type StepOutcome, type Verdict } from '../core/action.ts';
import type { Denied } from '../core/capabilities.ts';
import { nearest } from '../core/near.ts';
import { targetName } from '../core/target.ts';
import { coverOf, entryFor, listOf } from './block/list.ts';
import { entryText, net, runOf } from './block/mark.ts';
import { listedAddress } from './block/params.ts';
import { verdictOf } from './proof.ts';

const stepArgs = z.object({ address: z.string() });

/** The other half of runbooks 000 "Brute Force Attack" and 003: neither says how anybody gets in again. */
export const unblock = defineAction({
  name: 'unblock',
  version: 1,
  summary: 'Lets an address or a range in again before its time.',
  examples: [
    'unblock 203.0.113.7 rust-auth@prod --reason "it was our own scanner"',
    'unblock 203.0.113.0/28 all@prod --reason "the attack is over"',
  ],
  aliases: ['unban'],
  runbook: '000 Brute Force Attack',
  params: z.strictObject({ address: listedAddress }),
  operands: ['address'],
  everywhere: true,
  baseRisk: 'low',
  needs: ['denyList'],

  async precheck({ address }, on) {
    const check = await thereCheck(address, on);
    return { ...verdictOf([check]), nothingToDo: !check.ok };
  },

  async plan({ address }, on) {
    const list = await listOf(on);
    const entry = entryFor(list, address);
    const cover = coverOf(list, address);
    return {
      summary: `Unblock ${address} on ${targetName(on.target)}`,
      facts: [
        { name: address, value: entry ? entryText(entry) : 'not blocked', material: true },
        ...(cover ? [{ name: cover.address, value: entryText(cover), material: false }] : []),
      ],
      steps: [
        {
          id: `unblock:${address}`,
          does: `Take ${address} off the list of those who are refused`,
          args: { address },
          timeout: 10_000,
          repeatable: true,
        },
      ],
      risk: 'low',
      riskReasons: [
        cover ? `${cover.address} still covers it.` : 'Whoever comes from there gets in again.',
      ],
      undo: { possible: true, how: `\`block ${address}\` refuses it again` },
    };
  },

  async execute(step, _plan, { can }, signal): Promise<StepOutcome> {
    const { address } = stepArgs.parse(step.args);
    await can.denyList.allow(address, signal);
    return { kind: 'done', seen: `${address} is let in again` };
  },

  async probe(step, _plan, on): Promise<StepOutcome> {
    const { address } = stepArgs.parse(step.args);
    const entry = entryFor(await listOf(on), address);
    return entry
      ? { kind: 'failed', why: `it still is ${entryText(entry)}` }
      : { kind: 'done', seen: 'it is not blocked' };
  },

  async verify(plan, on) {
    const { address } = stepArgs.parse(plan.steps[0]?.args);
    const entry = entryFor(await listOf(on), address);
    const seen = entry ? entryText(entry) : 'not blocked';
    return verdictOf([{ name: address, ok: entry === null, seen }]);
  },
});

/** Whether there is something to take off. What ends a block by itself leaves a newer one alone. */
async function thereCheck(address: string, on: On<'denyList'>): Promise<Verdict['checks'][number]> {
  const list = await listOf(on);
  const entry = entryFor(list, address);
  if (!entry) {
    const cover = coverOf(list, address);
    const seen = cover
      ? `only ${cover.address} is on the list, and covers it`
      : `it is not blocked${nearText(address, list)}`;
    return { name: address, ok: false, seen };
  }
  const ends = on.request.ends ?? null;
  const ok = ends === null || isOf(entry, ends, on.clock.now());
  return { name: address, ok, seen: ok ? entryText(entry) : `since then ${entryText(entry)}` };
}

/** What is blocked and may have been meant. */
function nearText(address: string, list: readonly Denied[]): string {
  const near = nearest(
    address,
    list.map((one) => one.address),
  );
  return near.length > 0 ? `; what comes nearest is ${near.join(' or ')}` : '';
}

/** Whether that run put it there. A list that keeps no reasons tells by the end: a newer block ends later. */
const isOf = (entry: Denied, run: string, now: number): boolean =>
  entry.reason === null
    ? entry.until === null || entry.until <= now + net + 60_000
    : runOf(entry) === run;
