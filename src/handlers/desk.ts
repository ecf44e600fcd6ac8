import type { Message, View } from '../views/blocks/message.ts';
import type { Noticed } from './marks/noticed.ts';

/** Who asks, as Slack signed it. */
export interface Asker {
  id: string;
  team: string;
}

/** Where it was asked. `thread` is the timestamp of the thread's first message, or null outside of one. */
export interface Place {
  channel: string;
  thread: string | null;
}

/** Something a person did in Slack, with Slack's envelope taken off. */
export type Asked =
  | { kind: 'command'; text: string; asker: Asker; place: Place }
  | { kind: 'mention'; text: string; asker: Asker; place: Place }
  | {
      kind: 'click';
      action: string;
      value: string;
      asker: Asker;
      place: Place | null;
      /** The message that the button stands in; not there when it stands in none. */
      message?: ClickedMessage;
      /** Whether it stands in a form or on the Home tab, which nobody but Gatehouse can draw. */
      inView?: boolean;
    }
  | {
      kind: 'submission';
      callback: string;
      values: FormValues;
      /** What the form carried unseen. */
      data?: string;
      asker: Asker;
    }
  | {
      kind: 'shortcut';
      callback: string;
      text: string;
      asker: Asker;
      place: Place | null;
      /** The message that it was used on. */
      message?: ClickedMessage;
    }
  | { kind: 'home'; asker: Asker };

/** A message whose button was pressed. */
export interface ClickedMessage {
  channel: string;
  ts: string;
  /** Whether nobody but the asker sees it. */
  alone: boolean;
}

/** What was filled in, by block id; an empty field is null. */
export type FormValues = Readonly<Record<string, string | null>>;

/** The ways to answer one person. Each may throw when Slack does not take it. */
export interface Answer {
  /** For the asker alone after a command or a click; into the thread after a mention. */
  say(message: Message): Promise<void>;
  /** A file for the asker, in their direct messages. */
  attach(file: { name: string; content: string; comment: string }): Promise<void>;
  /** Opens a form; only within three seconds of the person's doing. */
  open(view: View): Promise<void>;
  /** Replaces the form that the button stands in, unless it has changed since; throws where there is none. */
  replace(view: View): Promise<void>;
  /** Replaces the asker's Home tab. */
  home(view: View): Promise<void>;
}

/** What the bot hands deliveries to. Knows nothing of Bolt. */
export interface Desk {
  /**
   * Whether it may change something, so that it has to be written down before it is acknowledged.
   * Pure and quick, and true when in doubt.
   */
  changes(asked: Asked): boolean;
  /** `origin` is the same for every copy of what was asked: of one origin there comes one run. */
  handle(asked: Asked, answer: Answer, origin?: string): Promise<void>;
  /**
   * Does what follows from what was done to a message. Done again it changes nothing.
   *
   * @throws when it has to be done again.
   */
  notice?(noticed: Noticed): Promise<void>;
  /**
   * Tells who asked what became of a change that was taken by a process which is gone. It is given up by
   * now: nothing more comes of it.
   */
  tellLeftBehind(left: LeftOver, answer: Pick<Answer, 'say'>): Promise<void>;
}

/** A change that was taken, and of which nobody knows whether it was done. */
export interface LeftOver {
  asked: Asked;
  /** What it was handed to the desk as. */
  key: string;
  /** By the database's clock, in milliseconds since 1970. */
  receivedAt: number;
  /** In milliseconds. */
  age: number;
  /** Whether `asked` is all of what was asked, with nothing taken out of it. */
  whole: boolean;
}
