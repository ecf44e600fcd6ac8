import type { Faults, Snapshot, Traffic } from './feed.ts';
import type { Group, Member } from './things.ts';

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
  /** Changes one's own message. The app hears `message` with the subtype `message_changed`. */
  edit: { body: { as: string; channel: string; ts: string; text: string }; answer: Outcome };
  /** Takes away one's own message, or one of the app's. The app hears `message_deleted`. */
  remove: { body: { as: string; channel: string; ts: string }; answer: Outcome };
  /** Pins a message, or takes its pin away. The app hears `pin_added` or `pin_removed`. */
  pin: { body: { as: string; channel: string; ts: string }; answer: Outcome };
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
  /**
   * Says who is in a user group: all of them by `members`, or who joins it and who leaves it, so that of two changes
   * at once none is lost. The app hears `subteam_members_changed` and `subteam_updated`.
   */
  group: {
    body: { group: string; members?: string[]; join?: string; leave?: string };
    answer: { group: Group };
  };
  /** Lets somebody, or the app, into a channel. The app hears `member_joined_channel`. */
  invite: { body: { as: string; channel: string; user: string }; answer: Outcome };
  /** Takes somebody, or the app, out of a channel. The app hears `member_left_channel`. */
  kick: { body: { as: string; channel: string; user: string }; answer: Outcome };
  /** Goes into a public channel by oneself. */
  join: { body: { as: string; channel: string }; answer: Outcome };
  /** Closes a channel. The app hears `channel_archive` (`group_archive` of a private one). */
  archive: { body: { as: string; channel: string }; answer: Outcome };
  /** Opens it again. The app hears `channel_unarchive`. */
  unarchive: { body: { as: string; channel: string }; answer: Outcome };
  /** Gives a channel another name. The app hears `channel_rename`. */
  rename: { body: { as: string; channel: string; name: string }; answer: Outcome };
  /** Takes a channel away for good. The app hears `channel_deleted`. */
  deleteChannel: { body: { as: string; channel: string }; answer: Outcome };
  /** Without a paid plan user groups answer `plan_upgrade_required`. */
  plan: { body: { paid: boolean }; answer: { paid: boolean } };
}
