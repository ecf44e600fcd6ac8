import { everyService, type Target, targetName } from '../core/target.ts';
import { type RequestField, requestForm } from '../views/run-forms.ts';
import type { Requestable } from './action-command.ts';
import type { Asking, Command } from './command.ts';
import { envsEverywhere } from './everywhere.ts';
import type { Given } from './given.ts';
import type { Setting } from './grammar/setting.ts';
import { shapeOf } from './grammar/shape.ts';

/**
 * Opens the form for an action, filled with what was given.
 *
 * @throws {Error} when Slack takes no form, or when there is no target to choose.
 */
export async function askForRequest(
  action: Requestable,
  given: Given,
  complaint: string | null,
  { open, place, setting }: Pick<Asking, 'open' | 'place' | 'setting'>,
): Promise<void> {
  const command = setting.registry.find(action.name.split(' '))?.command;
  const targets = command ? targetsFor(command, setting).map(targetName) : [];
  if (targets.length === 0) throw new Error(`there is nothing to do ${action.name} on`);
  const params = fieldsOf(action, given);
  const hasWords = params.some(({ name }) => name === 'words');
  await open(requestForm, {
    command: action.name,
    complaint,
    targets,
    target: given.target?.toLowerCase() ?? null,
    // `--reason memory leak` without quotes leaves its second word over.
    reason: [given.flags.get('reason') ?? '', ...(hasWords ? [] : given.words)].join(' ').trim(),
    params,
    askedIn: place?.channel ?? null,
  });
}

/** What the person may do it to: each target, and every service of an environment at once. */
const targetsFor = (command: Command, setting: Setting): Target[] => [
  ...setting.rights.reach(command),
  ...envsEverywhere(command, setting).map((env) => ({ service: everyService, env })),
];

function fieldsOf({ params }: Requestable, { flags, words }: Given): RequestField[] {
  const shape = shapeOf(params);
  const fields = shape.flags.map(({ name, about, kind, required }) => ({
    name,
    about,
    kind,
    required,
    value: flags.get(name) ?? null,
  }));
  if (shape.words === 'none') return fields;
  const value = words.join(' ');
  return [...fields, { name: 'words', about: '', kind: 'text', required: false, value }];
}
