import type { Refusal } from '../core/refusal.ts';
import { insteadMessage } from '../views/instead.ts';
import type { Asking } from './command.ts';
import { givenIn } from './given.ts';
import type { Parsed } from './grammar/parse.ts';
import { leading } from './grammar/verb.ts';
import { write } from './grammar/write.ts';
import { typedInFull } from './typed-in-full.ts';
import { wrongIn } from './wrong.ts';

/**
 * Says why a command cannot be used like this. Where a command that changes something has arguments
 * missing or wrong, it opens a form that is filled with what was given; when Slack takes none, it says
 * what to type.
 */
export async function turnDown(
  refusal: Refusal,
  parsed: Parsed,
  asking: Omit<Asking, 'catalogue'>,
): Promise<void> {
  const { items } = parsed;
  const found = asking.setting.registry.find(leading(items));
  const wrong = wrongIn(refusal);
  if (!found?.command.ask) return asking.refuse(refusal);
  if (wrong === null) return asking.refuse(withWish(refusal, parsed));
  const { command, used } = found;
  const given = givenIn(command, items, used, asking.setting.catalogue);
  const typed = typedInFull(command, given);
  // A form asks for the real thing: nobody who wanted only the plan is led to that.
  if (given.flags.has('dry-run')) {
    return asking.show(insteadMessage, { refusal, typed: `plan ${typed}` });
  }
  try {
    await command.ask?.(given, wrong, asking);
  } catch {
    await asking.show(insteadMessage, { refusal, typed });
  }
}

/** What somebody may not have done can be passed on to those who may, unless only its plan was wanted. */
function withWish(refusal: Refusal, parsed: Parsed): Refusal {
  const isPlan = parsed.items.some((item) => item.kind === 'flag' && item.name === 'dry-run');
  if (refusal.kind !== 'not-allowed' || refusal.roles.length === 0 || isPlan) return refusal;
  return { ...refusal, wish: write({ ...parsed, filters: [] }) };
}
