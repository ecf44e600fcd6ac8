import type { Command } from '../../command.ts';
import { type CommandTools, deedCommand } from '../incident-command.ts';
import { escalateDeclared } from '../incident-declared.ts';

/** Who is called. */
export const contactCommands = (tools: CommandTools): Command[] => [
  deedCommand(escalateDeclared, tools, ({ words }) => {
    const [contact, ...rest] = words;
    if (contact === undefined) return { kind: 'form', name: 'escalate' };
    const deed = { kind: 'escalate', contact: contact.toLowerCase(), why: rest.join(' ') } as const;
    return { kind: 'deed', deed, did: 'They are called' };
  }),
];
