import { section } from './blocks.ts';
import { code } from './code.ts';
import type { Message } from './message.ts';

/** What is left of the card of an incident in a channel that the incident has left. */
export const leftCard = (incident: string): Message => ({
  text: `${incident} goes on elsewhere.`,
  blocks: [section(`${code(incident, 40)} goes on elsewhere. This card is not used any more.`)],
});
