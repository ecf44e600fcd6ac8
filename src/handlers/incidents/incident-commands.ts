import type { Command } from '../command.ts';
import type { CommandTools } from './incident-command.ts';
import { contactCommands } from './incident-commands/contacts.ts';
import { followUpCommands } from './incident-commands/follow-ups.ts';
import { lookingCommands } from './incident-commands/looking.ts';
import { reviewCommands } from './incident-commands/review.ts';
import { roleCommands } from './incident-commands/roles.ts';
import { startCommand } from './incident-commands/start.ts';
import { stateCommands } from './incident-commands/states.ts';
import { statsCommand } from './incident-commands/stats.ts';
import { updateCommands } from './incident-commands/updates.ts';

/** The commands about incidents: they go the same way as the buttons do. */
export const incidentCommands = (tools: CommandTools): Command[] => [
  startCommand(tools),
  ...lookingCommands(tools),
  ...stateCommands(tools),
  ...updateCommands(tools),
  ...roleCommands(tools),
  ...contactCommands(tools),
  ...followUpCommands(tools),
  ...reviewCommands(tools),
  statsCommand(tools),
];
