import { z } from 'zod';
import { defineAction } from '../core/action.ts';
import type { Draft, Step } from '../core/plan.ts';
import { targetName } from '../core/target.ts';
import { copyFact, stateCheck } from './copies.ts';
import { chooseNext } from './deploy/choice.ts';
import { deployFacts, deployRisks } from './deploy/facts.ts';
import { stageCheck } from './deploy/stages.ts';
import { steadyChecks } from './deploy/steady.ts';
import { goneBackFrom } from './history/releases.ts';
import { plainName } from './plain-name.ts';
import { healthFacts, verdictOf } from './proof.ts';
import { releaseSwitch, switchUndo } from './release-switch.ts';
import type { Choice } from './rollback/choice.ts';
import { lookAround, type Sight, switchChecks } from './rollback/sight.ts';
import { argsIn, rollbackStep } from './rollback/step.ts';
import { type Check, demand } from './user/checks.ts';

const params = z.strictObject({
  release: plainName('5.3.0').describe('The release, as `history` shows it.'),
});

/** Runbook 004 §4 "Release Runbook", 000 "Deployment", 002 "Deployment": a release that exists, staging first. */
export const deploy = defineAction({
  name: 'deploy',
  version: 2,
  summary:
    'Switches to a newer release that ran before production does, and checks that it is well.',
  examples: ['deploy rust-auth@prod 1.14.0 --reason "the fix for refused tokens"'],
  aliases: [],
  runbook: '004 Release Runbook',
  params,
  operands: ['release'],
  baseRisk: 'high',
  needs: ['releases', 'deployments', 'instances', 'probes'],

  async precheck({ release }, on) {
    const [sight, stage] = await Promise.all([lookAround(on), stageCheck(release, on)]);
    return verdictOf(checksOf(release, sight, stage));
  },

  async plan({ release }, on): Promise<Draft> {
    const [sight, stage, health] = await Promise.all([
      lookAround(on),
      stageCheck(release, on),
      healthFacts(on),
    ]);
    demand(checksOf(release, sight, stage));
    const chosen = chooseNext(sight.releases, release);
    if (!chosen.ok) throw new Error(chosen.error);
    const { from, to } = chosen.value;
    const wasLeft = goneBackFrom(to, sight.releases);
    return {
      summary: `Deploy ${to.id} to ${targetName(on.target)}, in place of ${from.id}`,
      facts: [...deployFacts(chosen.value, stage), ...sight.copies.map(copyFact), ...health],
      steps: [deployStep(chosen.value, sight)],
      risk: wasLeft === null ? 'high' : 'destructive',
      riskReasons: deployRisks(chosen.value, wasLeft, sight.copies.length),
      undo: switchUndo(from.id),
    };
  },

  ...releaseSwitch,

  async verify(plan, on) {
    const [sight, health] = await Promise.all([lookAround(on), steadyChecks(on)]);
    return verdictOf([...switchChecks(argsIn(plan), sight), ...health]);
  },

  async attest(plan, on, signal) {
    const { to } = argsIn(plan);
    await on.can.deployments.markVerified(to, signal);
    return `${to} is marked as verified: a rollback may choose it later`;
  },
});

function checksOf(release: string, { releases, copies }: Sight, stage: Check): Check[] {
  const chosen = chooseNext(releases, release);
  const seen = chosen.ok ? `${chosen.value.to.id} is there` : chosen.error;
  return [
    { name: 'release', ok: chosen.ok, seen },
    { name: 'copies', ok: copies.length > 0, seen: `it has ${copies.length} of them` },
    stateCheck(copies),
    stage,
  ];
}

const deployStep = (choice: Choice, { copies }: Sight): Step => ({
  ...rollbackStep(choice, copies),
  id: `deploy:${choice.to.id}`,
});
