import type { Run } from '../../core/run.ts';
import type { Asking } from '../command.ts';
import { readOrSay } from '../read-or-say.ts';
import type { RunAsked } from './run-asked.ts';
import type { RunTools } from './run-tools.ts';

/** What of a click says where it comes from. */
export type Clicked = Pick<RunAsked, 'deed' | 'values' | 'message'>;

/**
 * Whether a click comes from where the run can be decided: a card of that run, wherever it stands; a
 * card that is on its way, since people may see it before it is known where it stands; or an answer
 * that only whoever asked can use. A form is shown by nobody else and comes from such a click.
 *
 * @throws when it cannot be looked up; then nothing is done either.
 */
export async function isOwnMessage(
  { deed, values, message }: Clicked,
  run: Pick<Run, 'id' | 'requestedBy'>,
  { person }: Pick<Asking, 'person'>,
  { outbox }: Pick<RunTools, 'outbox'>,
): Promise<boolean> {
  if (values !== null) return true;
  if (message === null) return false;
  const mayBeAnswer = person.id === run.requestedBy.id && answered.includes(deed);
  if (message.alone) return mayBeAnswer;
  const whose = await readOrSay(() => outbox.whose(run.id, message));
  if (deed === 'details') return whose !== 'another';
  return whose === 'its' || whose === 'perhaps' || (whose === 'nobody' && mayBeAnswer);
}

/** What the answer to a request offers. */
const answered: readonly RunAsked['deed'][] = ['confirm', 'cancel', 'details'];
