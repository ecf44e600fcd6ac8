import { type Logger, LogLevel } from '@slack/logger';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';

/**
 * The log as Slack's SDKs want it. Debug lines are dropped, because the SDKs write whole bodies into
 * them, and whatever else is not text is reduced to its sentence.
 */
export function slackLogger(log: Log): Logger {
  const line = (parts: readonly unknown[]) => parts.map(messageOf).join(' ');
  return {
    debug: () => {},
    info: (...parts) => log.debug({ from: 'slack-sdk' }, line(parts)),
    warn: (...parts) => log.warn({ from: 'slack-sdk' }, line(parts)),
    error: (...parts) => log.error({ from: 'slack-sdk' }, line(parts)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
