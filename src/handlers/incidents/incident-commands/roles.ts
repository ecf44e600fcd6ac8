import type { z } from 'zod';
import { patience } from '../../../incidents/deadlines/people.ts';
import { dutyWords } from '../../../views/incidents/incident-words.ts';
import { clockTime } from '../../../views/text/clock-time.ts';
import type { Command } from '../../command.ts';
import { doDeed } from '../do-deed.ts';
import { type CommandTools, changing, deedCommand, withIncident } from '../incident-command.ts';
import { giveDeclared, joinDeclared, takeDeclared } from '../incident-declared.ts';

/** Who does what in an incident. */
export const roleCommands = (tools: CommandTools): Command[] => [
  joinCommand(tools),
  deedCommand(takeDeclared, tools, ({ words, leave }) => {
    const role = words[0] ?? 'commander';
    return leave
      ? {
          kind: 'deed',
          deed: { kind: 'leave-role', role },
          did: `You are no longer ${dutyWords[role]}`,
        }
      : { kind: 'deed', deed: { kind: 'take-role', role }, did: `You are ${dutyWords[role]} now` };
  }),
  deedCommand(giveDeclared, tools, ({ words }) => {
    const { to, role } = words;
    if (to === null) return { kind: 'form', name: 'offer-role', extra: role };
    const deed = { kind: 'offer-role', role, to } as const;
    return {
      kind: 'deed',
      deed,
      did: `<@${to}> is asked, and has until ${clockTime(tools.now() + patience.handover)} to answer`,
    };
  }),
];

const joinCommand = (tools: CommandTools): Command => ({
  ...joinDeclared,
  ...changing,
  async perform(invocation, asking) {
    const { words, incident } = invocation.params as z.output<typeof joinDeclared.params>;
    await withIncident(words[0] ?? incident, invocation, asking, tools, ({ id, channel }) => {
      const where = channel === null ? 'its channel, as soon as it is there' : `<#${channel.id}>`;
      return doDeed(id, { kind: 'join' }, `You are invited to ${where}`, asking, tools);
    });
  },
});
