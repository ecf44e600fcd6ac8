import type { Refusal } from '../core/refusal.ts';
import { context } from './blocks.ts';
import { code } from './code.ts';
import type { Message } from './message.ts';
import { refusalMessage } from './refusal.ts';

/** A refusal where a form would have helped, and the command as it can be typed instead. */
export interface Instead {
  refusal: Refusal;
  /** Without `/auth`; capitals stand for what is missing. */
  typed: string;
}

/** Why not, and what to type instead; capitals in it are to be replaced. */
export function insteadMessage({ refusal, typed }: Instead): Message {
  const { text, blocks } = refusalMessage(refusal);
  const hint = `Type it in full, with your own words for the capitals: ${code(`/auth ${typed}`)}`;
  return { text, blocks: [...blocks, context(hint)] };
}
