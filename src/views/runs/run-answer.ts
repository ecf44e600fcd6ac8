import type { Button, KnownBlock } from '@slack/types';
import type { Incident } from '../../core/incident.ts';
import { isOver, type Run } from '../../core/run.ts';
import { context, limits, section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { evidenceLines } from '../incidents/incident-evidence.ts';
import { writeIncidentHandle } from '../incidents/incident-handle.ts';
import { clip } from '../text/clip.ts';
import { bold, code } from '../text/code.ts';
import { line } from '../text/escape.ts';
import { channelMention } from '../text/mention.ts';
import { moment } from '../text/moment.ts';
import { runButtons } from './run-buttons.ts';
import { endSentence } from './run-end.ts';
import { planCode } from './run-handle.ts';
import { neededText } from './run-votes.ts';
import { stateWords, titleOf } from './run-words.ts';

/** What was asked for, where it stands, and the incident whose evidence it may destroy because none is kept yet. */
export interface AskedFor {
  run: Run;
  approvals: string | null;
  unkept?: Incident | null;
}

/** What somebody hears who asked for something: that it is asked for, what it waits for, and where. */
export function askedMessage({ run, approvals, unkept = null }: AskedFor): Message {
  const text = `${line(titleOf(run))} is asked for`;
  const where = approvals === null ? '' : ` The request stands in ${channelMention(approvals)}.`;
  return {
    text: clip(text, limits.text),
    blocks: [
      section(`${bold(titleOf(run))} is asked for. ${next(run)}${where}`),
      context(smallPrint(run)),
      ...runButtons(run, 'requester'),
      ...(unkept === null ? [] : unkeptBlocks(unkept)),
    ],
  };
}

/** Says that no evidence is kept yet, how far that is, and offers it. Nothing is held up by it. */
function unkeptBlocks(incident: Incident): KnownBlock[] {
  const far = evidenceLines(incident).map((one) => ` ${one}.`);
  const said = `:warning: ${code(incident.id, 40)} is about security, and no evidence of what it is about is kept so far: what this changes may destroy it.${far.join('')}`;
  const press: Button = {
    type: 'button',
    action_id: 'incident:evidence',
    value: writeIncidentHandle(incident),
    text: { type: 'plain_text', text: 'Snapshot evidence', emoji: false },
  };
  return [section(said), { type: 'actions', elements: [press] }];
}

/** What somebody hears who said yes or no, confirmed or took something back: that it counts, and what is next. */
export function votedMessage({ run, did }: { run: Run; did: string }): Message {
  const text = `${did}: ${bold(titleOf(run))}. ${next(run)}`;
  return {
    text: clip(`${did}: ${line(titleOf(run))}`, limits.text),
    blocks: [section(text), context(smallPrint(run))],
  };
}

function next(run: Run): string {
  const { state, waitsUntil } = run;
  if (state === 'waiting') {
    const until = waitsUntil === null ? '' : ` until ${moment(waitsUntil)}`;
    return `It waits${until} for: ${neededText(run)}.`;
  }
  const sentence = endSentence(run);
  if (sentence !== null) return sentence;
  const now = stateWords[state].replace(/^:\w+: /, '');
  return isOver(state) ? `It is ${now}.` : `It is ${now}; its card shows how it goes on.`;
}

const smallPrint = ({ id, plan }: Run): string =>
  `Run ${code(id, 80)}${plan === null ? '' : `  ·  Plan ${code(planCode(plan), 80)}`}  ·  ${code(`/auth run ${id}`, 100)} shows all of it`;
