import { z } from 'zod';
import { defineAction, type StepOutcome } from '../core/action.ts';
import { formatDuration } from '../core/duration.ts';
import type { Plan, Step } from '../core/plan.ts';
import { targetName } from '../core/target.ts';
import { forBetween, lastingMs, slack } from './lasting.ts';
import { messageParam } from './maintenance/message.ts';
import { type MaintenanceState, maintenanceOf, stateFact, stateText } from './maintenance/state.ts';
import { healthFacts, verdictOf } from './proof.ts';

const params = z.strictObject({
  for: forBetween('5m', '4h').describe('How long it lasts, from 5m to 4h: then it ends by itself.'),
  message: messageParam,
});

const stepArgs = z.object({ message: z.string(), lasts: z.number(), wasOn: z.boolean() });

/** Runbook 000 "Emergency Procedures" touches a flag that nobody takes away; 004 §11 "Maintenance Windows". */
export const maintenanceOn = defineAction({
  name: 'maintenance on',
  version: 1,
  summary: 'Shows everybody a maintenance page for a while, and takes it away again by itself.',
  examples: [
    'maintenance on rms-auth@prod --for 30m --reason "the database is moved"',
    'maintenance on rust-auth@prod --for 1h --message "Back at noon." --reason "upgrade"',
  ],
  aliases: [],
  runbook: '000 Emergency Procedures',
  params,
  baseRisk: 'high',
  needs: ['maintenance', 'probes'],

  async precheck(_params, on) {
    const state = await maintenanceOf(on);
    return verdictOf([{ name: 'maintenance', ok: true, seen: `it is ${stateText(state)}` }]);
  },

  async plan({ for: text, message }, on) {
    const [state, health] = await Promise.all([maintenanceOf(on), healthFacts(on)]);
    const lasts = lastingMs(text);
    const long = formatDuration(lasts);
    return {
      summary: `Turn maintenance of ${targetName(on.target)} on for ${long}`,
      facts: [stateFact(state), ...health],
      steps: [stepFor(state, message, lasts)],
      risk: 'high',
      riskReasons: [
        'Nobody can sign in through it until maintenance ends',
        ...(state.on ? ['it is on already: this sets its end and its message anew'] : []),
      ],
      undo: {
        possible: true,
        how: `it ends by itself after ${long}; \`maintenance off\` ends it sooner`,
      },
      revert: { action: 'maintenance off', params: {}, after: lasts },
    };
  },

  async execute(step, _plan, { can }, signal): Promise<StepOutcome> {
    const { message, lasts } = stepArgs.parse(step.args);
    await can.maintenance.turnOn(message, lasts, signal);
    return { kind: 'done', seen: `it is on for ${formatDuration(lasts)}` };
  },

  async probe(step, _plan, on): Promise<StepOutcome> {
    const state = await maintenanceOf(on);
    const seen = `it is ${stateText(state)}`;
    if (!state.on) return { kind: 'failed', why: seen };
    const { message, wasOn } = stepArgs.parse(step.args);
    if (state.message === message && !wasOn) return { kind: 'done', seen };
    return { kind: 'unknown', why: seen };
  },

  async verify(plan, on) {
    const state = await maintenanceOf(on);
    const { message, lasts } = argsIn(plan);
    const left = (state.until ?? Number.POSITIVE_INFINITY) - on.clock.now();
    return verdictOf([
      {
        name: 'maintenance',
        ok: state.on && state.message === message,
        seen: stateText(state),
      },
      { name: 'end', ok: left > 0 && left <= lasts + slack, seen: leftText(left) },
    ]);
  },

  async compensate(plan, { can }, signal): Promise<StepOutcome> {
    if (argsIn(plan).wasOn) return { kind: 'failed', why: 'it was on before, and stays so' };
    await can.maintenance.turnOff(signal);
    return { kind: 'done', seen: 'maintenance is off again' };
  },
});

const argsIn = ({ steps }: Pick<Plan, 'steps'>) => stepArgs.parse(steps[0]?.args);

const stepFor = (state: MaintenanceState, message: string, lasts: number): Step => ({
  id: 'maintenance:on',
  does: `Turn maintenance on for ${formatDuration(lasts)}, with the message “${message}”`,
  args: { message, lasts, wasOn: state.on },
  timeout: 10_000,
  repeatable: true,
});

function leftText(left: number): string {
  if (left === Number.POSITIVE_INFINITY) return 'it has no end';
  return left > 0 ? `it ends in ${formatDuration(left)}` : 'it is over already';
}
