import type { EvidenceFile, Kept, Vault } from '../../src/core/capabilities.ts';
import { TargetError } from '../../src/core/errors.ts';
import { checkName, keptIn, manifestText } from '../../src/targets/evidence/manifest.ts';

/** A vault for as long as the test lives. */
export interface MemoryVault extends Vault {
  /** The names of the files of each, in the order in which they were put in. */
  kept: Map<string, string[]>;
}

/** An empty one. */
export function memoryVault(now: () => number = () => 0): MemoryVault {
  const kept = new Map<string, string[]>();
  const list: Kept[] = [];
  return {
    kept,
    keep: async (name, files, signal) => {
      signal.throwIfAborted();
      for (const one of [name, ...files.map((file) => file.name)]) checkName(one);
      if (kept.has(name) || hasTwins(files)) refuse(`${name} was not kept`);
      kept.set(
        name,
        files.map((file) => file.name),
      );
      const text = manifestText(name, files, now());
      const one = keptIn(name, JSON.parse(text), text);
      list.unshift(one);
      return one;
    },
    list: async () => [...list],
    check: async (name) => (kept.has(name) ? [] : [`${name} is not there`]),
  };
}

const hasTwins = (files: readonly EvidenceFile[]): boolean =>
  new Set(files.map(({ name }) => name.toLowerCase())).size !== files.length;

function refuse(message: string): never {
  throw new TargetError(message, { retryable: false, happened: false });
}
