import { z } from 'zod';
import { defineAction, type On, type StepOutcome } from '../core/action.ts';
import { messageOf } from '../core/errors.ts';
import { nearest } from '../core/near.ts';
import { targetName } from '../core/target.ts';
import { soon } from './looking.ts';
import { notWorseChecks } from './not-worse.ts';
import { healthFacts, verdictOf } from './proof.ts';
import { type Check, demand } from './user/checks.ts';

const params = z.strictObject({
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,99}$/, 'expected a prefix, such as cache:')
    .describe('What the names of the entries begin with, as the configuration file lists it.'),
});

const stepArgs = z.object({ prefix: z.string() });

/** A cache this small may be full again at once, so that its size says nothing. */
const small = 20;

/**
 * Runbook 000 and 003 empty the whole database to clear a cache, and the sessions, lockouts and rate
 * limits with it. This removes what stands under one prefix that can be made again.
 */
export const cacheClear = defineAction({
  name: 'cache clear',
  version: 1,
  summary: 'Removes what a service keeps under one prefix only to be faster, and nothing else.',
  examples: ['cache clear rms-auth@prod cache: --reason "old profiles are shown"'],
  aliases: [],
  runbook: '003 Database Issues',
  params,
  operands: ['prefix'],
  baseRisk: 'high',
  needs: ['caches', 'probes'],

  precheck: async ({ prefix }, on) => verdictOf([knownCheck(prefix, on)]),

  async plan({ prefix }, on) {
    demand([knownCheck(prefix, on)]);
    const [size, health] = await Promise.all([on.can.caches.size(prefix, soon()), healthFacts(on)]);
    return {
      summary: `Clear the cache ${prefix} of ${targetName(on.target)}`,
      facts: [{ name: `entries under ${prefix}`, value: String(size), material: false }, ...health],
      steps: [
        {
          id: `cache:${prefix}`,
          does: `Remove every entry whose name begins with ${prefix}`,
          args: { prefix },
          timeout: 60_000,
          repeatable: true,
        },
      ],
      risk: 'high',
      riskReasons: [
        'Until it is filled again, everything that was kept there is asked for anew, which takes longer',
      ],
      undo: { possible: false, how: 'What is removed is made again when somebody asks for it.' },
    };
  },

  async execute(step, _plan, { can }, signal): Promise<StepOutcome> {
    const { prefix } = stepArgs.parse(step.args);
    const removed = await can.caches.clear(prefix, signal);
    const left = await can.caches.size(prefix, signal).catch(messageOf);
    if (typeof left === 'string') {
      return {
        kind: 'unknown',
        why: `${removed} entries were removed; how many are left: ${left}`,
      };
    }
    const seen = `${removed} entries were removed, ${left} are there now`;
    const emptied = left === 0 || left < removed || left <= small;
    return emptied ? { kind: 'done', seen } : { kind: 'unknown', why: seen };
  },

  /** Whoever asks for it again does no harm; a cache that fills again by itself tells nobody. */
  async probe(step, _plan, { can }): Promise<StepOutcome> {
    const { prefix } = stepArgs.parse(step.args);
    const left = await can.caches.size(prefix, soon());
    return left === 0
      ? { kind: 'done', seen: 'there is nothing left of it' }
      : { kind: 'unknown', why: `${left} entries are there, old ones or new ones` };
  },

  async verify(plan, on) {
    const { prefix } = stepArgs.parse(plan.steps[0]?.args);
    const [left, health] = await Promise.all([
      on.can.caches.size(prefix, soon()),
      notWorseChecks(plan, on),
    ]);
    const seen = `${left} since then`;
    return verdictOf([{ name: `entries under ${prefix}`, ok: true, seen }, ...health]);
  },
});

function knownCheck(prefix: string, { can }: On<'caches'>): Check {
  const known = can.caches.prefixes();
  if (known.includes(prefix)) return { name: 'prefix', ok: true, seen: `${prefix} can be cleared` };
  const near = nearest(prefix, known);
  const hint =
    near.length > 0 ? `what comes nearest is ${near.join(' or ')}` : `it has ${known.join(', ')}`;
  return { name: 'prefix', ok: false, seen: `${prefix} is no cache that can be cleared; ${hint}` };
}
