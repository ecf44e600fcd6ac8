import type { Command } from '../command.ts';
import { type CommandTools, deedCommand } from '../incident-command.ts';
import { giveDeclared, takeDeclared } from '../incident-declared.ts';

/** Who does what in an incident. */
export const roleCommands = (tools: CommandTools): Command[] => [
  deedCommand(takeDeclared, tools, ({ words, leave }) => {
    const role = words[0] ?? 'commander';
    return leave
      ? { kind: 'deed', deed: { kind: 'leave-role', role }, did: `You are no longer ${role}` }
      : { kind: 'deed', deed: { kind: 'take-role', role }, did: `You are ${role} now` };
  }),
  deedCommand(giveDeclared, tools, ({ words }) => {
    const { to, role } = words;
    if (to === null) return { kind: 'form', name: 'offer-role', extra: role };
    const deed = { kind: 'offer-role', role, to } as const;
    return { kind: 'deed', deed, did: `<@${to}> is asked, and has ten minutes to answer` };
  }),
];
