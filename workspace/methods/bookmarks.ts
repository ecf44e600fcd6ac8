import { app, team } from '../people.ts';
import type { Bookmark } from '../protocol.ts';
import { showChannel } from '../slack/channels.ts';
import type { StoredChannel } from '../state/world.ts';
import { required, textOf } from './arguments.ts';
import { ownChannelOf } from './channel-of.ts';
import { ApiError, type Call, type Methods } from './method.ts';

/** A channel holds this many bookmarks. */
const most = 100;

/** Links in the bar above a channel. */
export const bookmarks: Methods = {
  'bookmarks.add': (call) => {
    const channel = ownChannelOf(call, 'channel_id');
    const { args, workspace } = call;
    const title = required(args, 'title');
    if (required(args, 'type') !== 'link') throw new ApiError('invalid_bookmark_type');
    if (channel.bookmarks.length >= most) throw new ApiError('too_many_bookmarks');
    const link = linkOf(call);
    const bookmark = { id: workspace.ids.id('Bk'), title, link, emoji: textOf(args, 'emoji') };
    const now = Math.floor(workspace.chance.now() / 1000);
    channel.bookmarks = [...channel.bookmarks, bookmark];
    channel.bookmarkTimes[bookmark.id] = { created: now, updated: 0 };
    showChannel(workspace, channel);
    return { bookmark: shapeOf(channel, bookmark) };
  },

  'bookmarks.edit': (call) => {
    const { args, workspace } = call;
    const { channel, bookmark } = bookmarkOf(call);
    if (args.link !== undefined) bookmark.link = linkOf(call);
    bookmark.title = textOf(args, 'title') || bookmark.title;
    bookmark.emoji = textOf(args, 'emoji') || bookmark.emoji;
    const times = channel.bookmarkTimes[bookmark.id];
    if (times) times.updated = Math.floor(workspace.chance.now() / 1000);
    showChannel(workspace, channel);
    return { bookmark: shapeOf(channel, bookmark) };
  },

  'bookmarks.list': (call) => {
    const channel = ownChannelOf(call, 'channel_id');
    return { bookmarks: channel.bookmarks.map((bookmark) => shapeOf(channel, bookmark)) };
  },

  'bookmarks.remove': (call) => {
    const { channel, bookmark } = bookmarkOf(call);
    channel.bookmarks = channel.bookmarks.filter((other) => other !== bookmark);
    showChannel(call.workspace, channel);
    return {};
  },
};

function linkOf({ args }: Call): string {
  const link = required(args, 'link');
  if (!/^https?:\/\/\S+$/.test(link)) throw new ApiError('invalid_link');
  return link;
}

function bookmarkOf(call: Call): { channel: StoredChannel; bookmark: Bookmark } {
  const channel = ownChannelOf(call, 'channel_id');
  const id = required(call.args, 'bookmark_id');
  const bookmark = channel.bookmarks.find((other) => other.id === id);
  if (!bookmark) throw new ApiError('not_found');
  return { channel, bookmark };
}

function shapeOf(channel: StoredChannel, { id, title, link, emoji }: Bookmark) {
  const times = channel.bookmarkTimes[id];
  return {
    id,
    channel_id: channel.id,
    title,
    link,
    emoji,
    icon_url: null,
    type: 'link',
    entity_id: null,
    date_created: times?.created ?? 0,
    date_updated: times?.updated ?? 0,
    rank: 'i',
    last_updated_by_user_id: app.botUser,
    last_updated_by_team_id: team.id,
    shortcut_id: null,
    app_id: app.id,
    app_action_id: null,
  };
}
