import { randomUUID } from 'node:crypto';
import type { Acknowledgement } from './delivery.ts';

/** Envelopes that the app has not acknowledged yet. */
export interface Pending {
  /** Hands a new envelope id to `send` and waits for its acknowledgement, `deadline` milliseconds at most. */
  wait(deadline: number, send: (id: string) => void): Promise<Acknowledgement>;
  acknowledge(id: string, body: unknown): void;
}

/** The waiting list of all sockets: an acknowledgement may come over any of them. */
export function createPending(): Pending {
  const waiting = new Map<string, (body: unknown) => void>();
  return {
    wait: (deadline, send) =>
      new Promise((resolve) => {
        const id = randomUUID();
        const start = performance.now();
        const end = (answer: { ok: true; body: unknown } | { ok: false }) => {
          clearTimeout(timer);
          waiting.delete(id);
          const ms = Math.round(performance.now() - start);
          resolve(answer.ok ? { ...answer, ms } : { ok: false, error: 'operation_timeout', ms });
        };
        const timer = setTimeout(() => end({ ok: false }), deadline).unref();
        waiting.set(id, (body) => end({ ok: true, body }));
        send(id);
      }),
    acknowledge: (id, body) => waiting.get(id)?.(body),
  };
}
