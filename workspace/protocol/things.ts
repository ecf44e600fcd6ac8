/** Somebody in the workspace, called by their role. */
export interface Member {
  id: string;
  name: string;
  title: string;
  team: string;
  bot: boolean;
  guest: boolean;
  deactivated: boolean;
}

/** A user group; `handle` is what one types after an `@`. */
export interface Group {
  id: string;
  handle: string;
  name: string;
  members: string[];
}

/** A link in the bar above a channel. */
export interface Bookmark {
  id: string;
  title: string;
  link: string;
  emoji: string;
}

/** A channel, a private channel or a direct message with the app (`kind: 'im'`, `name` is the other's id). */
export interface Channel {
  id: string;
  name: string;
  kind: 'channel' | 'private' | 'im';
  members: string[];
  topic: string;
  purpose: string;
  archived: boolean;
  pins: string[];
  bookmarks: Bookmark[];
}

/** A public channel by name, for whoever is not in it. */
export type Room = Pick<Channel, 'id' | 'name'>;

/** A Block Kit block as the app sent it. */
export type Block = { type: string; block_id?: string } & Record<string, unknown>;

/** A file that hangs on a message. */
export interface FileInfo {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  /** Path below the server's address. */
  url: string;
}

/** Something said in a channel, as its readers see it. */
export interface Message {
  channel: string;
  ts: string;
  user: string;
  text: string;
  blocks: Block[];
  /** The first message's ts when this is a reply in a thread. */
  threadTs: string | null;
  /** A reply that is shown in the channel too. */
  broadcast: boolean;
  replies: number;
  editedAt: string | null;
  /** Set on a message that only this member sees. */
  onlyFor: string | null;
  /** Set on what Slackbot says when the app failed, such as `operation_timeout`. */
  fromSlackbot: boolean;
  reactions: { name: string; users: string[] }[];
  files: FileInfo[];
}

/** An open modal or a Home tab. */
export interface View {
  id: string;
  type: 'modal' | 'home';
  title: string;
  submit: string | null;
  close: string | null;
  callbackId: string;
  hash: string;
  blocks: Block[];
  /** Messages by block id, after a submission was turned down. */
  errors: Record<string, string>;
  /** What stands above the form when the app did not answer in time. */
  trouble?: string;
}

/** A slash command of the manifest, for autocompletion. */
export interface Command {
  command: string;
  description: string;
  usageHint: string;
}

/** A shortcut of the manifest: for anywhere, or for a message. */
export interface Shortcut {
  callbackId: string;
  name: string;
  type: 'global' | 'message';
}
