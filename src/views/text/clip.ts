/** Made when something is first cut: it reads in tables that a start would wait for. */
let segmenter: Intl.Segmenter | null = null;
const graphemes = (): Intl.Segmenter => {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter;
};

/**
 * Escaped text of at most `limit` UTF-16 units, ending in `…` when something was cut. Cuts no entity,
 * no surrogate pair and no character that is made of several.
 */
export function clip(escaped: string, limit: number): string {
  if (escaped.length <= limit) return escaped;
  return limit < 1 ? '' : `${escaped.slice(0, wholeBefore(escaped, limit - 1))}…`;
}

/** The last place at or before `end` where the text can be cut without splitting anything. */
function wholeBefore(text: string, end: number): number {
  const before = entityBefore(text, characterBefore(text, end));
  return before === end ? end : wholeBefore(text, before); // one kind of step may undo the other
}

const entities = ['&amp;', '&lt;', '&gt;'];

/** Where the entity starts that a cut at `end` would go through; otherwise `end`. */
function entityBefore(text: string, end: number): number {
  const start = text.lastIndexOf('&', end - 1);
  const entity = entities.find((one) => text.startsWith(one, start));
  return entity !== undefined && start + entity.length > end ? start : end;
}

/** A cluster longer than this is no letter but a heap of marks: it is cut between code points. */
const longestCluster = 64;

function characterBefore(text: string, end: number): number {
  const from = Math.max(0, end - longestCluster);
  const around = text.slice(from, end + longestCluster);
  const { index: start } = graphemes()
    .segment(around)
    .containing(end - from) as Intl.SegmentData;
  if (start > 0 || from === 0) return from + start;
  return isLow(text.charCodeAt(end)) ? end - 1 : end;
}

const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
