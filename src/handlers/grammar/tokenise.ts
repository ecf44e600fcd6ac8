import type { Refusal } from '../../core/refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';

/** A piece of a command. A flag's value is null when none was joined to it by `=`. */
export type Token =
  | { kind: 'word'; text: string }
  | { kind: 'flag'; name: string; value: string | null }
  | { kind: 'pipe' };

/**
 * Splits text at blanks and bars. Quotes, straight or curly, keep theirs; backticks around anything go;
 * a dash of any length before a letter starts a flag, since phones turn `--` into `—`; after a lone
 * `--` nothing is a flag. Refuses a double quote that is never closed: it could swallow a flag.
 */
export function tokenise(text: string): Result<Token[], Refusal> {
  const tokens: Token[] = [];
  let literal = false;
  let at = 0;
  for (;;) {
    at = skip(text, at);
    if (at >= text.length) return ok(tokens);
    const found = text[at] === '|' ? { token: pipe, end: at + 1 } : read(text, at, literal);
    if ('quote' in found) return err({ kind: 'unclosed-quote', quote: found.quote });
    if (found.token === pipe) literal = false;
    at = found.end;
    if (found.token === 'no more flags') literal = true;
    else tokens.push(found.token);
  }
}

const pipe: Token = { kind: 'pipe' };

type Found = { token: Token | 'no more flags'; end: number } | { quote: string };

/** What pieces are told by, made once: a pattern that is written where it is used is made at every use. */
const blanks = /[ `]*/y;
const flagged = /(?:--?|[–—−]+-?)(?=\p{L})([^ =|]*)/uy;
const bareWord = /[^ |]*/y;
const anyQuote = /["“”„'‘]/y;

const skip = (text: string, at: number): number => match(blanks, text, at)?.end ?? at;

function read(text: string, at: number, literal: boolean): Found {
  const flag = literal ? null : match(flagged, text, at);
  if (flag) return readFlag(text, flag.end, unwrap(flag.inside));
  const value = readValue(text, at);
  if ('quote' in value) return value;
  if (!literal && !value.quoted && value.text === '--')
    return { token: 'no more flags', end: value.end };
  return { token: { kind: 'word', text: value.text }, end: value.end };
}

function readFlag(text: string, at: number, name: string): Found {
  if (text[at] !== '=') return { token: { kind: 'flag', name, value: null }, end: at };
  const value = readValue(text, at + 1);
  if ('quote' in value) return value;
  return { token: { kind: 'flag', name, value: value.text }, end: value.end };
}

type Value = { text: string; end: number; quoted: boolean } | { quote: string };

/**
 * Straight quotes, where `\"` is a quote and `\\` a backslash, and curly ones. A closing quote is one before
 * a blank, a bar or the end, so that `'don't'` needs no escape.
 */
const quotes = [
  /"((?:\\[\\"]|[^\\]|\\(?![\\"]))*?)"(?=[ `|]|$)/y,
  /[“”„](.*?)[“”"](?=[ `|]|$)/y,
  /'(.*?)'(?=[ `|]|$)/y,
  /‘(.*?)['’](?=[ `|]|$)/y,
];

function readValue(text: string, at: number): Value {
  if (match(anyQuote, text, at)) {
    for (const quote of quotes) {
      const found = match(quote, text, at);
      if (found) return { text: unquote(found.inside), end: found.end, quoted: true };
    }
    if (/["“”„]/.test(text[at] ?? '')) return { quote: text[at] ?? '' };
  }
  const bare = match(bareWord, text, at);
  return { text: unwrap(bare?.whole ?? ''), end: bare?.end ?? at, quoted: false };
}

const unquote = (text: string): string => text.replace(/\\([\\"])/g, '$1');

const unwrap = (text: string): string => text.replace(/^`+|`+$/g, '');

function match(pattern: RegExp, text: string, at: number) {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found && { whole: found[0], inside: found[1] ?? '', end: at + found[0].length };
}
