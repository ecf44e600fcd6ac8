import { z } from 'zod';
import type { ApprovalPolicy } from '../../core/approval-policy.ts';
import { targetsOf } from '../../core/catalogue.ts';
import type { Person, Role } from '../../core/person.ts';
import type { Policy } from '../../core/policy.ts';
import type { Fact, Part, Report } from '../../core/report.ts';
import type { Asking, Command } from '../command.ts';
import type { Setting } from '../grammar/setting.ts';
import { byGroup, canPress, usable } from '../usable.ts';
import { ruleName, whereBy } from './where-by.ts';

/** Who Gatehouse thinks one is: roles and why, and what one may do where and by which rule. */
export const whoami = (policy: Policy, approvals?: ApprovalPolicy): Command => ({
  name: 'whoami',
  summary: 'Shows your roles and why you have them, and what you may do where.',
  examples: ['whoami'],
  aliases: ['who', 'me', 'rights'],
  risk: 'read',
  aim: 'none',
  runbook: '–',
  group: 'About Gatehouse',
  changes: false,
  params: z.object({}),
  perform: ({ filters }, asking) => asking.report(portrait(asking, policy, approvals), filters),
});

function portrait(
  { person, unverified, setting }: Asking,
  policy: Policy,
  approvals?: ApprovalPolicy,
): Report {
  const roles: Fact[] =
    unverified === null
      ? person.roles.map((role) => ({ name: `Role ${role}`, value: whyRole(role, person, policy) }))
      : [{ name: 'Roles', value: `could not be looked up: ${unverified}` }];
  const places = usable(setting.registry, setting.rights).map((command) => ({
    command,
    where: whereOf(command, setting),
  }));
  const rules = [...Map.groupBy(places, ({ where }) => where)].flatMap(([where, there]) =>
    together(
      byGroup(there.map(({ command }) => command)).map(({ names }) => withoutCommon(names)),
    ).map((value) => ({ name: where, value })),
  );
  return {
    title: 'Who you are to Gatehouse',
    parts: [
      {
        kind: 'facts',
        facts: [{ name: 'Slack id', value: `${person.id} of ${person.team}` }, ...roles],
      },
      ...(person.roles.length === 0 && unverified === null
        ? [{ kind: 'text', text: 'You hold no role: you may do what every member may.' } as const]
        : []),
      { kind: 'text', text: 'Where you may use what, and by which rule of the grants:' },
      { kind: 'facts', facts: rules },
      ...(approvals && unverified === null ? approvable(person, approvals) : []),
    ],
    next: [
      { label: 'Help', command: 'help' },
      { label: 'Status', command: 'status' },
    ].filter((next) => canPress(next, setting)),
  };
}

/** Names that all begin with the same word say it once: `incident start, list, show`. */
function withoutCommon([first = '', ...rest]: readonly string[]): string {
  const common = `${first.split(' ')[0]} `;
  const same = rest.length > 1 && rest.every((name) => name.startsWith(common));
  return [first, ...(same ? rest.map((name) => name.slice(common.length)) : rest)].join(', ');
}

/** A fact is cut where it is longer, in characters: then there is another one of the same name. */
const roomInFact = 450;

/** Texts joined into as few as hold them whole. */
function together(texts: readonly string[]): string[] {
  const all: string[] = [];
  for (const text of texts) {
    const last = all.at(-1);
    if (last === undefined || last.length + text.length > roomInFact) all.push(text);
    else all[all.length - 1] = `${last}, ${text}`;
  }
  return all;
}

/** What the person may say yes to when somebody else asks for it. */
function approvable(
  { roles }: Person,
  { production, elsewhere, environments = {} }: ApprovalPolicy,
): Part[] {
  const risksIn = (sets: Partial<ApprovalPolicy['production']>) =>
    Object.entries(sets)
      .filter(([, { slots }]) =>
        slots.some(({ anyOf }) => anyOf.some((one) => roles.includes(one))),
      )
      .map(([risk, { name }]) => `${risk} (set ${name})`)
      .join(', ');
  const facts = [
    { name: 'in production', value: risksIn(production) },
    { name: 'elsewhere', value: risksIn(elsewhere) },
    ...Object.entries(environments).map(([env, sets]) => ({
      name: `in ${env}`,
      value: risksIn(sets),
    })),
  ].filter(({ value }) => value !== '');
  return facts.length === 0
    ? []
    : [
        { kind: 'text', text: 'You may approve what others ask for, by its risk:' },
        { kind: 'facts', facts },
      ];
}

/** How the configuration file gives the role to this person. */
function whyRole(role: Role, { id }: Person, policy: Policy): string {
  const members = policy.roles[role]?.members ?? [];
  if (members.includes(`user:${id}`)) return 'named in the configuration file';
  const groups = members.filter((member) => member.startsWith('group:'));
  const lists = members.flatMap((member) =>
    member.startsWith('oncall:') ? [`on call by the list ${member.slice('oncall:'.length)}`] : [],
  );
  const ways = [
    ...(groups.length > 0 ? [`through a user group (${groups.join(' or ')})`] : []),
    ...lists,
  ];
  return ways.length > 0 ? ways.join(', or ') : 'given by the directory';
}

function whereOf(command: Command, { catalogue, rights }: Setting): string {
  if (command.aim === 'none') {
    const grant = rights.may(command, null);
    return grant.ok ? `everywhere (${ruleName(grant.value)})` : '';
  }
  return whereBy(targetsOf(catalogue), (target) => rights.may(command, target));
}
