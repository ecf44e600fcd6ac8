import { section } from './blocks.ts';
import { code } from './code.ts';
import type { Message } from './message.ts';

/** Something broke. `known` is what a target said about it; without it, only the log knows. */
export function faultMessage(known: string | null): Message {
  const text =
    known === null
      ? 'Something broke on my side, and I wrote it into my log. Nothing was changed. Try again; if it stays, tell whoever operates me.'
      : `That did not work: ${code(known)}. Nothing was changed. Everything else still works; ${code('/auth status')} shows how the services are.`;
  return { text, blocks: [section(text)] };
}

/** The rest of a log could not be uploaded. */
export function fileFaultMessage(name: string): Message {
  const text = `The whole of ${code(name)} could not be uploaded, so what is above is all there is. ${code('| grep TEXT')} or ${code('| tail N')} narrows it.`;
  return { text, blocks: [section(text)] };
}
