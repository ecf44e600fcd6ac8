import type { PaceKeeper } from '../bot/calling/keep-pace.ts';
import { createSlackClient, type SlackClient } from '../bot/calling/slack-client.ts';
import { createHttpReceiver, type HttpReceiver } from '../bot/receiving/http-receiver.ts';
import type { SlackReceiver } from '../bot/receiving/receiver.ts';
import { createSocketReceiver } from '../bot/receiving/socket-receiver.ts';
import type { SlackReach } from '../core/slack-reach.ts';
import type { GatehouseParts } from './gatehouse-parts.ts';

/** Socket Mode connections: with two of them, losing one loses no command. */
const sockets = 2;

/**
 * Reaches Slack; nothing is sent yet. Every call tells whether Slack could be reached, and keeps the pace. One call
 * may take so many milliseconds.
 */
export const slackClientOf = (
  { config, redactor, log }: Pick<GatehouseParts, 'config' | 'redactor' | 'log'>,
  kept: { reach: SlackReach; pace: PaceKeeper; timeout?: number },
): SlackClient => {
  const { apiUrl, botToken: token } = config.slack;
  return createSlackClient({ apiUrl, token, redactor, log, ...kept });
};

/** How Slack reaches Gatehouse, as it is configured. */
export function receiverFor(
  parts: GatehouseParts,
  client: SlackClient,
): SlackReceiver | HttpReceiver {
  const { slack } = parts.config;
  if (slack.mode === 'http' && slack.signingSecret) {
    return createHttpReceiver({ ...parts, signingSecret: slack.signingSecret });
  }
  const appToken = slack.appToken?.reveal() ?? '';
  const options = {
    client: { appToken, clientOptions: client.options },
    lines: sockets,
    shared: parts.config.databaseUrl !== null,
  };
  return createSocketReceiver({ ...parts, ...options });
}
