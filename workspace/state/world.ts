import type { Bookmark, Channel, FileInfo, Group, Member, Message } from '../protocol.ts';

/** A person or a bot as it is kept; `email` is null for bots. */
export interface StoredMember extends Member {
  email: string | null;
  /** Seconds since 1970. */
  updated: number;
}

/** A user group as it is kept; times in seconds. */
export interface StoredGroup extends Group {
  created: number;
  updated: number;
}

/** A channel as it is kept; times in seconds. */
export interface StoredChannel extends Channel {
  creator: string;
  created: number;
  updated: number;
  previousNames: string[];
  topicBy: { user: string; at: number } | null;
  purposeBy: { user: string; at: number } | null;
  pinnedBy: Record<string, { user: string; at: number }>;
  bookmarkTimes: Record<Bookmark['id'], { created: number; updated: number }>;
}

/** What an app hangs on a message, seen by apps only. */
export interface Metadata {
  event_type: string;
  event_payload: Record<string, unknown>;
}

/** A message as it is kept. */
export interface StoredMessage extends Message {
  /** Such as `channel_topic`; null for a message that somebody wrote. */
  subtype: string | null;
  metadata: Metadata | null;
  clientMsgId: string | null;
}

/** A modal or a Home tab as the app sent it, with what Slack adds. */
export interface StoredView {
  id: string;
  hash: string;
  user: string;
  rootId: string;
  previousId: string | null;
  /** The app's own JSON, block ids filled in. */
  source: Record<string, unknown> & { type: string; blocks: Record<string, unknown>[] };
  /** What the person has filled in so far, in Slack's shape, by block id and action id. */
  values: Record<string, Record<string, unknown>>;
  errors: Record<string, string>;
  /** Shown above the form when the app did not answer in time. */
  trouble: string | null;
}

/** A file: first promised, then uploaded, then shared. `created` in seconds. */
export interface StoredFile extends FileInfo {
  user: string;
  created: number;
  uploaded: boolean;
  channels: string[];
}

/** A way to answer for a while: see response-urls.ts. `at` in milliseconds. */
export interface ResponseUrl {
  id: string;
  at: number;
  uses: number;
  user: string;
  channel: string;
  /** The message that `replace_original` and `delete_original` mean. */
  original: string | null;
}

/** Everything that outlives the process: plain data, written to one JSON file. */
export interface World {
  version: 1;
  members: StoredMember[];
  groups: StoredGroup[];
  channels: StoredChannel[];
  messages: StoredMessage[];
  homes: Record<string, StoredView>;
  modals: Record<string, StoredView[]>;
  files: StoredFile[];
  responses: ResponseUrl[];
  /** The last timestamp given out, in microseconds: each message has its own. */
  lastTs: number;
  /** The last number given to a new id. */
  lastId: number;
}
