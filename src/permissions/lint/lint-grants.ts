import type { Role } from '../../core/person.ts';
import type { GrantRule, Whereabouts } from '../../core/policy.ts';
import { risks } from '../../core/risk.ts';
import { allows, countsIn, covers, denies, rolesOf } from '../may-use.ts';
import { type Linted, type LintedCommand, placesOf } from './linted.ts';

/**
 * The grants that never decide anything: because an earlier one says the same, because another one
 * forbids it, or because there is nothing that they are about.
 */
export function lintGrants(linted: Linted): string[] {
  const { grants } = linted.policy;
  return grants.flatMap((rule, index) => {
    const key = `grants[${index}]`;
    const cells = (['allow', 'deny'] as const).flatMap((effect) => cellsOf(rule, effect, linted));
    if (cells.length === 0) {
      return [`${key}: it is about nothing that there is; change it, or remove it.`];
    }
    const why = cells.map((cell) => hiddenBy(cell, index, grants));
    const by = why.filter((one) => one !== null);
    if (by.length < cells.length) return [];
    return [
      `${key}: it changes nothing, since ${[...new Set(by)].map((at) => `grants[${at}]`).join(' and ')} ${new Set(by).size === 1 ? 'decides' : 'decide'} all of it; change one of them, or remove it.`,
    ];
  });
}

/** One thing that a rule says: for whom, about what, where, and in which channel. */
interface Cell {
  effect: 'allow' | 'deny';
  role: Role;
  command: LintedCommand;
  where: Whereabouts;
}

function cellsOf(rule: GrantRule, effect: Cell['effect'], linted: Linted): Cell[] {
  const about = effect === 'allow' ? allows : denies;
  const places = placesOf(linted);
  const channels = rule.channels ?? [null];
  const commands = everyCommand(linted).filter((command) =>
    rule[effect].some((pattern) => covers(pattern, command)),
  );
  return commands.flatMap((command) =>
    wheresFor(command, places)
      .filter((where) => about(rule, where))
      .flatMap((where) =>
        rolesOf(rule).flatMap((role) =>
          channels.map((channel) => ({ effect, role, command, where: { ...where, channel } })),
        ),
      ),
  );
}

/** Those that there are, and one of each risk that there may be one day. */
const everyCommand = ({ commands }: Linted): LintedCommand[] => [
  ...commands,
  ...risks.map((risk) => ({ name: '', risk, aim: 'optional' as const })),
];

function wheresFor(
  { name, aim }: LintedCommand,
  places: readonly { service: string; env: string }[],
): Whereabouts[] {
  const nowhere = { service: null, env: null, channel: null };
  const aimed = places.map(({ service, env }) => ({ service, env, channel: null }));
  if (name === '') return [nowhere, ...aimed];
  return aim === 'none' || aimed.length === 0 ? [nowhere] : aimed;
}

/** The place of the rule that decides it already; null when none does. */
function hiddenBy(cell: Cell, at: number, grants: readonly GrantRule[]): number | null {
  const denied = grants.findIndex((rule, index) => {
    const counts = cell.effect === 'allow' || index < at;
    return counts && isFor(rule, 'deny', cell) && denies(rule, cell.where);
  });
  if (denied !== -1) return denied;
  if (cell.effect === 'deny') return null;
  const allowed = grants.findIndex(
    (rule, index) =>
      index < at &&
      isFor(rule, 'allow', cell) &&
      allows(rule, cell.where) &&
      countsIn(rule, cell.where.channel),
  );
  return allowed === -1 ? null : allowed;
}

const isFor = (rule: GrantRule, effect: Cell['effect'], { role, command }: Cell): boolean =>
  rolesOf(rule).some((one) => one === '*' || one === role) &&
  rule[effect].some((pattern) => covers(pattern, command));
