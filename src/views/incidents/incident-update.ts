import type { ImageBlock, KnownBlock } from '@slack/types';
import type { AuditRecord } from '../../core/audit.ts';
import { formatDuration } from '../../core/duration.ts';
import { context, limits } from '../blocks/blocks.ts';
import { paragraphs } from '../blocks/rows.ts';
import { clip } from '../text/clip.ts';
import { clockTime } from '../text/clock-time.ts';
import { type Facts, factsIn, figureIn, textIn, textsIn } from '../text/fact.ts';
import { prose, proseWithNames } from '../text/prose.ts';

/** What an update says below its first line: what is known, what the checks say, what was done, a picture. */
export function updateBlocks({ facts, subject, version }: AuditRecord): KnownBlock[] {
  const figures = factsIn(facts, 'figures');
  const chart = figures && factsIn(figures, 'chart');
  const picture = chart ? pictureOf(chart, `${subject}-${version}`) : [];
  return [...paragraphs(updateLines(facts)), ...picture];
}

/** The same without the picture, one line each. */
export function updateLines(facts: Facts): string[] {
  const figures = factsIn(facts, 'figures');
  return [...missedLines(facts), ...saidLines(facts), ...(figures ? figureLines(figures) : [])];
}

/** Slots that nobody could keep are said, never left out silently. */
function missedLines(facts: Facts): string[] {
  const absence = factsIn(facts, 'absence');
  const merged = figureIn(facts, 'merged') ?? 0;
  const late = figureIn(facts, 'lateBy') ?? 0;
  const slot = figureIn(facts, 'slot');
  if (late === 0 && merged === 0) return [];
  const from = absence && figureIn(absence, 'from');
  const until = absence && figureIn(absence, 'until');
  const away =
    from && until
      ? `I was offline from ${clockTime(from)} to ${clockTime(until)} (${formatDuration(until - from)}). `
      : '';
  const due =
    slot === null
      ? ''
      : `This update was due at ${clockTime(slot)}; it is ${formatDuration(late)} late`;
  const more = merged === 0 ? '' : ` and stands for ${merged + 1} updates that were due`;
  return [`:warning: ${away}${due}${more}.`];
}

const saidLines = (facts: Facts): string[] => {
  const known = textIn(facts, 'known');
  const doing = textIn(facts, 'doing');
  const need = textIn(facts, 'need');
  const text = textIn(facts, 'text');
  return [
    ...(text === null ? [] : [prose(text, 1_000)]),
    ...(known === null ? [] : [`*Known* ${prose(known, 1_000)}`]),
    ...(doing === null ? [] : [`*Doing* ${prose(doing, 1_000)}`]),
    ...(need === null ? [] : [`*Needed* ${prose(need, 1_000)}`]),
  ];
};

function figureLines(figures: Facts): string[] {
  const health = textIn(figures, 'health');
  const change = textIn(figures, 'change');
  const done = textsIn(figures, 'done');
  const running = textsIn(figures, 'running');
  return [
    ...(health === null ? [] : [`*Checks* ${proseWithNames(health, 500)}`]),
    ...(change === null ? [] : [proseWithNames(change, 500)]),
    ...(done.length === 0 ? [] : ['*Done since the last update*', ...done.map(bullet)]),
    ...(running.length === 0 ? [] : ['*Going on*', ...running.map(bullet)]),
  ];
}

const bullet = (text: string): string => `• ${proseWithNames(text, 300)}`;

/** The picture is shown by the message itself; whoever does not see it reads what it shows. */
function pictureOf(chart: Facts, id: string): KnownBlock[] {
  const file = textIn(chart, 'file');
  const alt = textIn(chart, 'alt') ?? 'How the checks were';
  if (file === null) return [context(clip(prose(alt, 600), limits.context))];
  const image: ImageBlock = {
    type: 'image',
    block_id: `chart-${id}`.slice(0, 255),
    slack_file: { id: file },
    alt_text: clip(alt, 2_000),
  };
  return [image];
}
