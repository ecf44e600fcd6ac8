import { z } from 'zod';
import { err, ok, type Result } from '../../core/result.ts';
import { choiceSchema } from './choice.ts';

/*
 * What Slack sends, as far as the bot needs it. Everything else is dropped here, so that neither
 * Bolt nor a handler can trip over a key that nobody checked.
 */

/** Ids, timestamps and names that Slack or the app made up: plain ASCII, so that a key of them can be stored. */
const id = z.string().regex(/^[!-~]{1,255}$/);
/** What Slack leaves out or sends as null; Bolt stumbles over the null. */
const maybe = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined);
const user = z.object({ id, team_id: maybe(id) });
const team = maybe(z.object({ id }));
const message = z.object({ ts: id, thread_ts: maybe(id), text: maybe(z.string()) });
const interaction = { user, team, trigger_id: maybe(id), response_url: maybe(z.string()) };

const command = z.object({
  command: id,
  text: z.string().default(''),
  user_id: id,
  team_id: id,
  channel_id: id,
  trigger_id: id,
  response_url: maybe(z.string()),
});

const view = z.object({
  id,
  hash: id.optional(),
  callback_id: z.string().default(''),
  private_metadata: z.string().max(3_000).default(''),
  state: z
    .object({ values: z.record(z.string(), z.record(z.string(), choiceSchema)).default({}) })
    .default({ values: {} }),
});

const action = choiceSchema.extend({
  action_id: id,
  action_ts: maybe(id),
});

const interactions = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('block_actions'),
    ...interaction,
    actions: z.array(action).min(1).max(25),
    channel: maybe(z.object({ id })),
    message: maybe(message),
    view: maybe(z.object({ id, hash: maybe(id), type: maybe(id) })),
    container: maybe(
      z.object({
        type: maybe(id),
        message_ts: maybe(id),
        is_ephemeral: maybe(z.boolean()),
      }),
    ),
  }),
  z.object({ type: z.literal('view_submission'), ...interaction, view }),
  z.object({ type: z.literal('view_closed'), ...interaction, view }),
  z.object({ type: z.literal('shortcut'), ...interaction, callback_id: id }),
  z.object({
    type: z.literal('message_action'),
    ...interaction,
    callback_id: id,
    channel: z.object({ id }),
    message,
  }),
]);

const changed = z.object({ ts: maybe(id), bot_id: maybe(id), text: maybe(z.string()) });
/** Also files have reactions and pins, which are nobody's business here. */
const reaction = {
  user: id,
  reaction: id,
  item: z.object({ channel: maybe(id), ts: maybe(id) }),
};
const pin = {
  user: id,
  channel_id: id,
  item: z.object({ message: maybe(z.object({ ts: maybe(id) })) }),
};

const event = z.object({
  type: z.literal('event_callback'),
  event_id: id,
  team_id: id,
  event: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('app_mention'),
      user: maybe(id),
      bot_id: maybe(id),
      user_team: maybe(id),
      team: maybe(id),
      text: z.string(),
      ts: id,
      thread_ts: maybe(id),
      channel: id,
    }),
    z.object({
      type: z.literal('message'),
      channel_type: maybe(z.string()),
      subtype: maybe(z.string()),
      user: maybe(id),
      bot_id: maybe(id),
      user_team: maybe(id),
      team: maybe(id),
      text: maybe(z.string()),
      thread_ts: maybe(id),
      channel: id,
      message: maybe(changed),
      previous_message: maybe(changed),
      deleted_ts: maybe(id),
    }),
    z.object({ type: z.literal('reaction_added'), ...reaction }),
    z.object({ type: z.literal('reaction_removed'), ...reaction }),
    z.object({ type: z.literal('pin_added'), ...pin }),
    z.object({ type: z.literal('pin_removed'), ...pin }),
    z.object({ type: z.literal('app_home_opened'), user: id, tab: maybe(z.string()) }),
    z.object({ type: z.literal('user_change'), user: z.object({ id }) }),
    z.object({ type: z.literal('subteam_updated'), subteam: z.object({ id }) }),
    z.object({ type: z.literal('subteam_members_changed'), subteam_id: id }),
    z.object({
      type: z.enum([
        ...(['channel_archive', 'channel_unarchive', 'channel_deleted', 'channel_left'] as const),
        ...(['group_archive', 'group_unarchive', 'group_deleted', 'group_left'] as const),
      ]),
      channel: id,
    }),
  ]),
});

/** Something that Slack tells the bot, checked: a command, an interaction or an event. */
export type Body = z.infer<typeof command> | z.infer<typeof interactions> | z.infer<typeof event>;

/** A body to act upon, or one that is well known to be none of the bot's business. */
export type Read = { kind: 'body'; body: Body } | { kind: 'ignored'; what: string };

const typed = z.object({ type: z.string(), event: z.object({ type: z.string() }).optional() });
const taken = new Set<string>(
  event.shape.event.options.flatMap(({ shape: { type } }) =>
    'options' in type ? type.options : [type.value],
  ),
);

/** Reads anything at all; the error says where it is not what Slack sends. Never throws. */
export function readBody(input: unknown): Result<Read, string> {
  try {
    if (isObject(input) && 'command' in input) return checked(command, input);
    const head = typed.safeParse(input);
    if (!head.success) return err('it has no type');
    const { type, event: inner } = head.data;
    if (type !== 'event_callback') return checkedInteraction(type, input);
    if (inner && !taken.has(inner.type)) return ok({ kind: 'ignored', what: inner.type });
    return checked(event, input);
  } catch (thrown) {
    return err(`it cannot be read: ${String(thrown)}`);
  }
}

const known = new Set(interactions.options.map(({ shape }) => shape.type.value as string));

const checkedInteraction = (type: string, input: unknown): Result<Read, string> =>
  known.has(type) ? checked(interactions, input) : ok({ kind: 'ignored', what: type });

function checked(schema: z.ZodType<Body>, input: unknown): Result<Read, string> {
  const { success, data, error } = schema.safeParse(input);
  if (success) return ok({ kind: 'body', body: data });
  const [issue] = error.issues;
  return err(`${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'not valid'}`);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
