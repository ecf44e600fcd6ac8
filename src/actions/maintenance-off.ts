import { z } from 'zod';
import { defineAction, type StepOutcome } from '../core/action.ts';
import { targetName } from '../core/target.ts';
import { isNewer } from './lasting.ts';
import { maintenanceOf, stateFact, stateText } from './maintenance/state.ts';
import { healthFacts, verdictOf } from './proof.ts';

/** Runbook 000 "Emergency Procedures" and 004 §11: the end of maintenance, which the runbooks leave to memory. */
export const maintenanceOff = defineAction({
  name: 'maintenance off',
  version: 1,
  summary: 'Takes the maintenance page away, so that people can sign in again.',
  examples: ['maintenance off rms-auth@prod --reason "the database has moved"'],
  aliases: [],
  runbook: '000 Emergency Procedures',
  params: z.strictObject({}),
  baseRisk: 'high',
  needs: ['maintenance', 'probes'],

  async precheck(_params, on) {
    const state = await maintenanceOf(on);
    const isOurs = state.on && !(on.request.ends && isNewer(state, on.clock.now()));
    const checks = [{ name: 'maintenance', ok: isOurs, seen: `it is ${stateText(state)}` }];
    return { ...verdictOf(checks), nothingToDo: !isOurs };
  },

  async plan(_params, on) {
    const [state, health] = await Promise.all([maintenanceOf(on), healthFacts(on)]);
    return {
      summary: `Turn maintenance of ${targetName(on.target)} off`,
      facts: [stateFact(state), ...health],
      steps: [
        {
          id: 'maintenance:off',
          does: state.on ? 'Turn maintenance off' : 'Make sure that maintenance is off',
          args: {},
          timeout: 10_000,
          repeatable: true,
        },
      ],
      risk: 'high',
      riskReasons: ['Everybody can reach it again, in whatever state it is'],
      undo: { possible: true, how: '`maintenance on` shows the page again' },
    };
  },

  async execute(_step, _plan, { can }, signal): Promise<StepOutcome> {
    await can.maintenance.turnOff(signal);
    return { kind: 'done', seen: 'it is off' };
  },

  async probe(_step, _plan, on): Promise<StepOutcome> {
    const state = await maintenanceOf(on);
    const seen = `it is ${stateText(state)}`;
    return state.on ? { kind: 'failed', why: seen } : { kind: 'done', seen };
  },

  async verify(_plan, on) {
    const state = await maintenanceOf(on);
    return verdictOf([{ name: 'maintenance', ok: !state.on, seen: stateText(state) }]);
  },
});
