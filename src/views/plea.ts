import { formatDuration } from '../core/duration.ts';
import { limits, section } from './blocks/blocks.ts';
import type { Message } from './blocks/message.ts';
import { pleaButton } from './blocks/plea-button.ts';
import { clip } from './text/clip.ts';
import { code } from './text/code.ts';
import { channelMention, mention } from './text/mention.ts';

/** Somebody who wants something done that they may not ask for. */
export interface Plea {
  /** The Slack user id. */
  by: string;
  /** What they would have typed after `/auth`. */
  command: string;
  /** The roles each of which would be enough. */
  roles: readonly string[];
}

/** What those read who may ask for it, with a button that opens the form. */
export function pleaMessage({ by, command, roles }: Plea): Message {
  const who = roles.map((role) => code(role)).join(' or ');
  const text = `${mention(by)} would like this done and may not ask for it: ${code(`/auth ${command}`, 1_500)}\nSomebody with the role ${who} can open the form, look at what would happen, and ask for it in their own name. Nothing was done.`;
  const button = pleaButton('take', 'Open the form', command);
  return {
    text: clip(text, limits.text),
    blocks: [section(text), ...(button ? [{ type: 'actions' as const, elements: [button] }] : [])],
  };
}

/** What became of a plea, for who made it. */
export type PleaAnswer =
  | { kind: 'told'; channel: string | null; people: number }
  | { kind: 'lately'; wait: number }
  | { kind: 'nobody-there' }
  | { kind: 'not-sent' }
  | { kind: 'your-own'; command: string };

/** One sentence about it. */
export function pleaAnswerMessage(answer: PleaAnswer): Message {
  const text = sentence(answer);
  return { text, blocks: [section(text)] };
}

function sentence(answer: PleaAnswer): string {
  switch (answer.kind) {
    case 'told':
      return answer.channel === null
        ? `${answer.people === 1 ? 'One person was' : `${answer.people} people were`} told in their direct messages. Nothing was done: it is up to them to ask for it.`
        : `It stands in ${channelMention(answer.channel)} now. Nothing was done: it is up to those who may to ask for it.`;
    case 'lately':
      return `You have asked for that lately, so nobody was told again. You can in ${formatDuration(answer.wait)}; talk to them meanwhile.`;
    case 'nobody-there':
      return `There is nobody to tell: no approvals channel is set, and nobody holds the role that it takes. Talk to whoever keeps the configuration file.`;
    case 'not-sent':
      return 'Slack did not take the message, so nobody was told. Press the button again, or talk to them.';
    case 'your-own':
      return `By now you may ask for it yourself: ${code(`/auth ${answer.command}`, 1_500)}. Nothing was done.`;
  }
}
