import { defineAction, type On, type StepOutcome } from '../core/action.ts';
import { formatDuration } from '../core/duration.ts';
import type { Draft, Step } from '../core/plan.ts';
import { targetName } from '../core/target.ts';
import { currentOf, keyFacts, keysOf, rotationChecks } from './keys-rotate/keys.ts';
import { overlapOf, type RotateParams, rotateArgs, rotateParams } from './keys-rotate/wanted.ts';
import { soon } from './looking.ts';
import { notWorseChecks } from './not-worse.ts';
import { healthFacts, verdictOf } from './proof.ts';
import { type Check, demand } from './user/checks.ts';

/** Runbook 003 "JWT Token Issues" and "Security Breach Response": a new key to sign tokens with. */
export const keysRotate = defineAction({
  name: 'keys rotate',
  version: 1,
  summary:
    'Signs tokens with a new key; the old one is accepted for a while, or ends at once with all its tokens.',
  examples: [
    'keys rotate rust-auth@prod --overlap 1h --reason "the key is a year old"',
    'keys rotate security-platform@prod now --reason "the key was seen in a log"',
  ],
  aliases: [],
  runbook: '003 JWT Token Issues',
  params: rotateParams,
  operands: ['mode'],
  baseRisk: 'high',
  needs: ['signingKeys', 'probes'],
  wants: ['sessions'],

  async precheck(wanted, on) {
    const current = currentOf(await keysOf(on));
    return verdictOf([keyCheck(current), overlapCheck(wanted)]);
  },

  async plan(wanted, on): Promise<Draft> {
    const [keys, sessions, health] = await Promise.all([
      keysOf(on),
      sessionsOf(on),
      healthFacts(on),
    ]);
    const current = currentOf(keys);
    demand([keyCheck(current), overlapCheck(wanted)]);
    const overlap = overlapOf(wanted);
    return {
      summary: `Rotate the signing key of ${targetName(on.target)}${overlap === 0 ? ' at once' : ''}`,
      facts: [...keyFacts(keys, sessions), ...health],
      steps: [stepFor(current ?? '', overlap)],
      risk: overlap === 0 ? 'destructive' : 'high',
      riskReasons: overlap === 0 ? endingAll(keys, sessions) : endingLater(current, overlap),
      undo: {
        possible: false,
        how: 'A key that has ended, and its tokens, cannot be brought back.',
      },
    };
  },

  async execute(step, _plan, { can }, signal): Promise<StepOutcome> {
    const { expected, overlap } = rotateArgs.parse(step.args);
    await can.signingKeys.rotate(expected, overlap, signal);
    return { kind: 'done', seen: `${expected} signs nothing any more` };
  },

  async probe(step, plan, on): Promise<StepOutcome> {
    const keys = await keysOf(on);
    const { expected } = rotateArgs.parse(step.args);
    if (currentOf(keys) === expected) return { kind: 'failed', why: `${expected} still signs` };
    const checks = rotationChecks(plan, keys, on.clock.now());
    const seen = checks.map((check) => `${check.name}: ${check.seen}`).join('; ');
    return checks.every(({ ok }) => ok) ? { kind: 'done', seen } : { kind: 'unknown', why: seen };
  },

  async verify(plan, on) {
    const [keys, health] = await Promise.all([keysOf(on), notWorseChecks(plan, on)]);
    return verdictOf([...rotationChecks(plan, keys, on.clock.now()), ...health]);
  },
});

const keyCheck = (current: string | null): Check => ({
  name: 'signing key',
  ok: current !== null,
  seen: current === null ? 'nobody knows which key signs now' : `${current} signs now`,
});

const overlapCheck = ({ mode, overlap }: RotateParams): Check => {
  const ok = mode !== 'now' || overlap === undefined;
  const seen = ok ? mode : 'now leaves no overlap: leave one of the two out';
  return { name: 'mode', ok, seen };
};

/** How many people would have to sign in again; null when the system does not tell. */
const sessionsOf = ({ maybe }: Pick<On, 'maybe'>): Promise<number | null> =>
  maybe.sessions?.count(null, soon()).catch(() => null) ?? Promise.resolve(null);

const stepFor = (expected: string, overlap: number): Step => ({
  id: `rotate:${expected}`,
  does:
    overlap === 0
      ? `Sign with a new key, and end ${expected} and every other old one at once`
      : `Sign with a new key, and go on accepting ${expected} for ${formatDuration(overlap)}`,
  args: { expected, overlap },
  timeout: 15_000,
  repeatable: false,
});

function endingAll(keys: readonly { id: string }[], sessions: number | null): string[] {
  const ids = keys.map(({ id }) => id).join(' and ');
  const who = sessions === null ? 'everybody' : `everybody, in ${sessions} sessions,`;
  return [
    `Every token that ${ids} signed is refused at once: ${who} has to sign in again`,
    'they all do so at the same time, which is more than the usual load',
  ];
}

const endingLater = (current: string | null, overlap: number): string[] => [
  `Tokens that ${current} signed are accepted for ${formatDuration(overlap)} more and are refused then`,
  'whoever keeps a copy of the public keys has to fetch them again within that time',
];
