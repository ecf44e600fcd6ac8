import { z } from 'zod';
import { defineAction, type On, type StepOutcome } from '../core/action.ts';
import { TargetError } from '../core/errors.ts';
import type { Step } from '../core/plan.ts';
import { targetName } from '../core/target.ts';
import { evidenceCheck, isKeepStep, keepEvidence, keepStep } from './evidence/keep.ts';
import { evidenceSources } from './evidence/sources.ts';
import { verdictOf } from './proof.ts';
import { outcomeFrom, sessionsAfter, sessionsFact } from './sessions/count.ts';
import { type Check, demand } from './user/checks.ts';

/** How long ending all sessions and counting them may take, in milliseconds. */
const times = { step: 30_000, count: 5_000 };

const soon = () => AbortSignal.timeout(times.count);

/**
 * Runbook 003 "Complete System Compromise" and 000, `FLUSHALL`, which also empties lockouts, rate limits
 * and everybody else's data, before any evidence was kept. Here evidence is the first step, always, and
 * nothing but sessions is touched.
 */
export const sessionsRevokeAll = defineAction({
  name: 'sessions revoke-all',
  version: 1,
  summary: 'Signs everybody out of a service, after evidence of it was kept.',
  examples: [
    'sessions revoke-all rms-auth@prod --reason "the session store was copied by an intruder"',
  ],
  aliases: [],
  runbook: '003 Complete System Compromise',
  params: z.strictObject({}),
  baseRisk: 'destructive',
  needs: ['sessions'],
  wants: ['vault', ...evidenceSources],

  async precheck(_params, on) {
    return verdictOf(checksFor(on, await on.can.sessions.count(null, soon())));
  },

  async plan(_params, on) {
    const { sessions } = on.can;
    const count = await sessions.count(null, soon());
    demand(checksFor(on, count));
    const place = targetName(on.target);
    const remains = sessions.remains();
    return {
      summary: `End all sessions of ${place}`,
      facts: [sessionsFact(count)],
      steps: [keepStep(on), revokeStep(place)],
      risk: 'destructive',
      riskReasons: [
        count === null
          ? 'everybody who is signed in has to sign in again; the system does not tell how many they are'
          : `up to ${count} people have to sign in again, all at about the same time`,
        ...(remains === null ? [] : [`what outlives it: ${remains.replace(/\.$/, '')}`]),
      ],
      undo: { possible: false, how: 'Sessions that were ended do not come back.' },
    };
  },

  async execute(step, _plan, on, signal): Promise<StepOutcome> {
    if (isKeepStep(step)) return keepEvidence(vaultOf(on), signal);
    await on.can.sessions.revokeAll(signal);
    return { kind: 'done', seen: 'all sessions were ended' };
  },

  async probe(step, _plan, on): Promise<StepOutcome> {
    if (!isKeepStep(step)) return outcomeFrom(await on.can.sessions.count(null, soon()));
    const { ok, seen } = await evidenceCheck(vaultOf(on));
    return ok ? { kind: 'done', seen } : { kind: 'failed', why: seen };
  },

  async verify(plan, on) {
    const [evidence, left] = await Promise.all([
      evidenceCheck(vaultOf(on)),
      on.can.sessions.count(null, soon()),
    ]);
    return verdictOf([evidence, sessionsAfter(plan, left)]);
  },
});

const revokeStep = (place: string): Step => ({
  id: 'revoke-all',
  does: `End all sessions of ${place}, and nothing else`,
  args: { kind: 'revoke-all' },
  timeout: times.step,
  repeatable: true,
});

/** Destroying what an investigation needs is refused where it cannot be kept first; invariant I34. */
function checksFor({ can, maybe }: On<'sessions'>, count: number | null): Check[] {
  const { notAll } = can.sessions;
  return [
    {
      name: 'evidence',
      ok: maybe.vault !== undefined,
      seen: maybe.vault
        ? 'it is kept first'
        : 'there is nowhere to keep evidence first: the configuration file has no section `evidence` for this target',
    },
    {
      name: 'all at once',
      ok: notAll === undefined,
      seen: notAll ?? 'the system can end them',
    },
    {
      name: 'sessions',
      ok: count !== 0,
      seen: count === 0 ? 'nobody is signed in' : 'somebody may be signed in',
    },
  ];
}

/** The same target, with the vault that the plan asked for. */
function vaultOf(on: On<'sessions'>): On<'vault'> {
  const { vault } = on.maybe;
  if (vault) return { ...on, can: { vault } };
  const message = 'evidence cannot be kept any more';
  throw new TargetError(message, { retryable: false, happened: false });
}
