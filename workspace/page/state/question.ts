import { type Part, part, string, words } from '../blocks/read.ts';
import type { Pane } from './pane.ts';

/** A confirm dialog that waits for an answer. */
export interface Question {
  /** Block Kit's confirm object. */
  readonly confirm: Part;
  answer(yes: boolean): void;
}

/** Asks what an element's confirm object asks; true at once when it has none. */
export async function agreed({ question }: Pane, confirm: unknown): Promise<boolean> {
  if (words(part(confirm).title) === '') return true;
  question.value?.answer(false);
  return new Promise((resolve) => {
    question.value = {
      confirm: part(confirm),
      answer(yes) {
        question.value = null;
        resolve(yes);
      },
    };
  });
}

/** Whether the dialog asks about something dangerous. */
export const isDangerous = ({ confirm }: Question): boolean => string(confirm.style) === 'danger';
