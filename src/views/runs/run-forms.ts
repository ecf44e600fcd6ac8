import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { Run } from '../../core/run.ts';
import { targetName } from '../../core/target.ts';
import { context, section } from '../blocks/blocks.ts';
import { choiceField, formView, textField } from '../blocks/forms.ts';
import { bold, code } from '../text/code.ts';
import { line } from '../text/escape.ts';
import { sentence } from '../text/sentence.ts';
import { writeHandle } from './run-handle.ts';
import { titleOf } from './run-words.ts';

/** Asks why not. */
export const denyForm = (run: Run): ModalView =>
  formView({ callback: 'run:deny', title: 'Deny', submit: 'Deny', data: writeHandle(run) ?? '' }, [
    section(`${bold(titleOf(run))} will not be done. Say why: the person who asked will read it.`),
    textField({ id: 'reason', label: 'Why not', multiline: true }),
  ]);

/**
 * Asks for the name of the target, so that nobody says yes to the wrong one out of habit, and for a
 * one-time password, so that nobody says yes who has nothing but the Slack account.
 */
export const approveForm = (run: Run): ModalView => decideForm(run, 'approve', 'Approve');

/** The same for who asked for it and has to confirm it. */
export const confirmForm = (run: Run): ModalView => decideForm(run, 'confirm', 'Confirm');

const decideForm = (run: Run, deed: 'approve' | 'confirm', label: string): ModalView =>
  formView({ callback: `run:${deed}`, title: label, submit: label, data: writeHandle(run) ?? '' }, [
    section(`${bold(titleOf(run))}. This can do a lot of harm: ${needsText(run)} to ${deed} it.`),
    ...(run.approval?.typedTarget
      ? [textField({ id: 'target', label: 'The name of the target' })]
      : []),
    ...(run.approval?.stepUp ? [codeField] : []),
    textField({ id: 'note', label: 'A remark', optional: true, multiline: true }),
  ]);

const needsText = ({ approval, target }: Run): string =>
  [
    ...(approval?.typedTarget ? [`type ${code(targetName(target))}`] : []),
    ...(approval?.stepUp ? ['fill in your one-time password'] : []),
  ].join(' and ');

const codeField = textField({
  id: 'code',
  label: 'Your one-time password',
  hint: 'The six digits that your authenticator app shows for Gatehouse. Each counts once.',
});

/** What a person wants to ask for, as far as they have said it. */
export interface RequestForm {
  /** The words of the command, such as `restart`. */
  command: string;
  /** What it does, one sentence. */
  summary: string;
  /** What is wrong and belongs to no field, escaped. */
  complaint: string | null;
  /** What comes before the target when it is typed. */
  operands: readonly RequestField[];
  targets: readonly string[];
  target: Filled;
  reason: Filled;
  params: readonly RequestField[];
  /** The channel it was typed in. */
  askedIn: string | null;
}

/** What was given for one field, and what is wrong with it, escaped. */
export interface Filled {
  value: string | null;
  wrong: string | null;
}

/** One parameter of the command. */
export interface RequestField extends Filled {
  /** As it is typed, without dashes; `words` for what follows the target. */
  name: string;
  label: string;
  about: string;
  kind: 'switch' | 'number' | 'text';
  /** The only values it can have; null when it takes others. */
  choices: readonly string[] | null;
  required: boolean;
}

/** Asks for everything that a command needs, filled with what was given; what is wrong stands below its field. */
export const requestForm = (form: RequestForm): ModalView =>
  formView(
    {
      callback: 'run:request',
      title: form.command,
      submit: 'Ask for it',
      data: JSON.stringify({ command: form.command, askedIn: form.askedIn }),
    },
    [
      section(form.complaint ?? opening(form)),
      ...form.operands.flatMap(paramField),
      choiceField('target', 'On what', form.targets, form.target.value),
      ...wrongNote(form.target),
      textField({
        id: 'reason',
        label: 'Why',
        hint: 'Those who approve it read this, and it stays in the audit.',
        value: form.reason.value,
        multiline: true,
      }),
      ...wrongNote(form.reason),
      ...form.params.flatMap(paramField),
    ],
  );

const opening = (form: RequestForm): string => {
  const marked = [form.target, form.reason, ...form.operands, ...form.params];
  return marked.some(({ wrong }) => wrong !== null)
    ? `${line(form.summary)} What is marked below is still missing or not right; nothing has been asked for yet.`
    : line(form.summary);
};

/** What is missing is said above it already. */
const wrongNote = ({ wrong }: Filled): KnownBlock[] =>
  wrong === null
    ? []
    : [
        context(
          `:warning: ${/^is missing\b/.test(wrong) ? 'This is still missing.' : sentence(wrong)}`,
        ),
      ];

const paramField = (field: RequestField): KnownBlock[] => [fieldFor(field), ...wrongNote(field)];

function fieldFor({
  name,
  label,
  about,
  kind,
  choices,
  required,
  value,
}: RequestField): InputBlock {
  const id = `param:${name}`;
  if (kind === 'switch') return choiceField(id, about || label, ['no', 'yes'], value ?? 'no');
  const hint = about.replaceAll('`', '');
  if (choices) return choiceField(id, label, choices, value, { hint, optional: !required });
  return textField({ id, label, ...(hint && { hint }), value, optional: !required });
}
