import { type Part, parts, string, words } from '../blocks/read.ts';
import { calledBy } from '../state/names.ts';
import type { World } from '../state/world.ts';
import { plainWords } from '../text/text-object.ts';

/** One thing that can be chosen. */
export interface Option {
  readonly value: string;
  readonly text: string;
  readonly description: string;
}

/** A group without a label holds the options that stand alone. */
export interface OptionGroup {
  readonly label: string;
  readonly options: readonly Option[];
}

/** What can be chosen in any select, by the kind of its source; none for an external one. */
export function optionGroups(element: Part, world: World | null): readonly OptionGroup[] {
  const kind = sourceOf(string(element.type));
  if (kind === 'static') return staticGroups(element);
  if (!world || kind === 'external') return [];
  return [{ label: '', options: kind === 'users' ? members(world) : channels(world, kind) }];
}

/** `users` for both `users_select` and `multi_users_select`. */
export const sourceOf = (type: string): string => type.replace(/^multi_|_select$/g, '');

const staticGroups = (element: Part): readonly OptionGroup[] =>
  element.option_groups
    ? parts(element.option_groups).map(({ label, options }) => ({
        label: plainWords(label),
        options: parts(options).map(optionOf),
      }))
    : [{ label: '', options: parts(element.options).map(optionOf) }];

/** A Block Kit option object. */
export const optionOf = (option: Part): Option => ({
  value: string(option.value),
  text: plainWords(option.text) || string(option.value),
  description: words(option.description),
});

const members = ({ names }: World): Option[] =>
  [...names.members.values()]
    .filter(({ deactivated }) => !deactivated)
    .map((member) => ({ value: member.id, text: calledBy(member), description: '' }));

const channels = (world: World, kind: string): Option[] =>
  world.channels
    .filter((channel) => !channel.archived && (kind !== 'channels' || channel.kind === 'channel'))
    .map(({ id, name, kind: of }) => ({
      value: id,
      text: of === 'im' ? world.app.name : `#${name}`,
      description: '',
    }));

/** The values that are chosen when the element is first shown. */
export function initialValues(element: Part): readonly string[] {
  const one = element.initial_option ?? element.initial_user ?? element.initial_conversation;
  const initial = one ?? element.initial_channel;
  const many = element.initial_options ?? element.initial_users ?? element.initial_conversations;
  const list = many ?? element.initial_channels ?? (initial === undefined ? [] : [initial]);
  if (!Array.isArray(list)) return [];
  return list.map((entry) => (typeof entry === 'string' ? entry : optionOf(entry).value));
}
