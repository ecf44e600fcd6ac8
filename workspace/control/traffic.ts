import type { Traffic } from '../protocol.ts';
import { mask } from './mask.ts';

/** What went over the wire lately. */
export interface TrafficLog {
  add(line: Omit<Traffic, 'seq' | 'at'>): void;
  /** The lines after number `seq`, oldest first. */
  since(seq: number): Traffic[];
}

/** How many lines are kept. */
const kept = 500;

/** A bounded log without tokens in it; every new line also goes to `show`. */
export function createTrafficLog(now: () => number, show: (line: Traffic) => void): TrafficLog {
  const lines: Traffic[] = [];
  let seq = 0;
  return {
    add(line) {
      seq += 1;
      const request = mask(line.request);
      const masked = { ...line, seq, at: now(), request, response: mask(line.response) };
      lines.push(masked);
      if (lines.length > kept) lines.shift();
      show(masked);
    },
    since: (after) => lines.filter((line) => line.seq > after),
  };
}
