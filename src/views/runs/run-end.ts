import type { Run } from '../../core/run.ts';
import { targetName } from '../../core/target.ts';
import { code } from '../text/code.ts';
import { mention } from '../text/mention.ts';
import { prose, proseWithNames } from '../text/prose.ts';
import { sentence } from '../text/sentence.ts';
import { endAgainText } from './run-ending.ts';

/**
 * How a run ended badly: what happened, what still works and what to do; null when it did not.
 *
 * @param wasLastTry whether it should have ended what another run did, and nothing tries that again.
 */
export function endSentence(run: Run, wasLastTry = false): string | null {
  switch (run.state) {
    case 'requested':
    case 'planned':
    case 'waiting':
      return endAgainText(run) || null;
    case 'approved':
      return sentences(endAgainText(run), held(run)) || null;
    case 'claimed':
    case 'executing':
    case 'verifying':
      return endAgainText(run) || null;
    case 'succeeded':
      return run.plan?.steps.length === 0 ? 'There was nothing left to do.' : null;
    case 'failed':
      return sentences('It did not work.', whyOf(run), begun(run), next(run, wasLastTry));
    case 'interrupted':
      return sentences(
        whyOf(run) || 'It broke off on the way.',
        unknown(run),
        next(run, wasLastTry),
      );
    case 'denied':
      return sentences(denial(run), nothing(run), ifNeeded(run, wasLastTry));
    case 'expired':
      return sentences(whyOf(run) || lapse(run), nothing(run), ifNeeded(run, wasLastTry));
    case 'cancelled':
      return sentences(`${mention(run.requestedBy.id)} took it back.`, nothing());
    case 'superseded':
      return sentences(whyOf(run), nothing(run), endAgainText(run, wasLastTry) || newPlanText(run));
    case 'compensated':
      return sentences('It did not work and was taken back.', whyOf(run), next(run, wasLastTry));
  }
}

const newPlanText = (run: Run): string =>
  run.newPlan
    ? 'What was approved does not hold any more. Its card shows the new plan; *Ask for this plan* there asks for it anew, with approvals of its own.'
    : `What was approved does not hold any more; whoever asks for it again sees the new plan: ${again(run)}.`;

/** What keeps an approved run from beginning. */
const held = (run: Run): string =>
  run.why === null
    ? ''
    : `It waits: ${whyOf(run)} It begins by itself once it may, as long as its approval holds.`;

const sentences = (...all: readonly string[]): string => all.filter(Boolean).join(' ');

/** Why it ended, in the words of whatever ended it. */
const whyOf = ({ why }: Run): string => (why ? proseWithNames(sentence(why), 600) : '');

const ended = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** Only where the reason does not say so itself. */
function nothing(run?: Run): string {
  const said = run?.why?.includes('Nothing was done') === true;
  // What is superseded does not run as before: something else has changed it.
  if (run?.state === 'superseded') return said ? '' : 'Nothing was done.';
  return said ? 'Everything runs as before.' : 'Nothing was done, and everything runs as before.';
}

const lapse = ({ validUntil }: Run): string =>
  validUntil === null
    ? 'Not everybody who was needed approved it in time.'
    : 'It was approved but could not begin before the approval ran out.';

function denial(run: Run): string {
  const no = run.votes.findLast(({ kind }) => kind === 'deny');
  if (!no) return sentences('It was turned down.', whyOf(run));
  const reason = no.note ?? run.why;
  return `${mention(no.person)} denied it${reason ? `: ${ended(prose(reason, 600))}` : '.'}`;
}

/** What is left behind by a run that failed. */
function begun(run: Run): string {
  const { steps, parent } = run;
  if (steps.length === 0) return nothing(run);
  const done = steps.filter(({ outcome }) => outcome?.kind === 'done').length;
  return `Of the steps that were begun, ${done} of ${steps.length} ${done === 1 ? 'is' : 'are'} done${parent === null ? '; nothing more is done by itself' : ''}.`;
}

/** Which step nobody knows of, where the reason does not speak of it already. */
function unknown({ steps, plan, parent, why }: Run): string {
  const open = steps.find(({ outcome }) => outcome === null || outcome.kind === 'unknown');
  const does = plan?.steps.find(({ id }) => id === open?.id)?.does ?? open?.id;
  const what =
    does === undefined || why?.includes(does)
      ? ''
      : `Nobody knows whether this happened: ${prose(`${does}.`, 160)}`;
  return sentences(what, parent === null ? 'Nothing is done again by itself.' : '');
}

const look = ({ target, id }: Run): string =>
  `${code(`/auth status ${targetName(target)}`)} shows how it is now, ${code(`/auth run ${id}`)} all that was done.`;

const ifNeeded = (run: Run, wasLastTry: boolean): string =>
  endAgainText(run, wasLastTry) || `If it is still needed, ask for it again: ${again(run)}.`;

/** Where to look, and what comes next by itself. */
const next = (run: Run, wasLastTry: boolean): string =>
  sentences(endAgainText(run, wasLastTry), look(run));

const again = ({ action, target }: Run): string => code(`/auth ${action} ${targetName(target)}`);
