import { z } from 'zod';
import { defineAction, type StepOutcome } from '../core/action.ts';
import { targetName } from '../core/target.ts';
import { evidenceCheck, keepEvidence, keepStep } from './evidence/keep.ts';
import { evidenceSources } from './evidence/sources.ts';
import { verdictOf } from './proof.ts';

/**
 * Runbook 003 "Complete System Compromise" and 000 "Account Compromise": evidence before anything is
 * changed. The runbook copies logs into /tmp after it has revoked and rotated everything.
 */
export const evidenceSnapshot = defineAction({
  name: 'evidence snapshot',
  version: 1,
  summary:
    'Keeps what a service shows now, so that it can be looked at later: nothing in it can be changed.',
  examples: ['evidence snapshot rms-auth@prod --reason "suspicious sign-ins since 14:05"'],
  aliases: ['evidence collect'],
  runbook: '003 Complete System Compromise',
  params: z.strictObject({}),
  baseRisk: 'low',
  lock: 'shared',
  needs: ['vault'],
  wants: evidenceSources,

  async precheck(_params, on) {
    const some = evidenceSources.some((source) => on.maybe[source] !== undefined);
    const seen = some
      ? 'there is something to keep'
      : 'the target shows nothing that could be kept';
    return verdictOf([{ name: 'sources', ok: some, seen }]);
  },

  async plan(_params, on) {
    return {
      summary: `Keep evidence of ${targetName(on.target)}`,
      facts: [],
      steps: [keepStep(on)],
      risk: 'low',
      riskReasons: ['the service is only read'],
      undo: { possible: false, how: 'What is kept stays: Gatehouse never removes it.' },
    };
  },

  execute: (_step, _plan, on, signal): Promise<StepOutcome> => keepEvidence(on, signal),

  async probe(_step, _plan, on): Promise<StepOutcome> {
    const { ok, seen } = await evidenceCheck(on);
    return ok ? { kind: 'done', seen } : { kind: 'failed', why: seen };
  },

  verify: async (_plan, on) => verdictOf([await evidenceCheck(on)]),
});
