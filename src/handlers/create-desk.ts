import type { Query } from '../core/query.ts';
import type { Targets } from '../core/targets.ts';
import type { Desk } from './desk.ts';
import type { DeskTools } from './desk-tools.ts';
import { leading } from './grammar/verb.ts';
import { help } from './help.ts';
import { queryCommand } from './query-command.ts';
import { receive } from './receive.ts';
import { createRegistry, type Registry } from './registry.ts';
import { isHome, typedIn } from './typed.ts';
import { whoami } from './whoami.ts';

/** What the desk of Gatehouse is made of. */
export interface DeskParts extends DeskTools {
  queries: readonly Query[];
  targets: Targets;
  /** How the app is called in a channel, without the `@`. */
  botName: string;
}

/** The desk with all queries and with the commands about Gatehouse itself. */
export function createDesk(parts: DeskParts): Desk {
  const queries = parts.queries.map((query) => queryCommand(query, parts));
  return deskOf(createRegistry([...queries, ...builtins(parts)]), parts);
}

/** The commands about Gatehouse itself. */
export const builtins = ({ policy, botName }: Pick<DeskParts, 'policy' | 'botName'>) => [
  help(botName),
  whoami(policy),
];

/** A desk for any set of commands. */
export const deskOf = (registry: Registry, tools: DeskTools): Desk => ({
  changes(asked) {
    const typed = typedIn(asked);
    if (typed === null) return !isHome(asked);
    // What cannot be read or names no command is answered with a refusal, and that changes nothing.
    const found = typed.ok ? registry.find(leading(typed.value.items)) : null;
    return found?.command.changes ?? false;
  },
  handle: (asked, answer) => receive(asked, answer, registry, tools),
});
