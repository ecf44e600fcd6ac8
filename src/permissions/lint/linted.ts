import type { ApprovalPolicy } from '../../core/approval-policy.ts';
import type { Catalogue } from '../../core/catalogue.ts';
import type { ActionRisk } from '../../core/plan.ts';
import type { Policy } from '../../core/policy.ts';
import { risks } from '../../core/risk.ts';
import type { Target } from '../../core/target.ts';
import { covers, type Subject } from '../may-use.ts';

/** A policy, and what has to be known to say whether there is any sense in it. */
export interface Linted {
  approvals: ApprovalPolicy;
  policy: Policy;
  catalogue: Catalogue;
  /** Everything that can be typed. */
  commands: readonly LintedCommand[];
  /** In milliseconds since 1970: on-call lists are looked at from here on. */
  now: number;
  /** What a set can demand and nothing makes sure of yet. */
  unenforced: readonly Unenforced[];
}

/** A demand that the configuration file knows, by its key there. */
export type Unenforced = 'incident';

/** What a linter needs to know of a command. */
export interface LintedCommand extends Subject {
  aim: 'none' | 'optional' | 'one';
}

/** A command that changes something. */
export interface LintedAction extends LintedCommand {
  risk: ActionRisk;
}

/** Whether a command has to be approved. */
const isAction = (command: LintedCommand): command is LintedAction =>
  command.risk !== 'read' && command.risk !== 'read-sensitive';

/** What has to be approved. */
export const actionsOf = ({ commands }: Pick<Linted, 'commands'>): LintedAction[] =>
  commands.filter(isAction);

/** The risk, and each that is worse: a plan may turn out to have any of them. */
export const risksFrom = (least: ActionRisk): ActionRisk[] =>
  risks.slice(risks.indexOf(least)) as ActionRisk[];

/** Whether the policy lets anybody ask for a change: without that, approvals are never needed. */
export const letsChange = ({ policy, ...linted }: Pick<Linted, 'policy' | 'commands'>): boolean =>
  policy.grants.some(({ allow }) => allow.some((pattern) => isForChange(pattern, linted)));

/** Whether a pattern of a grant is about some change, by name or by its risk. */
export const isForChange = (pattern: string, linted: Pick<Linted, 'commands'>): boolean =>
  /^risk:(?:low|high|destructive)$/.test(pattern) ||
  actionsOf(linted).some((action) => covers(pattern, action));

/** A target, and whether people depend on its environment. */
export interface LintedTarget extends Target {
  production: boolean;
}

/** Every target of the catalogue. */
export const placesOf = ({ catalogue }: Pick<Linted, 'catalogue'>): LintedTarget[] =>
  catalogue.services.flatMap(({ name: service, environments }) =>
    environments.map(({ name: env, production }) => ({ service, env, production })),
  );
