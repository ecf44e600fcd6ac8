import { z } from 'zod';
import { defineAction, type On, type StepOutcome } from '../core/action.ts';
import { formatDuration } from '../core/duration.ts';
import type { Draft, Plan, Step } from '../core/plan.ts';
import { targetName } from '../core/target.ts';
import { forBetween, lastingMs, slack } from './lasting.ts';
import { soon } from './looking.ts';
import { notWorseChecks } from './not-worse.ts';
import { healthFacts, verdictOf } from './proof.ts';
import { choiceChecks, directionOf, isIdle, usualOf } from './ratelimit-set/choice.ts';
import { demand } from './user/checks.ts';

const params = z.strictObject({
  preset: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected the name of a preset, such as tight')
    .describe('The preset, such as `normal`, `tight` or `emergency`.'),
  for: forBetween('5m', '2h')
    .optional()
    .describe('How long it lasts, from 5m to 2h; left out for the usual preset alone.'),
});

const stepArgs = z.object({
  preset: z.string(),
  lasts: z.number().nullable(),
  was: z.string(),
});

/** Runbook 003 "High Authentication Failures" exports a variable that no running service reads. */
export const ratelimitSet = defineAction({
  name: 'ratelimit set',
  version: 1,
  summary: 'Sets how often one address may ask, by preset, for a while.',
  examples: [
    'ratelimit set rust-auth@prod tight --for 30m --reason "credential stuffing"',
    'ratelimit set rust-auth@prod normal --reason "the attack is over"',
  ],
  aliases: ['rate-limit set'],
  runbook: '003 High Authentication Failures',
  params,
  operands: ['preset'],
  baseRisk: 'high',
  needs: ['rateLimit', 'probes'],

  async precheck(wanted, on) {
    const checks = choiceChecks(wanted, await limitOf(on), on);
    const failed = checks.filter(({ ok }) => !ok);
    return { ...verdictOf(checks), nothingToDo: failed.length > 0 && failed.every(isIdle) };
  },

  async plan(wanted, on): Promise<Draft> {
    const [limit, health] = await Promise.all([limitOf(on), healthFacts(on)]);
    demand(choiceChecks(wanted, limit, on));
    const step = stepFor(wanted.preset, wanted.for, limit.preset);
    const { lasts } = argsOf(step);
    return {
      summary: `Set the rate limit of ${targetName(on.target)} to ${wanted.preset}${during(lasts)}`,
      facts: [
        { name: 'rate limit', value: limit.preset, material: true },
        ...(limit.until === null ? [] : [endFact(limit.until)]),
        { name: 'requests per minute', value: String(limit.perMinute), material: false },
        ...health,
      ],
      steps: [step],
      risk: 'high',
      riskReasons: [
        directionOf(wanted.preset, limit.preset, on),
        'people who share one address, as in an office, are counted as one',
      ],
      undo: { possible: true, how: `\`ratelimit set ${usualOf(on)}\` ends it${orItself(lasts)}` },
      ...(lasts !== null && {
        revert: { action: 'ratelimit set', params: { preset: usualOf(on) }, after: lasts },
      }),
    };
  },

  async execute(step, _plan, { can }, signal): Promise<StepOutcome> {
    const { preset, lasts } = argsOf(step);
    await can.rateLimit.use(preset, lasts, signal);
    return { kind: 'done', seen: `${preset} is in force${during(lasts)}` };
  },

  async probe(step, _plan, on): Promise<StepOutcome> {
    const { preset, was } = argsOf(step);
    const now = (await limitOf(on)).preset;
    const seen = `${now} is in force`;
    if (was === preset) return { kind: 'unknown', why: `${seen}, as before` };
    if (now === preset) return { kind: 'done', seen };
    return now === was ? { kind: 'failed', why: seen } : { kind: 'unknown', why: seen };
  },

  async verify(plan, on) {
    const [limit, health] = await Promise.all([limitOf(on), notWorseChecks(plan, on)]);
    const { preset, lasts } = argsOf(stepIn(plan));
    return verdictOf([
      {
        name: 'rate limit',
        ok: limit.preset === preset,
        seen: `${limit.preset}, ${limit.perMinute} requests a minute`,
      },
      { name: 'end', ...endCheck(limit.until, lasts, on.clock.now()) },
      ...health,
    ]);
  },
});

/** Somebody who has prolonged what is in force wants it to last. */
const endFact = (until: number) => ({
  name: 'in force until',
  value: new Date(until).toISOString(),
  material: true,
});

const limitOf = ({ can }: On<'rateLimit'>) => can.rateLimit.read(soon());

const argsOf = ({ args }: Pick<Step, 'args'>) => stepArgs.parse(args);

const stepIn = ({ steps }: Pick<Plan, 'steps'>) => ({ args: steps[0]?.args ?? null });

const stepFor = (preset: string, text: string | undefined, was: string): Step => {
  const lasts = text === undefined ? null : lastingMs(text);
  return {
    id: `ratelimit:${preset}`,
    does: `Set the rate limit to ${preset}${during(lasts)}`,
    args: { preset, lasts, was },
    timeout: 10_000,
    repeatable: true,
  };
};

const during = (lasts: number | null): string =>
  lasts === null ? '' : ` for ${formatDuration(lasts)}`;

const orItself = (lasts: number | null): string =>
  lasts === null ? '' : `, and it ends by itself after ${formatDuration(lasts)}`;

/** What was to end must say when; what was to stay must not end. */
function endCheck(until: number | null, lasts: number | null, now: number) {
  if (until === null) return { ok: lasts === null, seen: 'it stays' };
  const left = until - now;
  const ok = lasts !== null && left > 0 && left <= lasts + slack;
  return { ok, seen: left > 0 ? `it ends in ${formatDuration(left)}` : 'it is over already' };
}
