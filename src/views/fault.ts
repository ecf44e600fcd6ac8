import { section } from './blocks/blocks.ts';
import type { Message } from './blocks/message.ts';
import { code } from './text/code.ts';

/** A target did not do its part: what it said. */
export function faultMessage(what: string): Message {
  const text = `That did not work: ${code(what)}. Nothing was changed. Everything else still works; ${code('/auth status')} shows how the services are.`;
  return { text, blocks: [section(text)] };
}

/** The rest of a log could not be uploaded. */
export function fileFaultMessage(name: string): Message {
  const text = `The whole of ${code(name)} could not be uploaded, so what is above is all there is. ${code('| grep TEXT')} or ${code('| tail N')} narrows it.`;
  return { text, blocks: [section(text)] };
}

/** A form could not be opened, most often because more than three seconds went by. */
export function formFaultMessage(instead: string): Message {
  const text = `Slack did not take the form in time, so nothing was done. Press the button again, or type it: ${code(`/auth ${instead}`)}.`;
  return { text, blocks: [section(text)] };
}
