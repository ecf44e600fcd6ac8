import type { Claims } from '../core/claims.ts';
import type { Query } from '../core/query.ts';
import type { Targets } from '../core/targets.ts';
import type { Command } from './command.ts';
import type { Desk } from './desk.ts';
import type { DeskTools } from './desk-tools.ts';
import { help } from './help/help.ts';
import { whoami } from './help/whoami.ts';
import { incidentOutlines } from './incidents/about-incidents.ts';
import type { CommandTools } from './incidents/incident-command.ts';
import { createNotice } from './marks/take-noticed.ts';
import { commandsOnDemand, handlersOnDemand } from './on-demand.ts';
import { createPleas } from './pleas.ts';
import { queryCommand } from './query-command.ts';
import { receive } from './receive.ts';
import { createRegistry, type Registry } from './registry.ts';
import { actionCommand } from './runs/action-command.ts';
import { claimCommands } from './runs/claim-commands.ts';
import { mayChange } from './runs/may-change.ts';
import type { Requestable } from './runs/requestable.ts';
import { runCommands } from './runs/run-commands.ts';
import { stopCommands } from './runs/stop-commands.ts';

/** What the desk of Gatehouse is made of. */
export interface DeskParts extends DeskTools {
  queries: readonly Query[];
  /** What can be asked for; nothing of it can without `running`. */
  actions?: readonly Requestable[];
  targets: Targets;
  /** Who has claimed what, for who only looks; those of `running` without it. It must make nobody wait. */
  claims?: Pick<Claims, 'all'>;
  /** How the app is called in a channel, without the `@`. */
  botName: string;
}

/** The desk with all queries and with the commands about Gatehouse itself. */
export function createDesk(parts: DeskParts): Desk {
  const { running, clock, directory, policy, actions = [] } = parts;
  const life = parts.incidentTools?.life;
  const looking = { ...(running && { claims: running.claims }), ...parts };
  const queries = parts.queries.map((query) => queryCommand(query, looking));
  const changing = running
    ? [
        ...actions.map((action) =>
          actionCommand(action, { ...running, ...(life && { incidents: life }) }),
        ),
        ...runCommands({ ...running, clock, ...(life && { incidents: life }) }),
        ...claimCommands(running),
        ...stopCommands({ ...running, directory, policy }),
      ]
    : [];
  const incidents = parts.incidentTools
    ? laterIncidents({ ...parts.incidentTools, now: () => clock.now() })
    : [];
  return deskOf(createRegistry([...queries, ...changing, ...incidents, ...builtins(parts)]), parts);
}

const laterIncidents = (tools: CommandTools): Command[] =>
  commandsOnDemand(incidentOutlines, async () =>
    (await handlersOnDemand.incidentCommands()).incidentCommands(tools),
  );

/** The commands about Gatehouse itself. */
export const builtins = ({
  policy,
  botName,
  running,
}: Pick<DeskParts, 'policy' | 'botName' | 'running'>) => [
  help(botName),
  whoami(policy, running?.approvalPolicy),
];

/** A desk for any set of commands. */
export function deskOf(registry: Registry, given: DeskTools): Desk {
  const tools = { pleas: createPleas(given.clock), ...given };
  const { incidentTools } = given;
  return {
    changes: (asked) => mayChange(asked, registry),
    handle: (asked, answer, origin) => receive(asked, answer, registry, tools, origin),
    ...(incidentTools && { notice: createNotice({ ...incidentTools, ...given }) }),
    tellLeftBehind: async (left, answer) => {
      const { tellLeftBehind } = await handlersOnDemand.leftBehind();
      await tellLeftBehind(left, answer, registry, tools);
    },
  };
}
