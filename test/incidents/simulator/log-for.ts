import { messageOf } from '../../../src/core/errors.ts';
import type { Log } from '../../../src/core/log.ts';
import type { Judge } from './judge.ts';

/** What a broken database or Slack says, and what the auditor has found, is no fault of ours. */
const expected =
  /connection was lost|INC-\d+ exists|rate.?limit|is_archived|message_not_found|is still limited|it was archived|nothing to show any more|was of the past|channel is lost/i;

/** Everything else that is logged as trouble is a fault. */
export const logFor = ({ judge }: { judge: Judge }): Log => ({
  debug() {},
  info() {},
  warn: (fields) => note(judge, fields),
  error: (fields) => note(judge, fields),
});

function note(judge: Judge, fields: object): void {
  const { why, error, deadlines, incident } = fields as Record<string, string | undefined>;
  const said = why ?? messageOf(error);
  if (deadlines) judge.repairing(incident ?? '');
  else if (!expected.test(said)) judge.broke(said);
}
