import type { Signal } from '@preact/signals';
import { ask, failureText } from './control.ts';
import { formState } from './form-state.ts';

/** A form that somebody submits. */
export interface Submission {
  readonly form: HTMLFormElement;
  readonly as: string;
  readonly view: string;
  readonly submitting: Signal<boolean>;
  /** Messages by block id. */
  readonly errors: Signal<Record<string, string>>;
  readonly failure: Signal<string | null>;
}

/** Sends a form, unless something in it is plainly missing or wrong; the form stays when it is turned down. */
export async function submitForm({ form, as, view, submitting, errors, failure }: Submission) {
  errors.value = faultsIn(form);
  failure.value = null;
  if (Object.keys(errors.value).length > 0) return focusFirstFault(form);
  submitting.value = true;
  const answer = await ask('submit', { as, view, values: formState(form) });
  submitting.value = false;
  errors.value = answer.errors ?? {};
  if (Object.keys(errors.value).length > 0) return focusFirstFault(form);
  if (!answer.ok && answer.error === 'unreachable') failure.value = failureText(answer.error, '');
}

/** What Slack's clients see for themselves: fields that are empty or not of their kind. */
function faultsIn(form: HTMLFormElement): Record<string, string> {
  const state = formState(form);
  const inputs = [...form.querySelectorAll<HTMLElement>('.input')].map((input) => {
    const field = input.querySelector<HTMLInputElement>('[data-action]');
    const { block = '', action = '' } = field?.dataset ?? {};
    const held = state[block]?.[action] ?? '';
    const missing = input.dataset.required !== undefined && held.length === 0;
    const wrong = field?.checkValidity() === false ? field.validationMessage : '';
    return [block, missing ? 'Please fill this in.' : wrong] as const;
  });
  return Object.fromEntries(inputs.filter(([block, fault]) => block !== '' && fault !== ''));
}

function focusFirstFault(form: HTMLFormElement) {
  const find = () =>
    form.querySelector<HTMLElement>(
      '.wrong :is(input:not([type=hidden]), select, textarea, button)',
    );
  setTimeout(() => find()?.focus(), 0);
}
