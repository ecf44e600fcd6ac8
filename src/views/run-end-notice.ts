import type { Run, RunState } from '../core/run.ts';
import { context, limits, section } from './blocks.ts';
import { clip } from './clip.ts';
import { bold, code } from './code.ts';
import { line } from './escape.ts';
import { mention } from './mention.ts';
import type { Message } from './message.ts';
import { endSentence } from './run-end.ts';
import { stateWords, titleOf } from './run-words.ts';

/** Ends that need no more than a line. */
const quiet: readonly RunState[] = ['succeeded'];

/**
 * What the people who wait for a run hear once, when it has ended: that it did and how. Its card says
 * the same, but an edited message calls nobody.
 */
export function endNotice(run: Run): Message {
  const { state, requestedBy, id } = run;
  const text = clip(`${line(titleOf(run))}: ${plainState(state)}`, limits.text);
  const first = `${stateWords[state]}: ${bold(titleOf(run))}`;
  const more = context(`Run ${code(id, 80)}  ·  ${code(`/auth run ${id}`, 100)} shows all of it`);
  if (quiet.includes(state)) return { text, blocks: [section(first), more] };
  const sentence = endSentence(run);
  const asked = `${mention(requestedBy.id)} had asked for it.`;
  return {
    text,
    blocks: [section([first, sentence, asked].filter(Boolean).join('\n')), more],
  };
}

const plainState = (state: RunState): string => stateWords[state].replace(/^:\w+: /, '');
