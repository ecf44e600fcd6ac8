import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Report } from '../core/report.ts';
import { fileFaultMessage } from '../views/fault.ts';
import { figure, isCut, type LogPart, roomForLog } from '../views/log.ts';
import { refusalMessage } from '../views/refusal.ts';
import { reportMessage } from '../views/report.ts';
import { line } from '../views/text/escape.ts';
import { applyFilters } from './apply-filters.ts';
import type { Replies } from './command.ts';
import type { Answer } from './desk.ts';
import { redactAll } from './redact-all.ts';

/** What answers need beside the person to give them to. */
export interface ReplyTools {
  clock: Clock;
  log: Log;
  redact(text: string): string;
}

/** The one way out: redacts, narrows, shows, and sends as a file what did not fit. */
export function repliesTo(answer: Answer, { clock, log, redact }: ReplyTools): Replies {
  const show: Replies['show'] = (view, page) => answer.say(view(redactAll(page, redact)));
  const attach = async (part: LogPart): Promise<void> => {
    const name = `${part.name.replace(/[^\w.@-]+/g, '-').slice(0, 80)}.log`;
    try {
      const comment = `All ${figure(part.lines.length)} lines of ${line(part.name)} that were read`;
      await answer.attach({ name, content: `${part.lines.join('\n')}\n`, comment });
    } catch (error) {
      log.warn({ err: error }, 'a file could not be uploaded');
      await answer.say(fileFaultMessage(name));
    }
  };
  return {
    show,
    open: (view, page) => answer.open(view(redactAll(page, redact))),
    replace: (view, page) => answer.replace(view(redactAll(page, redact))),
    refuse: (refusal) => show(refusalMessage, refusal),
    async report(report, filters) {
      const narrowed = applyFilters(redactAll(report, redact), filters);
      await answer.say(reportMessage(narrowed, clock.now()));
      for (const part of cutLogs(narrowed)) await attach(part);
    },
  };
}

function cutLogs({ parts }: Report): LogPart[] {
  const logs = parts.filter((part) => part.kind === 'log');
  return logs.filter((part) => isCut(part, roomForLog(logs.length)));
}
