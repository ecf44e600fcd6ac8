import type { Stopper, StopState } from '../../core/kill-switch.ts';
import type { Directory, Person } from '../../core/person.ts';
import type { Policy } from '../../core/policy.ts';
import type { RunRefusal } from '../../core/run-refusal.ts';
import { liftersOf, mayLift, mayStop } from '../../permissions/may-stop.ts';
import { type StopAnswer, stopMessage } from '../../views/runs/kill-switch.ts';
import type { Asking, Command } from '../command.ts';
import { readOrSay } from '../read-or-say.ts';
import { mayAsk } from '../usable.ts';
import type { RunTools } from './run-tools.ts';
import { resumeAllDeclared, stopAllDeclared } from './stop-declared.ts';
import { refuseRun } from './vote.ts';

type Switch = Pick<RunTools, 'killSwitch'> & { directory: Directory; policy: Policy };

const changing = { group: 'Runs', changes: true };

/** Stops every change, and lets them go on. */
export const stopCommands = ({ killSwitch, directory, policy }: Switch): Command[] => [
  {
    ...stopAllDeclared,
    ...changing,
    forWhom: (setting) => mayStop(setting.rights, mayAsk(setting), policy),
    async perform({ params }, asking) {
      const no =
        strange(asking) ??
        (mayStop(asking.person, mayAsk(asking.setting), policy) ? null : mayNot('stop', policy));
      if (no) return refuseRun(no, asking);
      const reason = (params as { words: readonly string[] }).words.join(' ').trim();
      const state = await killSwitch.engage(asking.person, reason);
      await asking.show<StopAnswer>(stopMessage, { did: 'stopped', state });
    },
  },
  {
    ...resumeAllDeclared,
    ...changing,
    forWhom: ({ rights }) => mayLift(rights, policy),
    async perform(_invocation, asking) {
      const no =
        strange(asking) ?? (mayLift(asking.person, policy) ? null : mayNot('resume', policy));
      if (no) return refuseRun(no, asking);
      const voided = await whoLostIt(await readOrSay(killSwitch.state), asking.person, {
        directory,
        policy,
      });
      const { kind, state } = await killSwitch.lift(asking.person, voided);
      await asking.show<StopAnswer>(stopMessage, { did: kind, state });
    },
  },
];

/** Who said before that changes may go on and may not say so now, or cannot be looked up now. */
async function whoLostIt(
  { liftedBy }: StopState,
  { id }: Pick<Person, 'id'>,
  { directory, policy }: Pick<Switch, 'directory' | 'policy'>,
): Promise<Stopper[]> {
  const others = liftedBy.filter((one) => one.id !== id);
  const counts = await Promise.all(
    others.map(async (one) => {
      const standing = await directory.standing(one.id, one.team, { maxAge: 0 }).catch(() => null);
      return standing?.kind === 'member' && mayLift(standing.person, policy);
    }),
  );
  return others.filter((_, at) => !counts[at]);
}

/** Somebody whose roles nobody knows. */
const strange = ({ unverified }: Pick<Asking, 'unverified'>): RunRefusal | null =>
  unverified === null ? null : { kind: 'not-verified', why: unverified };

const mayNot = (what: 'stop' | 'resume', policy: Policy): RunRefusal => ({
  kind: `may-not-${what}`,
  roles: liftersOf(policy),
});
