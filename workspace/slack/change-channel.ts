import { app } from '../people.ts';
import type { StoredChannel } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { nameChannel, showChannel } from './channels.ts';
import { post } from './messages.ts';
import { briefly, tellOfChannel } from './tell-of-channel.ts';

/** Says in the channel what was changed about it, as Slack does. */
function announce(
  workspace: Workspace,
  channel: StoredChannel,
  subtype: string,
  text: string,
  user: string = app.botUser,
): void {
  post(workspace, { channel: channel.id, user, subtype, text });
}

/** Sets the topic or the purpose. */
export function describe(
  workspace: Workspace,
  channel: StoredChannel,
  what: 'topic' | 'purpose',
  text: string,
): void {
  const at = Math.floor(workspace.chance.now() / 1000);
  channel[what] = text;
  channel[what === 'topic' ? 'topicBy' : 'purposeBy'] = { user: app.botUser, at };
  showChannel(workspace, channel);
  announce(workspace, channel, `channel_${what}`, `set the channel ${what}: ${text}`);
}

/** Gives it another name; the app is told. */
export function rename(
  workspace: Workspace,
  channel: StoredChannel,
  name: string,
  user: string = app.botUser,
): void {
  const { name: before } = channel;
  channel.previousNames = [before, ...channel.previousNames];
  channel.name = name;
  showChannel(workspace, channel);
  nameChannel(workspace, channel);
  tellOfChannel(workspace, channel, 'rename', { channel: briefly(channel) });
  announce(
    workspace,
    channel,
    'channel_name',
    `has renamed the channel from ${JSON.stringify(before)} to ${JSON.stringify(name)}`,
    user,
  );
}
