import type { Catalogue } from '../core/catalogue.ts';
import type { Next } from '../core/report.ts';
import { narrow } from '../permissions/narrow.ts';
import type { Command, Declared } from './command.ts';
import { parse } from './grammar/parse.ts';
import { resolve } from './grammar/resolve.ts';
import type { Setting } from './grammar/setting.ts';
import { shapeOf } from './grammar/shape.ts';
import type { Registry } from './registry.ts';
import type { Rights } from './rights.ts';
import { onlyPlan } from './runs/only-plan.ts';

/** The commands of which there is something the person may do. */
export const usable = (registry: Registry, rights: Rights): Command[] =>
  registry.all.filter(
    (command) =>
      rights.never(command) === null && (command.forWhom?.({ registry, rights }) ?? true),
  );

/** The names of commands by the heading under which the help lists them. */
export const byGroup = (commands: readonly Command[]): { title: string; names: string[] }[] =>
  [...Map.groupBy(commands, ({ group }) => group)].map(([title, there]) => ({
    title,
    names: there.map(({ name }) => name),
  }));

/** Whether there is anything that the person may ask to have changed. */
export const mayAsk = ({ registry, rights }: Pick<Setting, 'registry' | 'rights'>): boolean =>
  registry.all.some((command) => asksForRun(command) && rights.never(command) === null);

/**
 * Whether it asks for a run, which is planned and approved. Declaring an incident changes something as well, and
 * everybody may: that gives nobody a say in what is done to targets.
 */
export const asksForRun = ({
  changes,
  ask,
  risk,
}: Pick<Command, 'changes' | 'ask' | 'risk'>): boolean =>
  changes && ask !== undefined && risk !== 'read' && risk !== 'read-sensitive';

/** Whether the command can be typed by its name alone. */
export function standsAlone({ aim, params }: Declared): boolean {
  const words = { none: {}, list: { words: [] }, text: { words: '' } }[shapeOf(params).words];
  return aim !== 'one' && params.safeParse(words).success;
}

/** Whether what it shows is for nobody but the asker, so that it is never said in a channel. */
export const isForAskerOnly = ({ risk }: Declared): boolean => risk === 'read-sensitive';

/** Whether its button only opens a form, in which a person says what is to be done. */
const opensForm = ({ group, ask }: Command): boolean => group === 'Incidents' && ask !== undefined;

/** Buttons for the reading commands that need nothing but their name. */
export const startButtons = (commands: readonly Command[]): Next[] =>
  commands
    .filter((command) => !command.changes && standsAlone(command) && !isAboutOne(command))
    .map(({ name }) => ({
      label: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      command: name,
    }));

/** What is about one incident is a matter of its channel. */
const isAboutOne = ({ group, name }: Command): boolean =>
  group === 'Incidents' && name !== 'incident list';

/** The catalogue with only what the person may use the command on, in `env` alone when it is given. */
export const visibleTo = (
  rights: Rights,
  command: Command,
  catalogue: Catalogue,
  env?: string,
): Catalogue =>
  narrow(
    catalogue,
    (target) => (env === undefined || target.env === env) && rights.may(command, target).ok,
  );

/**
 * Whether a button would do something for the person: it types a reading command that they may use, or
 * asks for the plan of a changing one or for more in a form.
 */
export function canPress({ command }: Next, setting: Setting): boolean {
  const parsed = parse(command);
  if (!parsed.ok) return false;
  const meant = onlyPlan(parsed.value, setting.registry);
  const resolved = resolve(meant, setting);
  if (!resolved.ok) return false;
  const { command: found } = resolved.value;
  return !found.changes || meant !== parsed.value || opensForm(found);
}
