import { type Logger, type LoggerOptions, pino } from 'pino';
import type { Log } from '../core/log.ts';
import type { Redactor } from '../core/redactor.ts';

/** What the log needs. */
export interface LogOptions {
  level: 'debug' | 'info' | 'warn' | 'error';
  redactor: Pick<Redactor, 'redact'>;
  /** Takes a whole line with its end. */
  write(line: string): void;
}

/** Where secrets are known to sit; what sits anywhere else is found by its looks, in the line. */
const paths = ['password', 'token', 'secret', 'authorization', 'cookie', 'apiKey', 'clientSecret']
  .flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  .concat('*.headers.cookie', '*.headers["x-slack-signature"]');

/** How many causes of an error are shown. */
const depth = 4;

/**
 * One line of JSON for every fact, with secrets out of it twice: by where they sit, and by what they
 * look like in the finished line. Children and everything else of pino work the same.
 */
export function createLog({ level, redactor, write }: LogOptions): Logger & Log {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths, censor: '[secret]' },
    serializers: { err: (error: unknown) => described(error, depth) },
    errorKey: 'err',
  };
  return pino(options, { write: (line) => write(redactor.redact(line)) });
}

/** An error as data: only what is meant for reading, since clients hang whole requests on theirs. */
function described(error: unknown, left: number): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? { code: error.code } : {};
  const errors = error instanceof AggregateError && left > 0 ? error.errors : [];
  return {
    name,
    message,
    ...code,
    stack,
    ...(cause !== undefined && left > 0 && { cause: described(cause, left - 1) }),
    ...(errors.length > 0 && { errors: errors.map((each) => described(each, left - 1)) }),
  };
}
