import type { SlackDirectory } from '../bot/people/directory.ts';
import type { Config } from '../config/config.ts';
import { messageOf } from '../core/errors.ts';
import type { Contact } from '../core/incident-rules.ts';
import type { Log } from '../core/log.ts';
import { realSleep } from '../runs/sleep.ts';

/** What the ladders are looked at with. */
export interface LadderAtStart {
  config: Pick<Config, 'incidentSettings' | 'team'>;
  directory: SlackDirectory;
  log: Log;
  /** Fires when nobody needs to know any more. */
  ended: AbortSignal;
  /** Between two looks while Slack does not say all of it, in milliseconds. */
  pause?: number;
}

/**
 * Looks once, as soon as Slack says it, whether there is anybody at every rung of the ladders: Gatehouse must
 * not go on with one that Slack does not know. Resolves with sentences; null when all of them are there.
 */
export async function wrongLadder(options: LadderAtStart): Promise<string | null> {
  const { config, directory, log, ended, pause = 30_000 } = options;
  const contacts = contactsOf(config.incidentSettings);
  const { checkLadder } = await import('../incidents/calling/unknown-contacts.ts');
  while (!ended.aborted) {
    const found = await checkLadder(contacts, directory, config.team).catch((error: unknown) => {
      log.warn({ why: messageOf(error) }, 'The ladder of incidents was not looked at');
      return null;
    });
    for (const why of found?.left ?? []) log.error({ why }, 'Somebody on the ladder has left');
    if (found && found.unknown.length > 0) return found.unknown.join('\n');
    if (found?.clear) return null;
    await realSleep(pause, ended);
  }
  return null;
}

/** Every contact of every ladder once. */
function contactsOf({ rules, services }: Config['incidentSettings']): Contact[] {
  const all = [rules, ...Object.values(services)].flatMap(({ contacts }) => contacts);
  return [...new Map(all.map((one) => [JSON.stringify([one.name, one.who]), one])).values()];
}
