import type { Denial } from '../core/policy.ts';
import type { Forbidden, NotAllowed } from '../core/refusal.ts';
import { targetName } from '../core/target.ts';
import { code } from './text/code.ts';

/** Which rule says no, who could do it, and what to do. */
export function denialSentence(refusal: NotAllowed): string {
  const { command, denial, roles } = refusal;
  return `You may not use ${code(command)}${placeOf(refusal)}. ${why(denial)} ${whoCould(roles)}`;
}

function placeOf({ env, service }: NotAllowed): string {
  if (env === null) return '';
  return service ? ` on ${code(targetName({ service, env }))}` : ` in ${code(env)}`;
}

function why(denial: Denial): string {
  switch (denial.why) {
    case 'denied':
      return `Rule ${denial.rule} of the grants forbids it to ${whom(denial.role)} (${code(denial.pattern)}).`;
    case 'elsewhere':
      return `Rule ${denial.rule} of the grants allows it to ${whom(denial.role)}, but only when it is asked for in ${denial.channels.map(channelLink).join(' or ')}.`;
    case 'no-rule':
      return 'No rule of the grants allows it to you.';
  }
}

const whom = (role: string): string => (role === '*' ? 'everybody' : `the role ${code(role)}`);

/** The ids come from the configuration file, which takes nothing else. */
const channelLink = (id: string): string => (/^[CG][A-Z0-9]+$/.test(id) ? `<#${id}>` : code(id));

const whoCould = (roles: readonly string[]): string =>
  roles.length === 0
    ? `Nobody may; the grants are in the configuration file. ${code('/auth whoami')} shows what you may do.`
    : `Somebody with the role ${roles.map((role) => code(role)).join(' or ')} could: ask them. ${code('/auth whoami')} shows what you may do.`;

/** Why somebody who is no member of the workspace gets nothing. */
export function strangerSentence(why: Extract<Forbidden, { kind: 'not-a-member' }>['why']): string {
  switch (why) {
    case 'guest':
      return 'Guests of the workspace cannot use Gatehouse. Ask a full member of the team to look for you.';
    case 'bot':
      return 'Apps and bots cannot use Gatehouse: every command needs a person who answers for it.';
    case 'foreign':
      return 'Gatehouse belongs to another workspace, so it answers nobody from yours. Ask a member of its team.';
    case 'deactivated':
      return 'This account is deactivated, so Gatehouse does not answer it. Ask an administrator of the workspace.';
    case 'second-account':
      return 'This is a second account of somebody whom Gatehouse knows by another one: use that one, so that nobody counts twice.';
    case 'suspended':
      return 'You were offboarded, so Gatehouse does nothing for you; what you had asked for was ended. If that is a mistake, somebody on call can ask for `/auth user restore`.';
  }
}
