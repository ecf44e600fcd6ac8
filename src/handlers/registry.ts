import type { Command } from './command.ts';

/** Every command there is, by what people type. */
export interface Registry {
  all: readonly Command[];
  /** The command that the words start with, and how many of them it took. */
  find(words: readonly string[]): { command: Command; used: number } | null;
}

/** @throws when two commands answer to the same words. */
export function createRegistry(commands: readonly Command[]): Registry {
  const byName = new Map<string, Command>();
  for (const command of commands) {
    for (const name of [command.name, ...command.aliases]) {
      if (byName.has(name)) throw new Error(`two commands answer to "${name}": keep one of them`);
      byName.set(name, command);
    }
  }
  return {
    all: commands,
    find(words) {
      for (const used of [2, 1]) {
        const command = words.length < used ? null : byName.get(words.slice(0, used).join(' '));
        if (command) return { command, used };
      }
      return null;
    },
  };
}
