import type { Forbidden, NotAllowed } from '../core/refusal.ts';
import { code } from './code.ts';

/** Which rule says no, who could do it, and what to do. */
export function denialSentence({ command, env, denial, roles }: NotAllowed): string {
  const what = `${code(command)}${env === null ? '' : ` in ${code(env)}`}`;
  const why =
    denial.why === 'denied'
      ? `Rule ${denial.rule} of the grants forbids it to ${denial.role === '*' ? 'everybody' : `the role ${code(denial.role)}`} (${code(denial.pattern)}).`
      : 'No rule of the grants allows it to you.';
  return `You may not use ${what}. ${why} ${whoCould(roles)}`;
}

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
  }
}
