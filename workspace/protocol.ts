/**
 * What the workspace's server and its page tell each other, and what tests ask of it. Every control
 * call is `POST /control/<name>` with a JSON body and a JSON answer, `{ok: true, …}` or
 * `{ok: false, error}`; {@link Feed} entries come as server-sent events from `GET /control/feed?as=USER`.
 */

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

export interface Group {
  id: string;
  handle: string;
  name: string;
  members: string[];
}

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

/** A Block Kit block as the app sent it. */
export type Block = { type: string; block_id?: string } & Record<string, unknown>;

export interface FileInfo {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  /** Path below the server's address. */
  url: string;
}

export interface Message {
  channel: string;
  ts: string;
  user: string;
  text: string;
  blocks: Block[];
  /** The first message's ts when this is a reply in a thread. */
  threadTs: string | null;
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

export interface Command {
  command: string;
  description: string;
  usageHint: string;
}

export interface Shortcut {
  callbackId: string;
  name: string;
  type: 'global' | 'message';
}

/** One line of the inspector: what went over the wire between Slack and the app. */
export interface Traffic {
  seq: number;
  at: number;
  direction: 'to-app' | 'from-app';
  /** `chat.postMessage`, `slash_commands`, `events_api app_mention`, … */
  what: string;
  /** `ok`, an error name, an HTTP status or `no acknowledgement`. */
  outcome: string;
  ms: number | null;
  request: unknown;
  response: unknown;
}

/** What is broken on purpose. All zero and false, and one copy, is a healthy Slack. */
export interface Faults {
  /** Added to every Web API answer, in milliseconds. */
  latencyMs: number;
  /** This share (0–1) of Web API calls answers 503, before doing anything. */
  failBefore: number;
  /** This share does its work, then drops the connection without an answer. */
  dropAfter: number;
  /** This share answers 429 with Retry-After: 1. */
  rateLimited: number;
  /** Web API calls never answer. */
  hang: boolean;
  /** Answers `token_revoked` to everything. */
  revoked: boolean;
  /** Deliveries to the app are sent this many times; once in a healthy Slack. */
  copies: number;
  /** Deliveries to the app are held back this long, in milliseconds. */
  delayMs: number;
}

/** Everything that one member may see. */
export interface Snapshot {
  me: string;
  team: { id: string; name: string };
  app: { name: string; botUserId: string; sockets: number; mode: 'socket' | 'http' };
  members: Member[];
  groups: Group[];
  channels: Channel[];
  messages: Message[];
  home: View | null;
  /** The stack of open modals; the last is on top. */
  modals: View[];
  commands: Command[];
  shortcuts: Shortcut[];
  faults: Faults;
}

/** A change, sent to every member who may see it. `snapshot` comes first. */
export type Feed =
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'message'; message: Message }
  | { type: 'deleted'; channel: string; ts: string }
  | { type: 'channel'; channel: Channel }
  | { type: 'home'; home: View | null }
  | { type: 'modals'; modals: View[] }
  | { type: 'app'; app: Snapshot['app'] }
  | { type: 'faults'; faults: Faults }
  | { type: 'traffic'; traffic: Traffic };

/** What happened to something a member did: whether the app took it within Slack's time. */
export interface Outcome {
  ok: boolean;
  /** `operation_timeout`, `dispatch_failed`, … as Slack's clients show it. */
  error: string | null;
  /** How long the app took to acknowledge, in milliseconds. */
  ms: number;
}

/** Values by block id, then action id; an array for several choices. */
export type FormState = Record<string, Record<string, string | string[] | null>>;

/** The control calls: the body of each, and what comes back beside `ok`. */
export interface Control {
  /** Type something into a channel: a `/command`, a mention of the app, or a plain message. */
  type: { body: { as: string; channel: string; text: string; threadTs?: string }; answer: Outcome };
  /** Press a button or choose in a select, of a message or of a view. */
  act: {
    body: {
      as: string;
      actionId: string;
      blockId: string;
      /** The chosen value of a select, the date of a picker, … ; a button's own value is known. */
      value?: string;
      /** All chosen values of a multi-select or of checkboxes, in place of `value`. */
      values?: string[];
      /** What the inputs around it hold at this moment, as in `submit`. */
      state?: FormState;
      message?: { channel: string; ts: string };
      view?: string;
    };
    answer: Outcome;
  };
  /** Asks the app for the options of an external select (`block_suggestion`). */
  suggest: {
    body: {
      as: string;
      actionId: string;
      blockId: string;
      query: string;
      message?: { channel: string; ts: string };
      view?: string;
    };
    answer: Outcome & { options: { text: string; value: string }[] };
  };
  /** Submit the modal. */
  submit: {
    body: { as: string; view: string; values: FormState };
    answer: Outcome & { errors: Record<string, string> };
  };
  /** Close the modal. */
  close: { body: { as: string; view: string }; answer: Outcome };
  openHome: { body: { as: string }; answer: Outcome };
  shortcut: {
    body: { as: string; callbackId: string; message?: { channel: string; ts: string } };
    answer: Outcome;
  };
  react: { body: { as: string; channel: string; ts: string; name: string }; answer: Outcome };
  /** Who is in the workspace, for a page that has not chosen anybody yet. */
  members: { body: Record<string, never>; answer: { members: Member[] } };
  /** The snapshot, without the feed. */
  look: { body: { as: string }; answer: { snapshot: Snapshot } };
  /** Sets some of the faults; the rest stay. */
  faults: { body: Partial<Faults>; answer: { faults: Faults } };
  /** Something Slack does to the oldest of the app's sockets, or to all. Answers to how many. */
  sockets: {
    body: { do: 'refresh' | 'warning' | 'drop' | 'app_rate_limited'; all?: boolean };
    answer: { sockets: number };
  };
  /** HTTP mode: sends the last signed request again in a bad way. Answers the status the app gave. */
  resend: {
    body: { how: 'bad-signature' | 'stale' | 'future' | 'replay' };
    answer: { status: number };
  };
  traffic: { body: { since?: number }; answer: { traffic: Traffic[] } };
  /** Deactivates somebody, makes them a guest, or takes it back. The app hears `user_change`. */
  member: {
    body: { user: string; deactivated?: boolean; guest?: boolean };
    answer: { member: Member };
  };
  /** Says who is in a user group. The app hears `subteam_members_changed` and `subteam_updated`. */
  group: { body: { group: string; members: string[] }; answer: { group: Group } };
  /** Lets somebody, or the app, into a channel. The app hears `member_joined_channel`. */
  invite: { body: { as: string; channel: string; user: string }; answer: Outcome };
  /** Takes somebody, or the app, out of a channel. */
  kick: { body: { as: string; channel: string; user: string }; answer: Outcome };
  /** Closes a channel. The app hears `channel_archive`. */
  archive: { body: { as: string; channel: string }; answer: Outcome };
  /** Without a paid plan user groups answer `plan_upgrade_required`. */
  plan: { body: { paid: boolean }; answer: { paid: boolean } };
}
