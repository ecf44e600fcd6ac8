import type { SlackDirectory } from '../bot/people/directory.ts';
import { within } from '../core/deadline.ts';
import { messageOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';

/** How often the managers are looked up, for the direct messages they get, in milliseconds. */
const lookUp = { every: 60_000, afterFailure: 1_000 };
/** How long a request waits for the first look, in milliseconds: without it no manager would be written to. */
const patience = 2_000;

/** The members of a role as they were a moment ago; those of the last look while Slack is away. */
export const keepMembers = (directory: SlackDirectory, role: string, log: Log) =>
  keepPeople(() => directory.members(role), role, log);

/** Likewise whoever is behind `role:NAME`, `oncall:NAME`, `user:U…` or `group:S…`. */
export const keepNamed = (directory: SlackDirectory, name: string, log: Log) =>
  keepPeople(() => directory.whoIs(name), name, log);

function keepPeople(ask: () => Promise<readonly string[]>, name: string, log: Log) {
  const first = Promise.withResolvers<void>();
  let members: readonly string[] | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async () => {
    const found = await ask().catch((error: unknown) => {
      log.warn({ name, why: messageOf(error) }, 'it could not be looked up who is behind a name');
      return null;
    });
    members = found ?? members;
    if (found) first.resolve();
    if (stopped) return;
    timer = setTimeout(look, found ? lookUp.every : lookUp.afterFailure).unref();
  };
  return {
    all: () => members ?? [],
    /** Null before they were looked up for the first time. */
    ifKnown: () => members,
    /** Resolves once they were looked up, or when that takes too long. */
    known: () => within(patience, () => first.promise).catch(() => {}),
    start: () => void look(),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
