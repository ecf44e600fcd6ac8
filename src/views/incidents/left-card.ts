import { section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { code } from '../text/code.ts';

/** What is left of the card of an incident in a channel that the incident has left. */
export const leftCard = (incident: string): Message => left(incident, 'card');

/** What is left of any other message about it that everybody could read. */
export const leftNotice = (incident: string): Message => left(incident, 'message');

/** What both are called where only their text is seen. */
export const leftText = (incident: string): string => `${incident} goes on elsewhere.`;

const left = (incident: string, what: string): Message => ({
  text: leftText(incident),
  blocks: [section(`${code(incident, 40)} goes on elsewhere. This ${what} is not used any more.`)],
});
