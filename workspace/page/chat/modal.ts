import { useSignal } from '@preact/signals';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { View } from '../../protocol.ts';
import { blocks } from '../blocks/blocks.ts';
import { ask } from '../state/control.ts';
import type { Pane } from '../state/pane.ts';
import { submitForm } from '../state/submit-form.ts';
import { surfaceSignals } from '../state/surface.ts';
import { withEmoji } from '../text/emoji.ts';
import { decoded } from '../text/entities.ts';
import { useDialog } from './dialog.ts';
import { icon } from './icon.ts';

/**
 * A form of the app. Its fields are the browser's: when the app sends a new version, fields with the
 * same ids keep what is typed in them. Only the top one of a stack is shown; those below wait.
 */
export function Modal({ pane, view, onTop }: { pane: Pane; view: View; onTop: boolean }): VNode {
  const dialog = useDialog();
  const signals = useMemo(surfaceSignals, []);
  const submitting = useSignal(false);
  const errors = useSignal<Record<string, string>>({});
  const as = pane.person.value ?? '';
  const key = `${pane.side}/${view.id}`;
  const close = () => void ask('close', { as, view: view.id });
  const surface = {
    key,
    pane,
    reader: pane.reader.value,
    origin: { view: view.id },
    errors: { ...view.errors, ...errors.value },
    ...signals,
  };
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    if (!submitting.value)
      await submitForm({ form, as, view: view.id, submitting, errors, failure: signals.failure });
  }
  function pressed(event: KeyboardEvent) {
    if (event.key === 'Escape' && !dialog.current?.querySelector(':popover-open')) close();
  }
  return html`<dialog class="modal" ref=${dialog} hidden=${!onTop} inert=${pane.question.value !== null} aria-labelledby=${`${key}/title`} onKeyDown=${pressed}>
    <form onSubmit=${submit} novalidate>
      <header><h2 id=${`${key}/title`}>${withEmoji(decoded(view.title))}</h2>
        <button type="button" class="icon-button" aria-label="Close" title="Close" onClick=${close}>${icon('close')}</button>
      </header>
      <div class="modal-content">${trouble(view)}${blocks(view.blocks, surface)}</div>
      ${footer(view, submitting.value, close)}
    </form>
  </dialog>`;
}

/** The app did not answer in time: the form stays, with everything in it. */
const trouble = ({ trouble: text }: View): VNode | null =>
  text === undefined ? null : html`<p class="error" role="alert">${text}</p>`;

const footer = ({ close: no, submit }: View, busy: boolean, close: () => void): VNode =>
  html`<footer>
    <button type="button" class="button" onClick=${close}>${withEmoji(decoded(no ?? (submit ? 'Cancel' : 'Close')))}</button>
    ${submit ? html`<button type="submit" class="button primary" aria-busy=${busy} aria-disabled=${busy}>${withEmoji(decoded(submit))}</button>` : null}
  </footer>`;
