import { clip } from './clip.ts';
import { code } from './code.ts';
import { line } from './escape.ts';
import { mention } from './mention.ts';
import { moment } from './moment.ts';

/**
 * Text from anywhere in running text, at most `limit` long as people see it and one more for `…`. What stands in backticks is
 * code; a moment as machines write it, `2026-11-22T03:56:47Z`, is said in everybody's own time. All of it is
 * code when anything else in it could be read as formatting.
 */
export const prose = (text: string, limit = 500): string =>
  written(piecesOf(line(text)), text, limit);

/**
 * The same for a sentence of Gatehouse's own, in which a person, `user:U012ABC`, is said by name. Never for what
 * people typed: whoever is named is notified.
 */
export const proseWithNames = (text: string, limit = 500): string =>
  written(piecesOf(line(text)).flatMap(withNames), text, limit);

function written(pieces: readonly Piece[], text: string, limit: number): string {
  const isPlain = pieces.every(({ kind, said }) => kind !== 'text' || !/[*_~`]/.test(said));
  return isPlain ? joined(pieces, limit) || '–' : code(text, limit);
}

/** A part of escaped text: running text, what stood in backticks, a moment or a person. */
interface Piece {
  kind: 'text' | 'code' | 'moment' | 'person';
  said: string;
}

/** Code only between blanks and marks: Slack takes a backtick within a word for a letter. */
const special =
  /(?<![^\s(“"])`([^`]+)`(?![^\s.,;:!?)”"])|\b(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)\b/g;
const person = /\buser:([UW][A-Z0-9]{1,20})\b/;

function piecesOf(escaped: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { index, 0: all, 1: typed, 2: at } of escaped.matchAll(special)) {
    pieces.push({ kind: 'text', said: escaped.slice(from, index) });
    if (typed !== undefined) pieces.push({ kind: 'code', said: typed });
    else pieces.push({ kind: Number.isNaN(Date.parse(at ?? '')) ? 'text' : 'moment', said: all });
    from = index + all.length;
  }
  return [...pieces, { kind: 'text', said: escaped.slice(from) }];
}

/** Running text and the people in it, in turn. */
const withNames = (piece: Piece): Piece[] =>
  piece.kind === 'text'
    ? piece.said
        .split(person)
        .map((said, at) => ({ kind: at % 2 === 0 ? ('text' as const) : ('person' as const), said }))
    : [piece];

/** Cuts no piece of code open: its second backtick would begin another one. */
function joined(pieces: readonly Piece[], limit: number): string {
  let room = limit;
  let all = '';
  for (const { kind, said } of pieces) {
    const needs = said.length + (kind === 'code' ? 2 : 0);
    if (needs > room) return `${all}${kind === 'text' ? clip(said, Math.max(room, 1)) : '…'}`;
    room -= needs;
    all += shown[kind](said);
  }
  return all;
}

const shown: Readonly<Record<Piece['kind'], (said: string) => string>> = {
  text: (said) => said,
  code: (said) => `\`${said}\``,
  // Nobody reads seconds, and what differs in them alone is the same to people.
  person: mention,
  moment: (said) => moment(Math.floor(Date.parse(said) / 60_000) * 60_000),
};
