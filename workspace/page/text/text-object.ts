import type { ComponentChildren } from 'preact';
import { part, string, words } from '../blocks/read.ts';
import { withEmoji } from './emoji.ts';
import { decoded } from './entities.ts';
import type { Reader } from './mention.ts';
import { mrkdwn } from './mrkdwn.ts';

/** A `plain_text` or `mrkdwn` object of Block Kit. */
export function textObject(value: unknown, reader: Reader): ComponentChildren {
  const { type, text, emoji } = part(value);
  if (type === 'mrkdwn') return mrkdwn(string(text), reader);
  return emoji === false ? decoded(string(text)) : withEmoji(decoded(string(text)));
}

/** The same where only characters may stand: options of a native select, labels for screen readers. */
export const plainWords = (value: unknown): string => decoded(words(value));
