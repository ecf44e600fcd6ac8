import { z } from 'zod';
import { defineAction, type Verdict } from '../core/action.ts';
import { TargetError } from '../core/errors.ts';
import { targetName } from '../core/target.ts';
import { stateCheck } from './copies.ts';
import { plainName } from './plain-name.ts';
import { healthChecks, healthFacts, verdictOf } from './proof.ts';
import { releaseSwitch, switchUndo } from './release-switch.ts';
import { chooseRelease } from './rollback/choice.ts';
import { rollbackFacts, rollbackRisks } from './rollback/facts.ts';
import { lookAround, switchChecks } from './rollback/sight.ts';
import { argsIn, rollbackStep } from './rollback/step.ts';

const params = z.strictObject({
  to: plainName('5.2.4')
    .optional()
    .describe(
      'The release to go back to, as `history` shows it; without it the newest older one that is verified.',
    )
    .meta({ title: 'Release' }),
});

/**
 * Runbook 000 and 002 "rollback", 001 "Rollback Procedures", 004 §4: back to a release that ran well.
 * The runbooks take what lay there a day ago, or the one before; both may be the one that failed.
 */
export const rollback = defineAction({
  name: 'rollback',
  version: 2,
  summary:
    'Goes back to an older release that ran well, restarts the service with it and checks it.',
  examples: [
    'rollback enterprise-auth@prod --reason "half of the sign-ins fail since 5.3.0"',
    'rollback rust-auth@prod --to 1.13.2 --reason "bad signing key since 1.14.0"',
  ],
  aliases: ['revert'],
  runbook: '001 Rollback Procedures',
  params,
  baseRisk: 'high',
  needs: ['releases', 'deployments', 'instances', 'probes'],

  async precheck({ to }, on) {
    const { releases, copies } = await lookAround(on);
    const chosen = chooseRelease(releases, to ?? null);
    const seen = chosen.ok ? `${chosen.value.to.id} ran well` : chosen.error;
    return verdictOf([
      { name: 'release', ok: chosen.ok, seen },
      { name: 'copies', ok: copies.length > 0, seen: `it has ${copies.length} of them` },
      stateCheck(copies),
    ]);
  },

  async plan({ to }, on) {
    const [{ releases, copies }, health] = await Promise.all([lookAround(on), healthFacts(on)]);
    const chosen = chooseRelease(releases, to ?? null);
    // A plan is made again before it is executed: what has become wrong since must not be planned.
    if (!chosen.ok) throw new TargetError(chosen.error, { retryable: false, happened: false });
    const { from, to: back } = chosen.value;
    return {
      summary: `Roll ${targetName(on.target)} back from ${from.id} to ${back.id}`,
      facts: [...rollbackFacts(chosen.value, copies), ...health],
      steps: [rollbackStep(chosen.value, copies)],
      risk: 'high',
      riskReasons: rollbackRisks(chosen.value, copies),
      undo: switchUndo(from.id),
    };
  },

  ...releaseSwitch,

  async verify(plan, on): Promise<Verdict> {
    const [sight, health] = await Promise.all([lookAround(on), healthChecks(on)]);
    return verdictOf([...switchChecks(argsIn(plan), sight), ...health]);
  },
});
