import { setTimeout as sleep } from 'node:timers/promises';
import type { TrafficLog } from '../control/traffic.ts';
import type { Faults } from '../protocol.ts';
import type { Acknowledgement, Delivery, Retry, Wire } from './delivery.ts';

/** Hands something to the app and waits until it is acknowledged or Slack's time is over. */
export type Deliver = (delivery: Delivery, retry?: Retry | null) => Promise<Acknowledgement>;

interface Options {
  wire: Wire;
  faults: Faults;
  traffic: TrafficLog;
  /** Slack's time to acknowledge, in milliseconds: 3000. */
  ackMs: number;
}

/**
 * Delivers, late or several times when the faults say so, and notes what happened. The person waits
 * from the moment of their doing: what is held back longer arrives after they were told that it failed.
 */
export function createDeliver({ wire, faults, traffic, ackMs }: Options): Deliver {
  const once: Deliver = async (delivery, retry = null) => {
    const answer = await wire(delivery, retry, ackMs);
    note(traffic, delivery, retry, answer);
    return answer;
  };
  const all = (delivery: Delivery, retry: Retry | null): Promise<Acknowledgement> => {
    const copies = Array.from({ length: Math.max(1, faults.copies) }, () => once(delivery, retry));
    return copies[0] as Promise<Acknowledgement>;
  };
  return (delivery, retry = null) => {
    if (faults.delayMs === 0) return all(delivery, retry);
    const late = sleep(faults.delayMs, undefined, { ref: false }).then(() => all(delivery, retry));
    const timeout: Acknowledgement = { ok: false, error: 'operation_timeout', ms: ackMs };
    return Promise.race([late, sleep(ackMs, timeout, { ref: false })]);
  };
}

function note(
  log: TrafficLog,
  { what, payload }: Delivery,
  retry: Retry | null,
  ack: Acknowledgement,
) {
  log.add({
    direction: 'to-app',
    what: retry ? `${what} (retry ${retry.attempt}, ${retry.reason})` : what,
    outcome: outcomeOf(ack),
    ms: ack.ms,
    request: payload,
    response: ack.ok ? ack.body : undefined,
  });
}

const outcomeOf = (ack: Acknowledgement): string => {
  if (ack.ok) return 'ok';
  return ack.error === 'operation_timeout' ? 'no acknowledgement' : ack.error;
};
