import { code } from '../../text/code.ts';
import { type Facts, textIn } from '../../text/fact.ts';
import { because, type NoticeButton, type Say, who } from './saying.ts';

/** What is kept before anything is contained. */
export const evidenceSayings = {
  'evidence-asked': (facts) => ({
    sign: ':floppy_disk:',
    said: `Evidence of ${about(facts)} is being kept by ${code(textIn(facts, 'run') ?? '–', 80)}, asked for in the name of ${who(textIn(facts, 'by'))}. Containment does not have to wait for it.`,
  }),
  'evidence-tried': (facts) => ({
    sign: ':hourglass:',
    said: `Evidence of ${about(facts)} ${textIn(facts, 'run') === null ? 'could not be asked for yet' : `is not kept yet, because ${code(textIn(facts, 'run') ?? '–', 80)} has ended before anything was done`}${because(facts, 'why')}; that is tried again`,
  }),
  'evidence-failed': (facts) => ({
    sign: ':warning:',
    said: `No evidence of ${about(facts)} is kept${because(facts, 'why')}. What is changed now may destroy it: keep some by hand first if there is time.`,
    buttons: [snapshot],
  }),
} satisfies Readonly<Record<string, Say>>;

/** Has evidence kept by hand. */
export const snapshot: NoticeButton = {
  deed: 'evidence',
  label: 'Snapshot evidence',
  style: 'primary',
};

const about = (facts: Facts): string => code(textIn(facts, 'target') ?? 'the service', 130);
