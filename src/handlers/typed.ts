import type { Refusal } from '../core/refusal.ts';
import { ok, type Result } from '../core/result.ts';
import type { Asked } from './desk.ts';
import { longestCommand } from './grammar/clean.ts';
import { fromSlack } from './grammar/from-slack.ts';
import { withHelpFlag } from './grammar/help-flag.ts';
import { type Parsed, parse } from './grammar/parse.ts';
import { word } from './grammar/suggest.ts';
import { carriedBy, fromForm } from './runs/from-form.ts';

/** The command that somebody typed, or that a button or shortcut types for them; null when it is none. */
export function typedIn(asked: Asked): Result<Parsed, Refusal> | null {
  switch (asked.kind) {
    case 'command':
    case 'mention':
      return withHelp(parse(fromSlack(asked.text)));
    case 'click':
      return /^(?:ask(?::\w+)?|pick:\w+)$/.test(asked.action) ? parse(asked.value) : null;
    case 'shortcut':
      return shortcuts.get(asked.callback)?.(asked.text) ?? null;
    case 'submission': {
      const carried = carriedBy(asked);
      return carried && fromForm(carried.command, asked.values);
    }
    case 'home':
      return null;
  }
}

const withHelp = (parsed: Result<Parsed, Refusal>): Result<Parsed, Refusal> =>
  parsed.ok ? ok(withHelpFlag(parsed.value)) : parsed;

/** The shortcuts of manifest.yml, by callback. */
const shortcuts = new Map<string, (text: string) => Result<Parsed, Refusal>>([
  ['check-services', () => parse('status')],
  ['declare-incident', () => parse('incident start')],
  ['explain-message', (text) => ok({ items: [word('explain'), ...wordsOf(text)], filters: [] })],
]);

/** A whole message as words: what looks like a flag or a filter in it is part of what it says. */
const wordsOf = (text: string) =>
  fromSlack(text)
    .slice(0, longestCommand)
    .split(/[\s`]+/)
    .filter((part) => part !== '')
    .map(word);

/** Whether it only asks for the Home tab: it was opened, or its button was pressed. */
export const isHome = (asked: Asked): boolean =>
  asked.kind === 'home' || (asked.kind === 'click' && asked.action === 'home');
