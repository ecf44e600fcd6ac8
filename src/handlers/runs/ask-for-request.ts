import type { Catalogue } from '../../core/catalogue.ts';
import { everyService, type Target, targetName } from '../../core/target.ts';
import { type RequestField, requestForm } from '../../views/runs/run-forms.ts';
import type { Asking, Command } from '../command.ts';
import type { Given } from '../given.ts';
import { anyCanBeChanged, dependencyNames } from '../grammar/dependency-word.ts';
import type { Setting } from '../grammar/setting.ts';
import { type Flag, operandsOf, shapeOf } from '../grammar/shape.ts';
import type { Wrong } from '../wrong.ts';
import { envsEverywhere } from './everywhere.ts';
import type { Requestable } from './requestable.ts';

/**
 * Opens the form for an action, filled with what was given.
 *
 * @throws {Error} when Slack takes no form, or when there is no target to choose.
 */
export async function askForRequest(
  action: Requestable,
  given: Given,
  wrong: Wrong | null,
  { open, place, setting }: Pick<Asking, 'open' | 'place' | 'setting'>,
): Promise<void> {
  const command = setting.registry.find(action.name.split(' '))?.command;
  const targets = command ? targetsFor(command, setting).map(targetName) : [];
  if (targets.length === 0) throw new Error(`there is nothing to do ${action.name} on`);
  const hasWords = shapeOf(action.params).words !== 'none';
  const { whole = null, fields = new Map<string, string>() } = wrong ?? {};
  const wrongOf = (name: string) => fields.get(name) ?? null;
  await open(requestForm, {
    command: action.name,
    summary: action.summary,
    complaint: whole,
    targets,
    target: { value: given.target, wrong: wrongOf('target') },
    reason: {
      // `--reason memory leak` without quotes leaves its second word over.
      value: [given.flags.get('reason') ?? '', ...(hasWords ? [] : given.words)].join(' ').trim(),
      wrong: wrongOf('reason'),
    },
    ...fieldsOf(action, given, wrongOf, setting.catalogue),
    askedIn: place?.channel ?? null,
  });
}

/** What the person may do it to: each target, and every service of an environment at once. */
const targetsFor = (command: Command, setting: Setting): Target[] => [
  ...setting.rights.reach(command),
  ...envsEverywhere(command, setting).map((env) => ({ service: everyService, env })),
];

type WrongOf = (name: string) => string | null;

function fieldsOf(action: Requestable, given: Given, wrongOf: WrongOf, catalogue: Catalogue) {
  const shape = shapeOf(action.params);
  const operands = operandsOf(action, shape);
  const fieldOf = (flag: Flag): RequestField => ({
    ...flag,
    label: flag.title ?? titleOf(flag.name),
    value: given.flags.get(flag.name) ?? flag.fallback,
    wrong: wrongOf(flag.name),
  });
  const isDependency = ({ key }: Flag) => key === action.dependency;
  const others = shape.flags.filter((flag) => !operands.includes(flag));
  const dependencies = dependencyNames(catalogue);
  // Whoever named one does not ask for something else by leaving it out: the target itself is not meant.
  const ofTarget = operands
    .filter(isDependency)
    .map(fieldOf)
    .map((field) => ({
      ...field,
      choices: dependencies.length > 0 ? dependencies : null,
      required: field.value !== null,
    }))
    .filter(({ required }) => required || anyCanBeChanged(catalogue));
  return {
    operands: operands.filter((flag) => !isDependency(flag)).map(fieldOf),
    params: [...ofTarget, ...others.map(fieldOf), ...wordsField(action, given, wrongOf)],
  };
}

function wordsField({ params }: Requestable, { words }: Given, wrongOf: WrongOf): RequestField[] {
  const shape = shapeOf(params);
  if (shape.words === 'none') return [];
  const { about, needsWords: required } = shape;
  const text = { name: 'words', label: 'Words', kind: 'text', choices: null } as const;
  return [{ ...text, about, required, value: words.join(' '), wrong: wrongOf('words') }];
}

/** `max-age` as people read it: `Max age`. */
const titleOf = (name: string): string =>
  `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`;
