import { app } from '../people.ts';
import type { Block, Message } from '../protocol.ts';
import type { StoredMessage } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { fillIds } from './fill-ids.ts';

/** A message to be posted; what is left out is empty. */
export type Draft = Partial<Omit<StoredMessage, 'ts' | 'channel' | 'blocks'>> & {
  channel: string;
  blocks?: readonly unknown[];
};

/** What may change about a message. */
export type Edit = Partial<Pick<StoredMessage, 'text' | 'metadata' | 'reactions'>> & {
  blocks?: readonly unknown[];
};

/** The workspace remembers this many messages, the newest. */
const kept = 5000;

/** The part of a message that people see. */
export function toMessage({
  subtype: _s,
  metadata: _m,
  clientMsgId: _c,
  ...message
}: StoredMessage): Message {
  return message;
}

/** The message with this timestamp, or undefined. Ephemeral ones are found too. */
export const findMessage = (
  { world }: Workspace,
  channel: string,
  ts: string,
): StoredMessage | undefined =>
  world.messages.findLast((message) => message.ts === ts && message.channel === channel);

/** Whether this person may see the message. */
export function canSee({ world }: Workspace, user: string, message: StoredMessage): boolean {
  if (message.onlyFor !== null) return message.onlyFor === user;
  const channel = world.channels.find(({ id }) => id === message.channel);
  return channel?.members.includes(user) ?? false;
}

/** Posts as the app, unless the draft names somebody else, and shows it to everybody who may see it. */
export function post(workspace: Workspace, draft: Draft): StoredMessage {
  const { world, ids } = workspace;
  const message: StoredMessage = {
    user: app.botUser,
    text: '',
    threadTs: null,
    broadcast: false,
    replies: 0,
    editedAt: null,
    onlyFor: null,
    fromSlackbot: false,
    reactions: [],
    files: [],
    subtype: null,
    metadata: null,
    clientMsgId: null,
    ...draft,
    ts: ids.ts(),
    blocks: fillIds(draft.blocks ?? [], ids.id),
  };
  world.messages.push(message);
  if (world.messages.length > kept) world.messages.splice(0, kept / 10);
  show(workspace, message);
  countReply(workspace, message);
  return message;
}

function countReply(workspace: Workspace, { channel, threadTs, onlyFor }: StoredMessage): void {
  const parent = threadTs && !onlyFor ? findMessage(workspace, channel, threadTs) : undefined;
  if (!parent) return;
  parent.replies += 1;
  show(workspace, parent);
}

/** Changes a message in its place. `edited` says whether Slack marks it so. */
export function edit(
  workspace: Workspace,
  message: StoredMessage,
  change: Edit,
  edited = true,
): StoredMessage {
  const blocks: Block[] | undefined = change.blocks && fillIds(change.blocks, workspace.ids.id);
  Object.assign(message, change, blocks && { blocks });
  if (edited) message.editedAt = workspace.ids.ts();
  show(workspace, message);
  return message;
}

/** Takes a message away for everybody. */
export function remove(workspace: Workspace, message: StoredMessage): void {
  const { world, feed } = workspace;
  const { channel, ts } = message;
  world.messages = world.messages.filter((other) => other !== message);
  feed.publish({ type: 'deleted', channel, ts }, (user) => canSee(workspace, user, message));
  workspace.changed();
}

function show(workspace: Workspace, message: StoredMessage): void {
  const entry = { type: 'message', message: toMessage(message) } as const;
  workspace.feed.publish(entry, (user) => canSee(workspace, user, message));
  workspace.changed();
}
