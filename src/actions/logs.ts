import { z } from 'zod';
import { durationBetween } from '../core/duration.ts';
import { TargetError } from '../core/errors.ts';
import { defineQuery } from '../core/query.ts';
import type { Part } from '../core/report.ts';
import { targetName } from '../core/target.ts';
import { describeSearch, nextSearches } from './logs/search.ts';
import { offered } from './offered.ts';

/** How long reading may take, in milliseconds. */
const patience = 10_000;

/** Runbooks 000 "Log Analysis", 001 "Check logs", 002 "View recent logs": the lines that matter, bounded. */
export const logs = defineQuery({
  name: 'logs',
  summary: 'Shows the newest lines of a log, as far back and as many as you ask.',
  examples: ['logs rust-auth@prod', 'logs rms-auth@prod --since 1h --grep ERROR --lines 500'],
  aliases: ['log'],
  risk: 'read-sensitive',
  aim: 'one',
  runbook: '000 Log Analysis',
  params: z.strictObject({
    since: durationBetween('1m', '30d')
      .prefault('15m')
      .describe('How far back, from 1m to 30d; 15m when not given.'),
    grep: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('Only lines that contain this text, whatever its case; it is no pattern.'),
    lines: z.int().min(1).max(2000).default(200).describe('At most so many lines, the newest.'),
  }),

  async run({ since, grep, lines: limit }, target, { targets, clock }) {
    if (!target) throw new TargetError('logs needs a target', { retryable: false });
    const name = targetName(target);
    const search = { since, grep: grep ?? null, limit };
    const excerpt = await offered(targets, target, 'logs', patience, (log, signal) =>
      log.read({ ...search, since: clock.now() - since }, signal),
    );
    const parts: Part[] = excerpt
      ? [
          { kind: 'text', text: describeSearch(search) },
          { kind: 'log', name, ...excerpt },
        ]
      : [{ kind: 'text', text: 'No driver of this service can read a log.' }];
    return { title: `Log of ${name}`, parts, next: nextSearches(target, search) };
  },
});
