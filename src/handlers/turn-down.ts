import type { Refusal } from '../core/refusal.ts';
import { insteadMessage } from '../views/instead.ts';
import type { Asking } from './command.ts';
import { givenIn } from './given.ts';
import { type Parsed, parse } from './grammar/parse.ts';
import { resolve } from './grammar/resolve.ts';
import type { Setting } from './grammar/setting.ts';
import { leading } from './grammar/verb.ts';
import { write } from './grammar/write.ts';
import { onlyPlan } from './runs/only-plan.ts';
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
  if (!found?.command.ask) return asking.refuse(withWayOn(refusal, asking.setting));
  if (wrong === null) return asking.refuse(withWish(withWayOn(refusal, asking.setting), parsed));
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

/** Only buttons that lead on: to an answer, to a form, or to what is wrong next and how it is put right. */
function withWayOn(refusal: Refusal, setting: Setting): Refusal {
  if (!('near' in refusal)) return refusal;
  const next = refusal.near.next.filter(({ command }) => leadsOn(command, setting, mostMistakes));
  return { ...refusal, near: { ...refusal.near, next } };
}

/** Nobody is led through more of them. */
const mostMistakes = 3;

function leadsOn(text: string, setting: Setting, mistakes: number): boolean {
  const parsed = parse(text);
  if (!parsed.ok) return false;
  const meant = resolve(onlyPlan(parsed.value, setting.registry), setting);
  if (meant.ok) return true;
  const found = setting.registry.find(leading(parsed.value.items));
  if (found?.command.ask !== undefined && wrongIn(meant.error) !== null) return true;
  if (mistakes === 0 || !('near' in meant.error)) return false;
  return meant.error.near.next.some(({ command }) => leadsOn(command, setting, mistakes - 1));
}

/** What somebody may not have done can be passed on to those who may, unless only its plan was wanted. */
function withWish(refusal: Refusal, parsed: Parsed): Refusal {
  const isPlan = parsed.items.some((item) => item.kind === 'flag' && item.name === 'dry-run');
  if (refusal.kind !== 'not-allowed' || refusal.roles.length === 0 || isPlan) return refusal;
  return { ...refusal, wish: write({ ...parsed, filters: [] }) };
}
