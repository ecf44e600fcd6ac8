import { TargetError } from '../../core/errors.ts';
import { orAborted } from '../aborted.ts';
import { wasDropped } from '../failure.ts';
import { type Ask, type Attempt, refusalOf, troubleOf } from './failure.ts';
import type { Line } from './line.ts';
import { pauseFor } from './pause.ts';

/** What one request is about, and what it says. */
export interface Question {
  /** As roles call it. */
  verb: 'get' | 'list' | 'patch';
  /** As roles call it, such as `deployments/scale`. */
  resource: string;
  /** Under the address of the API server, starting with `/`. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Of a patch: its media type and what it is. */
  patch?: { type: string; body: unknown };
}

/** Asks the API server; answers the text of a good answer. */
export type { Ask } from './failure.ts';

/** How often a request is made that the API server puts off. */
const tries = 3;

/** Asks over a line. What the API server puts off it has not done: it is asked again when it says so. */
export const askOver =
  (line: Pick<Line, 'send' | 'renew'>): Ask =>
  async (question, signal) => {
    for (let attempt = 1; ; attempt += 1) {
      if (signal.aborted) throw calledOff();
      const answer = await sendOver(line, question, signal).catch((error) => {
        throw troubleOf(error, question, signal);
      });
      if (answer.status < 300) return answer.text;
      if (answer.status !== 429 || attempt === tries) throw refusalOf(answer, question);
      await pauseFor(waitOf(answer), signal);
    }
  };

/** The server may have dropped a connection that was idle: to look once more changes nothing. */
async function sendOver(
  line: Pick<Line, 'send' | 'renew'>,
  question: Question,
  signal: AbortSignal,
): Promise<Attempt> {
  const send = () =>
    orAborted(line.send(question, signal), signal).catch((error) => {
      if (!signal.aborted) line.renew();
      throw error;
    });
  return send().catch((error) => {
    if (question.verb !== 'patch' && wasDropped(error)) return send();
    throw error;
  });
}

/** How long to wait, in milliseconds: as long as was asked for, and never so long that nobody waits for it. */
function waitOf({ retryAfter = '1' }: Attempt): number {
  const seconds = Number(retryAfter);
  return (Number.isNaN(seconds) ? 1 : Math.min(5, seconds)) * 1_000;
}

const calledOff = () =>
  new TargetError('it was called off before anything was done', {
    retryable: true,
    happened: false,
  });
