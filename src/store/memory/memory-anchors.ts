import { type Anchors, anchorAfter } from '../../core/anchor.ts';
import type { Body } from '../audit/audit-body.ts';
import type { MemoryLog } from './memory-log.ts';

/** One anchor for every so many records of the log of a store in memory; copied nowhere. */
export const memoryAnchors = (log: MemoryLog): Anchors => ({
  find: async (n) => {
    const seal = n * anchorAfter.records;
    const record = log.all()[seal - 1];
    const [sealed] = await log.seals(seal - 1);
    if (!record || !sealed) return null;
    const { at } = JSON.parse(record.body) as Body;
    return { n, seal, records: seal, hash: sealed.hash, at };
  },
});
