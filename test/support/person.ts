import type { WorkspaceClient } from '../../workspace/client.ts';
import { app, channels } from '../../workspace/people.ts';
import type { Block, Message, Outcome, Snapshot, View } from '../../workspace/protocol.ts';

/** Where a button is: which one, on what. */
interface ButtonBlock {
  actionId: string;
  blockId: string;
}

/** Somebody's hands and eyes in the local Slack. */
export interface Person {
  id: string;
  /** Types `/auth` and the text, and waits for the answer that nobody else sees. */
  asks(text: string, channel?: string): Promise<Message>;
  /** Types `/auth` and the text, and waits only until Gatehouse has taken it. */
  types(text: string, channel?: string): Promise<Outcome>;
  /** Mentions Gatehouse and waits for the answer in the thread; in the thread of `threadTs` when it is given. */
  mentions(text: string, channel?: string, threadTs?: string): Promise<Message>;
  /** Says something in a channel. */
  says(text: string, channel?: string, threadTs?: string): Promise<Message>;
  /** Presses the button with that label, in the block that also says `beside`, and waits for the answer. */
  presses(on: Message | View, label: string, beside?: string): Promise<Message>;
  /** Presses it and waits only until Gatehouse has taken it. */
  clicks(on: Message | View, label: string, beside?: string): Promise<Outcome>;
  /** Presses it and waits for the form that it opens. */
  opens(on: Message | View, label: string, beside?: string): Promise<View>;
  /** Uses a shortcut, of a message when there is one, and waits for the answer. */
  shortcut(callbackId: string, message?: Message): Promise<Message>;
  /** Opens the Home tab and waits until Gatehouse has drawn it anew. */
  opensHome(): Promise<View>;
  /** Waits until the Home tab is drawn anew because of `doing`. */
  seesHomeAnew(doing: () => Promise<unknown>): Promise<View>;
  sees(): Promise<Snapshot>;
  /** Waits for the next message of Gatehouse that this person sees, and that was not there before `doing`. */
  hears(doing: () => Promise<unknown>, wanted?: (message: Message) => boolean): Promise<Message>;
}

/** What somebody does again, since nothing was done or seen: Gatehouse, or what it asked, was too slow. */
const again =
  /so nothing will happen: (?:the database did not answer in time|Gatehouse has just started)|could not be looked up \(`[^`]*no answer within|no answer within 2\.5 s|slower than 1 s/;

/** What Slack says when the app is not connected, or its acknowledgement was lost with a connection. */
const late = new Set(['dispatch_failed', 'operation_timeout']);

/** How often somebody does what they are told to do again. */
const tries = 20;

/** Somebody of the workspace, by id; hasty people take the first answer, also one that says to try again. */
export function personIn(slack: WorkspaceClient, id: string, hasty = false): Person {
  const ids = async () => new Set((await slack.look(id)).messages.map(keyOf));
  const most = hasty ? 1 : tries;

  /** Does it, and again when the app did not hear of it or Slack of that; throws when it was not taken. */
  const taken = async (doing: () => Promise<Outcome>): Promise<Outcome> => {
    for (let left = most; ; left -= 1) {
      const { ok, error, ms } = await doing();
      if (ok && error === null) return { ok, error, ms };
      if (!late.has(error ?? '') || left === 1) throw new Error(`Slack did not take it: ${error}`);
      await slack.waitFor(id, ({ app }) => app.sockets > 0, 3_000).catch(() => {});
    }
  };
  const hearsOnce: Person['hears'] = async (doing, wanted = () => true) => {
    const before = await ids();
    await doing();
    return slack.waitFor(id, ({ messages }) =>
      messages.find((one) => isOurs(one) && !before.has(keyOf(one)) && wanted(one)),
    );
  };
  const hears: Person['hears'] = async (doing, wanted) => {
    for (let left = most; ; left -= 1) {
      const told = await hearsOnce(doing, wanted);
      if (left === 1 || !again.test(textOf(told))) return told;
    }
  };
  const types: Person['types'] = (text, channel = channels.general) =>
    taken(() => slack.type({ as: id, channel, text: `/auth ${text}` }));
  const says: Person['says'] = async (text, channel = channels.general, threadTs) => {
    const before = await ids();
    await taken(() => slack.type({ as: id, channel, text, ...(threadTs && { threadTs }) }));
    const { messages } = await slack.look(id);
    const said = messages.find((one) => one.user === id && !before.has(keyOf(one)));
    if (!said) throw new Error('Slack does not show what was said.');
    return said;
  };
  const clicks: Person['clicks'] = (on, label, beside = '') => {
    const where = 'ts' in on ? { message: { channel: on.channel, ts: on.ts } } : { view: on.id };
    const press = ({ blocks }: { blocks: readonly Block[] }) =>
      slack.act({ as: id, ...buttonOn(blocks, label, beside), ...where });
    return taken(async () => {
      const outcome = await press(on);
      if (outcome.error !== 'element_not_found' || !('ts' in on)) return outcome;
      // It was drawn anew in between: whoever sees it presses what is there now.
      const now = (await slack.look(id)).messages.find((one) => keyOf(one) === keyOf(on));
      return now ? press(now) : outcome;
    });
  };
  const opens: Person['opens'] = async (on, label, beside) => {
    const forms = new Set((await slack.look(id)).modals.map((one) => one.id));
    for (let left = most; ; left -= 1) {
      const before = await ids();
      await clicks(on, label, beside);
      const isToDoAgain = (one: Message) =>
        isOurs(one) && !before.has(keyOf(one)) && again.test(textOf(one));
      const seen = await slack.waitFor(id, ({ modals, messages }) => {
        const form = modals.find((one) => !forms.has(one.id));
        return form ? { form } : left > 1 && messages.some(isToDoAgain) && { form: null };
      });
      if (seen.form) return seen.form;
    }
  };
  const seesHomeAnew: Person['seesHomeAnew'] = async (doing) => {
    const before = (await slack.look(id)).home?.hash;
    await doing();
    return slack.waitFor(id, ({ home }) => home !== null && home.hash !== before && home);
  };
  const onlyMine = ({ onlyFor, channel }: Message) => onlyFor === id || channel.startsWith('D');
  return {
    id,
    types,
    says,
    clicks,
    opens,
    hears,
    asks: (text, channel) => hears(() => types(text, channel), onlyMine),
    async mentions(text, channel, threadTs) {
      let thread: string | null = null;
      return hears(
        async () => {
          const said = await says(`@gatehouse ${text}`, channel, threadTs);
          thread = threadTs ?? said.ts;
        },
        (message) => message.threadTs === thread,
      );
    },
    presses: (on, label, beside) => hears(() => clicks(on, label, beside)),
    shortcut: (callbackId, message) =>
      hears(() => {
        const on = message && { message: { channel: message.channel, ts: message.ts } };
        return taken(() => slack.shortcut({ as: id, callbackId, ...on }));
      }),
    opensHome: () => seesHomeAnew(() => taken(() => slack.openHome({ as: id }))),
    seesHomeAnew,
    sees: () => slack.look(id),
  };
}

/** Everything that Gatehouse said in what somebody sees. */
export const answersIn = ({ messages }: Snapshot): Message[] => messages.filter(isOurs);

/** All texts of a message or view, as one. */
export const textOf = ({ blocks }: { blocks: readonly Block[] }): string =>
  texts(blocks).join('\n');

/** The labels of the buttons of a message or view. */
export const labelsOf = ({ blocks }: { blocks: readonly Block[] }): string[] =>
  buttonsIn(blocks).map(({ label }) => label);

/** Where a message stands, which no other one does. */
export const keyOf = ({ channel, ts }: Message) => `${channel} ${ts}`;
const isOurs = ({ user }: Message) => user === app.botUser;

function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== 'object' || value === null) return [];
  const { text } = value as { text?: unknown };
  const inner = Object.values(value).flatMap(texts);
  return typeof text === 'string' ? [text, ...inner] : inner;
}

function buttonsIn(blocks: readonly Block[]): (ButtonBlock & { label: string; block: Block })[] {
  return blocks.flatMap((block) =>
    [block.accessory, ...((block.elements as unknown[]) ?? [])].flatMap((element) => {
      const { type, text, action_id } = Object(element);
      if (type !== 'button') return [];
      return [{ label: text.text, actionId: action_id, blockId: block.block_id ?? '', block }];
    }),
  );
}

function buttonOn(blocks: readonly Block[], label: string, beside: string): ButtonBlock {
  const all = buttonsIn(blocks);
  const found = all.find(
    (one) => one.label === label && texts(one.block).join('\n').includes(beside),
  );
  if (!found) throw new Error(`There is no button ${label}, only ${all.map((one) => one.label)}.`);
  return { actionId: found.actionId, blockId: found.blockId };
}
