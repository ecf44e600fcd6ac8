import { actionId } from './button.ts';
import { confirm } from './confirm.ts';
import { list } from './lists.ts';
import { option, optionGroups, options } from './options.ts';
import { also, isObject, listOf, problem, type Rule } from './rule.ts';
import { flag, integer, oneOf, string } from './scalars.ts';
import { shape, typed } from './shapes.ts';
import { plainText } from './text.ts';

const id = string({ min: 1, max: 255 });
const ids = list({ of: id });
const common = { ...actionId, confirm, focus_on_load: flag, placeholder: plainText(150) };
const several = { ...common, max_selected_items: integer({ min: 1 }) };
const answered = { response_url_enabled: flag };

const filter = shape(
  {},
  {
    include: list({ min: 1, of: oneOf('im', 'mpim', 'private', 'public') }),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
);
const conversation = { filter, default_to_current_conversation: flag };

/** A choice that is there from the start must be one of those offered. The wording is ours. */
const fromList = (rule: Rule): Rule =>
  also(rule, (value, at) => {
    const groups = listOf(value.option_groups).flatMap((group) =>
      isObject(group) ? listOf(group.options) : [],
    );
    const offered = [...listOf(value.options), ...groups].map(nameOf);
    if ((value.options === undefined) === (value.option_groups === undefined)) {
      return problem('must define either `options` or `option_groups`', at);
    }
    return [value.initial_option, ...listOf(value.initial_options)]
      .filter((chosen) => chosen !== undefined && !offered.includes(nameOf(chosen)))
      .flatMap(() => problem('initial choice must match one of the options', at));
  });

const nameOf = (chosen: unknown): unknown => (isObject(chosen) ? chosen.value : undefined);

/** Menus from which one thing is chosen. */
export const selects = {
  static_select: fromList(
    typed({}, { ...common, options, option_groups: optionGroups, initial_option: option }),
  ),
  external_select: typed({}, { ...common, initial_option: option, min_query_length: integer() }),
  users_select: typed({}, { ...common, initial_user: id }),
  conversations_select: typed(
    {},
    { ...common, ...conversation, ...answered, initial_conversation: id },
  ),
  channels_select: typed({}, { ...common, ...answered, initial_channel: id }),
} satisfies Record<string, Rule>;

/** Menus from which several things are chosen. */
export const multiSelects = {
  multi_static_select: fromList(
    typed(
      {},
      { ...several, options, option_groups: optionGroups, initial_options: list({ of: option }) },
    ),
  ),
  multi_external_select: typed(
    {},
    { ...several, initial_options: list({ of: option }), min_query_length: integer() },
  ),
  multi_users_select: typed({}, { ...several, initial_users: ids }),
  multi_conversations_select: typed(
    {},
    { ...several, ...conversation, initial_conversations: ids },
  ),
  multi_channels_select: typed({}, { ...several, initial_channels: ids }),
} satisfies Record<string, Rule>;
