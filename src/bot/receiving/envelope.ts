import { z } from 'zod';
import { err, ok, type Result } from '../../core/result.ts';
import { type Body, readBody } from './body.ts';

/** One frame of a Socket Mode connection. */
export type Envelope =
  | { kind: 'hello'; connections: number | null }
  /** Slack is about to close this connection, or will not serve it. */
  | { kind: 'disconnect'; reason: string }
  | { kind: 'delivery'; id: string; body: Body }
  /** To be acknowledged and not acted upon. */
  | { kind: 'ignored'; id: string; what: string };

const frame = z.object({
  type: z.string().max(100),
  envelope_id: z.string().min(1).max(255).optional(),
  payload: z.unknown().optional(),
  reason: z.string().max(255).optional(),
  num_connections: z.number().optional(),
});

const deliveries = new Set(['events_api', 'interactive', 'slash_commands']);

/** Reads the text of a frame, whatever it is. Never throws. */
export function readEnvelope(text: unknown): Result<Envelope, string> {
  const parsed = frame.safeParse(json(text));
  if (!parsed.success) return err('the frame is not an envelope');
  const { type, envelope_id: id, payload, reason, num_connections } = parsed.data;
  if (type === 'hello') return ok({ kind: 'hello', connections: num_connections ?? null });
  if (type === 'disconnect') return ok({ kind: 'disconnect', reason: reason ?? 'no reason given' });
  if (id === undefined) return err(`a frame of type ${type} has no envelope id`);
  if (!deliveries.has(type)) return ok({ kind: 'ignored', id, what: type });
  const read = readBody(payload);
  if (!read.ok) return ok({ kind: 'ignored', id, what: `${type}, because ${read.error}` });
  return ok({ id, ...(read.value.kind === 'body' ? delivery(read.value.body) : read.value) });
}

const delivery = (body: Body) => ({ kind: 'delivery', body }) as const;

function json(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
