import { isOver, type RunState, runStates } from '../../../core/run.ts';
import { stateWords } from '../../runs/run-words.ts';
import { code } from '../../text/code.ts';
import { type Facts, factsIn, textIn } from '../../text/fact.ts';
import { prose } from '../../text/prose.ts';
import { snapshot } from './evidence.ts';
import { type Say, who } from './saying.ts';

/** What became of what is done in an incident. */
export const runSayings = {
  run: (facts) => {
    const run = factsIn(facts, 'runFacts') ?? {};
    const [service, env] = [textIn(run, 'service'), textIn(run, 'env')];
    const what = `${textIn(run, 'action') ?? 'a run'}${service === null ? '' : ` ${service}@${env ?? ''}`}`;
    const why = textIn(run, 'why');
    const id = code(textIn(facts, 'run') ?? '–', 80);
    return {
      sign: ':hammer_and_wrench:',
      said: `${code(what, 200)} (${id}, asked for by ${who(textIn(facts, 'by'))}) ${how(textIn(facts, 'what') ?? '')}`,
      more: [
        ...(why === null ? [] : [prose(why, 600)]),
        ...(facts.anew === true ? ['Nothing was kept. It is asked for again by itself.'] : []),
      ],
      buttons: isLostEvidence(facts, run) ? [snapshot] : [],
    };
  },
} satisfies Readonly<Record<string, Say>>;

/** Whether evidence was to be kept, and is not. */
const isLostEvidence = (facts: Facts, run: Facts): boolean =>
  run.action === 'evidence snapshot' && isEnd(facts.what) && facts.what !== 'succeeded';

const isEnd = (what: unknown): boolean =>
  runStates.some((state) => state === what && isOver(state));

const how = (moment: string): string => {
  if (moment === 'waiting') return 'waits for approval';
  if (moment === 'begun') return 'has begun';
  const state = runStates.find((one): one is RunState => one === moment && isOver(one));
  return state ? `is over: *${stateWords[state].replace(/^:\w+: /, '')}*` : prose(moment, 100);
};
