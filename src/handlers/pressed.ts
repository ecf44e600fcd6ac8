import { formFailedMessage } from '../views/instead.ts';
import type { Asking, Invocation } from './command.ts';
import { givenIn } from './given.ts';
import type { Parsed } from './grammar/parse.ts';
import { leading } from './grammar/verb.ts';
import { typedInFull } from './typed-in-full.ts';

/** Whether it would change something, so that pressing a button does not do it: showing a plan changes nothing. */
export const changesSomething = ({ command, params }: Invocation): boolean =>
  command.changes && (params as { dryRun?: unknown }).dryRun !== true;

/**
 * What a button does that names a changing command: it opens the form, filled with what the button says.
 * A person has to send that; no button changes anything by itself.
 */
export async function openFromButton(
  { command }: Invocation,
  { items }: Parsed,
  asking: Omit<Asking, 'catalogue'>,
): Promise<void> {
  if (!command.ask) return asking.refuse({ kind: 'unknown-button' });
  const found = asking.setting.registry.find(leading(items));
  const given = givenIn(command, items, found?.used ?? 0, asking.setting.catalogue);
  try {
    await command.ask(given, null, asking);
  } catch {
    await asking.show(formFailedMessage, { typed: typedInFull(command, given) });
  }
}
