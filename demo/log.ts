import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';

/** What can happen in a system that its log tells. */
export type Happening =
  | 'started'
  | 'stopped'
  | 'login'
  | 'loginFailed'
  | 'locked'
  | 'tokenIssued'
  | 'keysRotated'
  | 'limited'
  | 'denied'
  | 'slow'
  | 'failed'
  | 'administered';

/** How a system calls the fields of its log, and what it calls what happens. */
export interface LogWords {
  keys: { event: string; user: string; address: string };
  events: Readonly<Record<Happening, string>>;
}

/** The words that most of the systems use. */
export const usualEvents: LogWords['events'] = {
  started: 'service_started',
  stopped: 'service_stopped',
  login: 'login_success',
  loginFailed: 'authentication_failure',
  locked: 'account_locked',
  tokenIssued: 'jwt_generation',
  keysRotated: 'key_rotation',
  limited: 'rate_limited',
  denied: 'address_denied',
  slow: 'slow_request',
  failed: 'internal_error',
  administered: 'admin_action',
};

/** A structured log: a JSON object a line, without spaces, as the runbooks' greps expect. */
export interface SystemLog {
  write(happening: Happening, fields?: LogFields): void;
}

/** What a line may tell besides time, level and event; `user` and `address` get the system's own names. */
export type LogFields = { user?: string; address?: string } & Record<string, unknown>;

const levels: Partial<Record<Happening, string>> = {
  loginFailed: 'WARN',
  locked: 'WARN',
  limited: 'WARN',
  denied: 'WARN',
  slow: 'WARN',
  failed: 'ERROR',
};

/** Bytes in one part of the log. */
const cap = 2 * 1024 * 1024;

/** Opens the log at a path; what grows too long moves to `.1`, then `.2`, then away. */
export function openLog(path: string, service: string, { keys, events }: LogWords): SystemLog {
  return {
    write: (happening, { user, address, ...rest } = {}) => {
      const entry = {
        time: new Date().toISOString(),
        level: levels[happening] ?? 'INFO',
        service,
        [keys.event]: events[happening],
        ...(user && { [keys.user]: user }),
        ...(address && { [keys.address]: address }),
        ...rest,
      };
      append(path, `${JSON.stringify(entry)}\n`);
    },
  };
}

function append(path: string, line: string): void {
  appendFileSync(path, line, { mode: 0o600 });
  if (statSync(path).size < cap) return;
  rmSync(`${path}.2`, { force: true });
  renameIfThere(`${path}.1`, `${path}.2`);
  renameIfThere(path, `${path}.1`);
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    // Not there yet: nothing to move.
  }
}
