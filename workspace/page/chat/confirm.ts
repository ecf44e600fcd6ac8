import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { isDangerous, type Question } from '../state/question.ts';
import type { Reader } from '../text/mention.ts';
import { textObject } from '../text/text-object.ts';
import { useDialog } from './dialog.ts';

/** The dialog that asks before a button or a choice has its effect. */
export function Confirm(props: { question: Question; reader: Reader; id: string }): VNode {
  const { question, reader, id } = props;
  const { confirm, answer } = question;
  const dialog = useDialog();
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') answer(false);
  };
  return html`<dialog class="confirm" ref=${dialog} aria-labelledby=${id} onKeyDown=${pressed}>
    <h2 id=${id}>${textObject(confirm.title, reader)}</h2>
    <div class="confirm-text">${textObject(confirm.text, reader)}</div>
    <footer>
      <button type="button" class="button" onClick=${() => answer(false)}>${textObject(confirm.deny, reader)}</button>
      <button type="button" class=${`button ${isDangerous(question) ? 'danger' : 'primary'}`} data-first
        onClick=${() => answer(true)}>${textObject(confirm.confirm, reader)}</button>
    </footer>
  </dialog>`;
}
