import type { Item, Parsed } from '../grammar/parse.ts';
import { leading } from '../grammar/verb.ts';
import type { Registry } from '../registry.ts';

const dryRun: Item = { kind: 'flag', name: 'dry-run', value: null };

/** `plan restart …` is `restart … --dry-run`; anything else is what it is. */
export function onlyPlan(parsed: Parsed, registry: Registry): Parsed {
  const [first, ...rest] = parsed.items;
  if (first?.kind !== 'word' || first.text.toLowerCase() !== 'plan') return parsed;
  const found = registry.find(leading(rest));
  if (!found?.command.ask || found.command.risk === 'read') return parsed;
  return { ...parsed, items: [...rest.slice(0, found.used), dryRun, ...rest.slice(found.used)] };
}
