import type { z } from 'zod';
import { targetsOf } from '../../core/catalogue.ts';
import { isOver } from '../../core/run.ts';
import { everyService, type Target, targetName } from '../../core/target.ts';
import { type ClaimAnswer, claimMessage } from '../../views/runs/claim.ts';
import type { Asking, Command, Invocation } from '../command.ts';
import { readOrSay } from '../read-or-say.ts';
import { asksForRun, mayAsk } from '../usable.ts';
import { claimDeclared, claimsDeclared, releaseDeclared } from './claim-declared.ts';
import { claimReport } from './claim-report.ts';
import type { RunTools } from './run-tools.ts';
import { refuseRun } from './vote.ts';

type Claiming = Pick<RunTools, 'claims' | 'locks' | 'runner'>;

const changing = { group: 'Runs', changes: true, forWhom: mayAsk };

/** What people keep for themselves, and let go of. */
export const claimCommands = (tools: Claiming): Command[] => [
  {
    ...claimDeclared,
    ...changing,
    async perform(invocation, asking) {
      const { words } = invocation.params as z.output<typeof claimDeclared.params>;
      const target = aimOf(invocation);
      if (!(await mayClaim(target, asking))) return;
      const name = targetName(target);
      const got = await tools.claims.claim(name, asking.person, words.reason, words.ms);
      await say(
        got.kind === 'taken'
          ? { did: 'taken', claim: got.claim }
          : { did: got.kind, claim: got.claim, atWork: await atWork(tools, name) },
        asking,
      );
    },
  },
  {
    ...releaseDeclared,
    ...changing,
    async perform(invocation, asking) {
      const { steal } = invocation.params as z.output<typeof releaseDeclared.params>;
      const target = aimOf(invocation);
      if (steal !== undefined && !(await mayClaim(target, asking))) return;
      if (asking.unverified !== null) return strange(asking.unverified, asking);
      const name = targetName(target);
      const got = await tools.claims.release(name, asking.person, steal);
      const did: ClaimAnswer =
        got.kind === 'none' ? { did: 'none', target: name } : { did: got.kind, claim: got.claim };
      await say(did, asking);
    },
  },
  {
    ...claimsDeclared,
    group: 'Look',
    changes: false,
    async perform({ filters }, { report }) {
      await report(claimReport(await readOrSay(() => tools.claims.all())), filters);
    },
  },
];

const say = (answer: ClaimAnswer, { show }: Pick<Asking, 'show'>): Promise<void> =>
  show(claimMessage, answer);

const strange = (why: string, asking: Asking): Promise<void> =>
  refuseRun({ kind: 'not-verified', why }, asking);

function aimOf({ command, target }: Invocation): Target {
  if (target === null) throw new Error(`${command.name} was resolved without a target`);
  return target;
}

/** Whether the person may ask for some change on the target, or on every target of `all@env`; says so when not. */
async function mayClaim(target: Target, asking: Asking): Promise<boolean> {
  if (asking.unverified !== null) {
    await strange(asking.unverified, asking);
    return false;
  }
  const { registry, rights, catalogue } = asking.setting;
  const parts =
    target.service === everyService
      ? targetsOf(catalogue).filter(({ env }) => env === target.env)
      : [target];
  const changes = registry.all.filter(asksForRun);
  const may = parts.every((part) => changes.some((command) => rights.may(command, part).ok));
  if (!may) await say({ did: 'may-not', target: targetName(target) }, asking);
  return may;
}

/** The runs that have begun there: a claim does not stop them. */
async function atWork({ locks, runner }: Claiming, target: string): Promise<string[]> {
  const holders = await locks.holders(target).catch(() => []);
  const runs = await Promise.all(holders.map(({ owner }) => runner.find(owner).catch(() => null)));
  return runs.flatMap((run) =>
    run && !isOver(run.state) && run.state !== 'approved' ? [run.id] : [],
  );
}
