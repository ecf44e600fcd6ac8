import type { ActionsBlock } from '@slack/types';
import type { Forbidden, Near, Refusal, Unclear, Unknown, Unreadable } from '../core/refusal.ts';
import { limits, section } from './blocks/blocks.ts';
import { buttonRows } from './blocks/buttons.ts';
import type { Message } from './blocks/message.ts';
import { pleaButton } from './blocks/plea-button.ts';
import { denialSentence, strangerSentence } from './denial.ts';
import { figure } from './log.ts';
import { clip } from './text/clip.ts';
import { code } from './text/code.ts';
import { prose } from './text/prose.ts';

/** Why not, who could, and what to do next; with buttons for what may have been meant. */
export function refusalMessage(refusal: Refusal): Message {
  const sentence = refusalSentence(refusal);
  const next = 'near' in refusal ? refusal.near.next : [];
  const rows = [...buttonRows(next), ...wishRow(refusal)];
  return { text: clip(sentence, limits.text), blocks: [section(sentence), ...rows] };
}

/** The way to those who could. */
function wishRow(refusal: Refusal): ActionsBlock[] {
  if (refusal.kind !== 'not-allowed' || refusal.wish === undefined) return [];
  const button = pleaButton('ask', `Ask ${refusal.roles.join(' or ')}`, refusal.wish);
  return button ? [{ type: 'actions', elements: [button] }] : [];
}

/** One refusal in words, escaped. There is no default: a new kind must get its sentence. */
export function refusalSentence(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'too-long':
    case 'hidden-character':
    case 'unclosed-quote':
    case 'bad-filter':
      return unreadable(refusal);
    case 'unknown-verb':
    case 'unknown-service':
    case 'unknown-env':
    case 'unknown-dependency':
    case 'unknown-flag':
    case 'unknown-button':
    case 'unknown-form':
      return unknown(refusal);
    case 'missing-target':
    case 'missing-env':
    case 'not-everywhere':
    case 'unclear-target':
    case 'two-envs':
    case 'flag-twice':
    case 'flag-without-value':
    case 'too-many-words':
    case 'bad-value':
      return unclear(refusal);
    case 'not-allowed':
    case 'not-a-member':
    case 'not-verified':
    case 'private-only':
      return forbidden(refusal);
  }
}

function unreadable(refusal: Unreadable): string {
  switch (refusal.kind) {
    case 'too-long':
      return `That is ${figure(refusal.length)} characters; a command has at most ${figure(refusal.limit)}. Nothing was done. Shorten it and send it again.`;
    case 'hidden-character':
      return `There is an invisible character in it (${refusal.code}) that can make text look like other text, so nothing was done. Type the command instead of pasting it.`;
    case 'unclosed-quote':
      return `The quote ${code(refusal.quote)} is never closed, so it is not clear where it ends. Nothing was done. Close it and send it again.`;
    case 'bad-filter':
      return `${code(`| ${refusal.filter}`)} cannot be read as a filter. ${meant(refusal.near)}There are ${list(['| grep TEXT', '| head N', '| tail N', '| count'])}, at most five of them.`;
  }
}

function unknown(refusal: Unknown): string {
  switch (refusal.kind) {
    case 'unknown-verb':
      if (refusal.word === '')
        return `A command begins with its name, such as ${code('/auth status')}. ${code('/auth help')} lists what you may use.`;
      return `There is no command ${code(refusal.word)}. ${meant(refusal.near)}${code('/auth help')} lists what you may use.`;
    case 'unknown-service':
      return `There is no service ${code(refusal.word)}. ${meant(refusal.near)}${oneOf('You may use this on', refusal.known)}`;
    case 'unknown-env':
      return `${code(refusal.service)} has no environment ${code(refusal.word)}. ${meant(refusal.near)}${oneOf('You may use this in', refusal.known)}`;
    case 'unknown-dependency':
      return `${code(refusal.target)} has no dependency ${code(refusal.word)}. ${meant(refusal.near)}${refusal.known.length > 0 ? oneOf('It has', refusal.known) : 'The configuration file names none for it.'}`;
    case 'unknown-flag':
      return `${code(refusal.command)} has no flag ${code(`--${refusal.flag}`)}. ${meant(refusal.near)}${oneOf(
        'It has',
        refusal.known.map((flag) => `--${flag}`),
      )}`;
    case 'unknown-button':
      return 'This button belongs to nothing that I know, so nothing was done. It may come from an older version of me: ask again with `/auth`.';
    case 'unknown-form':
      return 'This form belongs to nothing that I know, so nothing was done. Start again with `/auth`.';
  }
}

function unclear(refusal: Unclear): string {
  switch (refusal.kind) {
    case 'missing-target':
      return `${code(refusal.command)} needs a target, written service@environment. Pick one, or type it.`;
    case 'missing-env':
      return `${code(refusal.service)} has to be named with its environment, since ${code(refusal.command)} takes none by itself. ${oneOf('Name one of', refusal.near.words)}`;
    case 'not-everywhere':
      return `${code(refusal.command)} is about one service at a time, so there is no ${code('all')} for it. Nothing was done. Name the service, written service@environment.`;
    case 'unclear-target':
      return `${list(refusal.words, ' and ')} could each be the target of ${code(refusal.command)}. Nothing was done. Give what is not the target as a flag: ${usage(refusal.command)}`;
    case 'two-envs':
      return `The target says ${code(refusal.one)} and the flag --env says ${code(refusal.other)}. Nothing was done. Name one environment.`;
    case 'flag-twice':
      return `The flag ${code(`--${refusal.flag}`)} is given twice, and it is not clear which one counts. Nothing was done. Give it once.`;
    case 'flag-without-value':
      return `The flag ${code(`--${refusal.flag}`)} needs a value, as in ${code(`--${refusal.flag} VALUE`)}. Nothing was done.`;
    case 'too-many-words':
      return `${code(refusal.command)} does not know what to do with ${code(refusal.word)}. ${usage(refusal.command)}`;
    case 'bad-value':
      return `${code(refusal.command)} cannot be used like this: ${refusal.complaints.map(complaintText).join('; ')}. ${usage(refusal.command)}`;
  }
}

function complaintText({ where, what }: { where: string; what: string }): string {
  const said = prose(what.replace(/\.$/, ''));
  const isMissing = what.startsWith('is missing');
  if (/^[-A-Z]/.test(where)) return `${code(where)} ${isMissing ? '' : '– '}${said}`;
  if (!isMissing) return said;
  const [, about = ''] = /^is missing: (.+)$/.exec(said) ?? [];
  return `something has to follow it${about === '' ? '' : ` (${about})`}`;
}

function forbidden(refusal: Forbidden): string {
  switch (refusal.kind) {
    case 'not-allowed':
      return denialSentence(refusal);
    case 'not-a-member':
      return strangerSentence(refusal.why);
    case 'not-verified':
      return `Your roles could not be looked up (${code(refusal.why)}), so ${code(refusal.command)} is refused; plain reading such as ${code('/auth status')} still works. Try again in a minute.`;
    case 'private-only':
      return `What ${code(refusal.command)} shows is not for everybody in this channel. Use ${code(`/auth ${refusal.command}`)}: only you see the answer.`;
  }
}

const usage = (command: string): string => `${code(`/auth help ${command}`)} shows how it is used.`;

const meant = ({ words }: Near): string =>
  words.length === 0 ? '' : `Did you mean ${list(words, ' or ')}? `;

const oneOf = (what: string, known: readonly string[]): string =>
  known.length === 0
    ? ''
    : `${what}: ${list(known.slice(0, 20))}${known.length > 20 ? ' and more' : ''}.`;

const list = (words: readonly string[], by = ', '): string =>
  words.map((word) => code(word, 80)).join(by);
