import type { Refusal } from '../core/refusal.ts';
import { refusalSentence } from '../views/refusal.ts';
import type { Asking } from './command.ts';
import { givenIn } from './given.ts';
import type { Parsed } from './grammar/parse.ts';
import { leading } from './grammar/verb.ts';

/**
 * Says why a command cannot be used like this. Where a command that changes something has arguments
 * missing or wrong, it opens a form that is filled with what was given, when Slack still takes one.
 */
export async function turnDown(
  refusal: Refusal,
  { items }: Parsed,
  asking: Omit<Asking, 'catalogue'>,
): Promise<void> {
  const found = asking.setting.registry.find(leading(items));
  if (!found?.command.ask || !isAboutArguments(refusal)) return asking.refuse(refusal);
  const given = givenIn(found.command, items, found.used, asking.setting.catalogue);
  // A form asks for the real thing: nobody who wanted only the plan is led to that.
  if (given.flags.has('dry-run')) return asking.refuse(refusal);
  try {
    await found.command.ask(given, refusalSentence(refusal), asking);
  } catch {
    await asking.refuse(refusal);
  }
}

function isAboutArguments({ kind }: Refusal): boolean {
  switch (kind) {
    case 'unknown-service':
    case 'unknown-env':
    case 'unknown-flag':
    case 'missing-target':
    case 'missing-env':
    case 'not-everywhere':
    case 'unclear-target':
    case 'two-envs':
    case 'flag-twice':
    case 'flag-without-value':
    case 'too-many-words':
    case 'bad-value':
      return true;
    default:
      return false;
  }
}
