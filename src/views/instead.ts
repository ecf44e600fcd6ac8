import type { Refusal } from '../core/refusal.ts';
import { context, section } from './blocks/blocks.ts';
import type { Message } from './blocks/message.ts';
import { refusalMessage } from './refusal.ts';
import { code } from './text/code.ts';

/** A command as it can be typed in place of a form, without `/auth`; capitals stand for what is missing. */
export interface Instead {
  typed: string;
}

/** Why not, and what to type instead; capitals in it are to be replaced. */
export function insteadMessage({ refusal, typed }: Instead & { refusal: Refusal }): Message {
  const { text, blocks } = refusalMessage(refusal);
  const hint = `Type it in full, with your own words for the capitals: ${code(`/auth ${typed}`)}`;
  return { text, blocks: [...blocks, context(hint)] };
}

/** That a button could not open its form, and what to type instead. */
export function formFailedMessage({ typed }: Instead): Message {
  const text = `Slack did not open the form in time, and a button alone changes nothing. Press it again, or type ${code(`/auth ${typed}`)}.`;
  return { text, blocks: [section(text)] };
}
