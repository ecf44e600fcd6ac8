import type { Rule } from './rule.ts';
import { flag, oneOf, string } from './scalars.ts';
import { anyOf, byType, shape } from './shapes.ts';

/** A `plain_text` object of 1 to `max` characters. */
export const plainText = (max: number): Rule =>
  shape({ type: oneOf('plain_text'), text: string({ min: 1, max }) }, { emoji: flag });

/** A `mrkdwn` object of 1 to `max` characters. */
export const mrkdwn = (max: number): Rule =>
  shape({ type: oneOf('mrkdwn'), text: string({ min: 1, max }) }, { verbatim: flag });

/** The two kinds of text by type, where they stand among other elements. */
export const texts = (max: number) => ({ plain_text: plainText(max), mrkdwn: mrkdwn(max) });

/** A `plain_text` or `mrkdwn` object. */
export const anyText = (max: number): Rule => anyOf(byType(texts(max)));
