import type { ModalView } from '@slack/types';
import type { Run } from '../core/run.ts';
import { targetName } from '../core/target.ts';
import { section } from './blocks.ts';
import { bold, code } from './code.ts';
import { choiceField, formView, textField } from './forms.ts';
import { writeHandle } from './run-handle.ts';
import { titleOf } from './run-words.ts';

/** Asks why not. */
export const denyForm = (run: Run): ModalView =>
  formView({ callback: 'run:deny', title: 'Deny', submit: 'Deny', data: writeHandle(run) ?? '' }, [
    section(`${bold(titleOf(run))} will not be done. Say why: the person who asked will read it.`),
    textField({ id: 'reason', label: 'Why not', multiline: true }),
  ]);

/** Asks for the name of the target, so that nobody says yes to the wrong one out of habit. */
export const approveForm = (run: Run): ModalView => targetForm(run, 'approve', 'Approve');

/** The same for who asked for it and has to confirm it. */
export const confirmForm = (run: Run): ModalView => targetForm(run, 'confirm', 'Confirm');

const targetForm = (run: Run, deed: 'approve' | 'confirm', label: string): ModalView =>
  formView({ callback: `run:${deed}`, title: label, submit: label, data: writeHandle(run) ?? '' }, [
    section(
      `${bold(titleOf(run))}. This can do a lot of harm: type ${code(targetName(run.target))} to ${deed} it.`,
    ),
    textField({ id: 'target', label: 'The name of the target' }),
    textField({ id: 'note', label: 'A remark', optional: true, multiline: true }),
  ]);

/** What a person wants to ask for, as far as they have said it. */
export interface RequestForm {
  /** The words of the command, such as `restart`. */
  command: string;
  /** What was wrong, escaped; null when only something is missing. */
  complaint: string | null;
  targets: readonly string[];
  target: string | null;
  reason: string;
  params: readonly RequestField[];
  /** The channel it was typed in. */
  askedIn: string | null;
}

/** One parameter of the command. */
export interface RequestField {
  /** As it is typed, without dashes; `words` for what follows the target. */
  name: string;
  about: string;
  kind: 'switch' | 'number' | 'text';
  required: boolean;
  value: string | null;
}

/** Asks for everything that a command needs, filled with what was given. */
export const requestForm = (form: RequestForm): ModalView =>
  formView(
    {
      callback: 'run:request',
      title: form.command,
      submit: 'Ask for it',
      data: JSON.stringify({ command: form.command, askedIn: form.askedIn }),
    },
    [
      ...(form.complaint === null ? [] : [section(form.complaint)]),
      choiceField('target', 'On what', form.targets, form.target),
      textField({
        id: 'reason',
        label: 'Why',
        hint: 'Those who approve it read this, and it stays in the audit.',
        value: form.reason,
        multiline: true,
      }),
      ...form.params.map(paramField),
    ],
  );

const paramField = ({ name, about, kind, required, value }: RequestField) =>
  kind === 'switch'
    ? choiceField(`param:${name}`, about || name, ['no', 'yes'], value ?? 'no')
    : textField({
        id: `param:${name}`,
        label: name,
        ...(about && { hint: about }),
        value,
        optional: !required,
      });
