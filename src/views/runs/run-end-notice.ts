import type { Run, RunState } from '../../core/run.ts';
import { context, limits, section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { clip } from '../text/clip.ts';
import { bold, code } from '../text/code.ts';
import { line } from '../text/escape.ts';
import { mention } from '../text/mention.ts';
import { endSentence } from './run-end.ts';
import { stateWords, titleOf } from './run-words.ts';

/** Ends that need no more than a line. */
const quiet: readonly RunState[] = ['succeeded'];

/**
 * What the people who wait for a run hear once, when it has ended: that it did and how. Its card says
 * the same, but an edited message calls nobody.
 *
 * @param wasLastTry whether it should have ended what another run did, and nothing tries that again.
 */
export function endNotice(run: Run, wasLastTry = false): Message {
  const { state, requestedBy, id } = run;
  const text = clip(`${line(titleOf(run))}: ${plainState(state)}`, limits.text);
  const first = `${stateWords[state]}: ${bold(titleOf(run))}`;
  const more = context(`Run ${code(id, 80)}  ·  ${code(`/auth run ${id}`, 100)} shows all of it`);
  if (quiet.includes(state)) return { text, blocks: [section(first), more] };
  const asked =
    run.parent === null
      ? `${mention(requestedBy.id)} had asked for it.`
      : stillHolds(run, run.parent, wasLastTry);
  return {
    text,
    blocks: [
      section([first, endSentence(run, wasLastTry), asked].filter(Boolean).join('\n')),
      more,
    ],
  };
}

/** What it means to who asked for the run that it should have ended, or approved that. */
const stillHolds = ({ state }: Run, parent: string, wasLastTry: boolean): string => {
  const holds = state === 'interrupted' ? 'may still hold' : 'still holds';
  const more = wasLastTry ? ' until somebody ends it by hand' : '';
  const did = `What ${code(parent, 80)} did ${holds}${more}: you had asked for that, or approved it.`;
  return `${did} ${code(`/auth run ${parent}`, 100)} says how far it is.`;
};

const plainState = (state: RunState): string => stateWords[state].replace(/^:\w+: /, '');
