import { setTimeout as sleep } from 'node:timers/promises';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Readiness } from '../../core/readiness.ts';

/** Who the bot is in Slack: asked in the background, so that nothing waits for it. */
export interface Identity {
  /** The bot's own user id; null until Slack has said it. */
  botUser(): string | null;
  /**
   * Not ready when Slack refuses the bot token, or takes it for another workspace than configured;
   * while Slack cannot be reached nothing is held against it.
   */
  ready(): Readiness;
  stop(): void;
}

/** What is needed to ask. */
export interface IdentityOptions {
  api: Pick<WebClient, 'auth'>;
  team: string;
  log: Log;
}

/** How often the token is tried, in milliseconds: while Slack does not answer, and when all is well. */
const every = { trouble: 5_000, calm: 60_000 };

/** Asks Slack who the bot is, at once and then again and again, since a token may be revoked. */
export function watchIdentity({ api, team, log }: IdentityOptions): Identity {
  const stopping = new AbortController();
  let botUser: string | null = null;
  let found: Readiness = { ok: true, why: 'Slack has not yet said who the bot is' };

  const ask = async (): Promise<Readiness> => {
    try {
      const { team_id, user_id } = await api.auth.test();
      botUser = user_id ?? null;
      if (team_id === team) return { ok: true, why: null };
      const why = `the bot token is for the workspace ${team_id}, but the configuration names ${team}`;
      return { ok: false, why };
    } catch (error) {
      const refused = error instanceof WebAPIPlatformError;
      return { ok: !refused, why: `Slack did not take the bot token: ${messageOf(error)}` };
    }
  };
  const watch = async () => {
    while (!stopping.signal.aborted) {
      const { why } = found;
      found = await ask();
      if (found.why !== null && found.why !== why) log.warn({}, found.why);
      const pause = found.why === null ? every.calm : every.trouble;
      await sleep(pause, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  };
  void watch();
  return { botUser: () => botUser, ready: () => found, stop: () => stopping.abort() };
}
