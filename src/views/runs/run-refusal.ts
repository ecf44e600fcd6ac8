import { formatDuration } from '../../core/duration.ts';
import { refused } from '../../core/limits.ts';
import type { RunRefusal } from '../../core/run-refusal.ts';
import { limits, section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { clip } from '../text/clip.ts';
import { code } from '../text/code.ts';
import { mention } from '../text/mention.ts';
import { moment } from '../text/moment.ts';
import { prose } from '../text/prose.ts';
import { claimText } from './claim.ts';
import { rolesText } from './run-votes.ts';
import { stateWords } from './run-words.ts';
import { type WantRefusal, wantRefusal } from './want-refusal.ts';

/** Why a run was not begun or a vote not counted, and what to do next. */
export function runRefusalMessage(refusal: RunRefusal): Message {
  const sentence = runRefusalSentence(refusal);
  return { text: clip(sentence, limits.text), blocks: [section(sentence)] };
}

/** One refusal in words, escaped. There is no default: a new kind must get its sentence. */
export function runRefusalSentence(refusal: RunRefusal): string {
  switch (refusal.kind) {
    case 'no-such-run':
      return `There is no run ${code(refusal.id, 80)}, so nothing was done. ${code('/auth runs')} lists those there are.`;
    case 'cannot':
      return cannotRefusal(refusal);
    case 'not-now':
      return `This cannot be done now, so nothing was asked for: ${failedChecks(refusal.verdict)}. ${whatThereIs(refusal.action)}`;
    case 'reason-too-short':
      return `This needs a reason${refusal.least > 1 ? ` of at least ${refusal.least} characters` : ''}, for those who approve it and for the audit; nothing was asked for. Add ${code('--reason "why it is needed"')}.`;
    case 'nobody-could-approve':
      return `Nobody but you could approve this: it needs ${rolesText(refusal.roles)}. Nothing was asked for. Who holds the roles is in the configuration file.`;
    case 'given-up':
      return 'This took too long and was given up: nothing was done and nothing was asked for. If it is still needed, ask for it again.';
    case 'limit':
      return limitRefusal(refusal);
    case 'claimed':
      return claimedRefusal(refusal);
    case 'no-step-up':
      return `Who approves this has to prove it with a one-time password, and Gatehouse cannot check any: no encryption key is configured, so nothing was asked for. Whoever runs it sets ${code('GATEHOUSE_ENCRYPTION_KEY')} and enrols the approvers by ${code('npm run step-up')}; ${code('/auth plan')} still shows what would be done.`;
    case 'about-yourself':
    case 'outside-window':
    case 'no-incident':
    case 'break-glass':
    case 'not-proven':
      return wantRefusal(refusal);
    case 'own-request':
    case 'not-eligible':
    case 'voted-already':
    case 'other-plan':
    case 'other-message':
    case 'already':
    case 'too-late':
    case 'not-yours':
    case 'wrong-target-typed':
    case 'not-verified':
      return voteRefusal(refusal);
    case 'stopped':
    case 'may-not-stop':
    case 'may-not-resume':
      return stopRefusal(refusal);
  }
}

const cannotRefusal = ({ action, target, needs, why }: Extract<RunRefusal, { kind: 'cannot' }>) =>
  why === undefined
    ? `${code(target)} has nothing that ${code(action)} could work with (${prose(needs.join(', '), 200)}), so nothing was asked for. Its drivers are in the configuration file; ${code('/auth services')} shows what each target offers.`
    : `This ${code(action)} of ${code(target)} cannot be done from here, so nothing was asked for: ${prose(why, 700)}.`;

/** Whoever may ask for changes there may take the claim away, which its holder hears of. */
const claimedRefusal = ({ target, claim }: Extract<RunRefusal, { kind: 'claimed' }>): string =>
  `${claimText(claim)} Nothing was asked for${claim.target === target ? '' : ` on ${code(target, 130)}`}; reading and ${code('/auth plan')} still work. Talk to ${mention(claim.by.id)}, who ends it by ${code(`/auth release ${claim.target}`, 150)}; where that cannot wait, ${code(`/auth release ${claim.target} --steal "why"`, 160)} takes it away, and they are told.`;

function limitRefusal({
  per,
  what,
  most,
  within,
  roomAt,
  target,
}: Extract<RunRefusal, { kind: 'limit' }>): string {
  const span = formatDuration(within);
  const where = `The limit stands under ${code(`limits.per_${per}.${what}`)} in the configuration file, which whoever runs Gatehouse can change.`;
  const room = `There is room again ${moment(roomAt)}.`;
  if (what === refused) {
    return `${most} of your requests were refused within ${span}, and no more are looked at for now, so nothing was asked for. ${room} Until then somebody else can ask for it; reading and ${code('/auth plan')} still work, and ${code('/auth runs')} shows what was refused. ${where}`;
  }
  return per === 'person'
    ? `You have asked for ${most} changes of ${code(what)} within ${span}, and nobody may ask for more, so nothing was asked for. ${room} Somebody else can ask for it until then. ${where}`
    : `${code(what)} has begun on ${code(target)} ${most} times within ${span}, which is as often as it may, so nothing was asked for: doing it once more will hardly help. ${room} Until then ${code(`/auth logs ${target}`)} may show what is behind it. ${where}`;
}

type VoteRefusal = Exclude<
  RunRefusal,
  | {
      kind:
        | 'no-such-run'
        | 'cannot'
        | 'not-now'
        | 'reason-too-short'
        | 'nobody-could-approve'
        | 'given-up'
        | 'limit'
        | 'claimed'
        | 'no-step-up';
    }
  | StopRefusal
  | WantRefusal
>;

type StopRefusal = Extract<RunRefusal, { kind: 'stopped' | 'may-not-stop' | 'may-not-resume' }>;

function stopRefusal(refusal: StopRefusal): string {
  switch (refusal.kind) {
    case 'stopped':
      return `${prose(refusal.why)} Nothing was asked for; reading and ${code('/auth plan')} still work. ${code('/auth')} shows who stopped them and how they go on.`;
    case 'may-not-stop':
      return `Nothing was stopped: that takes somebody who may ask for a change, or the role ${rolesText(refusal.roles)}. Tell one of them now; ${code('/auth whoami')} shows your roles.`;
    case 'may-not-resume':
      return `Your word does not count for this: it takes two people with the role ${rolesText(refusal.roles)}. Nothing was changed; ${code('/auth whoami')} shows your roles.`;
  }
}

function voteRefusal(refusal: VoteRefusal): string {
  switch (refusal.kind) {
    case 'own-request':
      return 'You asked for this yourself, so your vote does not count, whatever roles you hold. Somebody else has to decide; you can cancel it.';
    case 'not-eligible':
      return notEligible(refusal.roles);
    case 'voted-already':
      return 'Your vote is recorded already and counts once. Nothing was changed.';
    case 'other-plan':
      return `The plan is another one now (${code(refusal.current || 'none')}) than the one you saw (${code(refusal.shown)}), so your vote was not counted. Look at the newest card and decide again.`;
    case 'other-message':
      return `The message with this button is not one about the run ${code(refusal.id, 80)}, so nothing was done. ${code(`/auth run ${refusal.id}`, 100)} shows how it is; decide on its own card, or by ${code('/auth approve')} and ${code('/auth deny')}.`;
    case 'already':
      return `It is too late for that: the run is ${stateWords[refusal.state].replace(/^:\w+: /, '')}. Nothing was changed.`;
    case 'too-late':
      return 'The request has expired, so your vote was not counted and nothing is done. Ask for it again if it is still needed.';
    case 'not-yours':
      return 'Only the person who asked for it can do that. Nothing was changed. Somebody who may approve it can deny it.';
    case 'wrong-target-typed':
      return `What you typed is not the name of the target, so your approval was not counted. Type ${code(refusal.expected)} if that is what you mean.`;
    case 'not-verified':
      return `Your roles could not be looked up (${code(refusal.why)}), so nothing was done. Reading still works. Try again in a minute.`;
  }
}

const notEligible = (roles: readonly string[]): string =>
  roles.length === 0
    ? `Your vote does not count here: nobody else is asked. Who asked for it confirms it themselves, or takes it back. Nothing was changed; ${code('/auth stop-all')} stops all changes.`
    : `Your vote does not count here: it takes somebody with the role ${rolesText(roles)}. Nothing was changed. ${code('/auth whoami')} shows your roles.`;

/** What shows how it is now, for who would like to ask for it otherwise. */
function whatThereIs(action = ''): string {
  const [first = ''] = action.split(' ');
  const [look, what] = looks[first] ?? ['status', 'how the services are'];
  return `${code(`/auth ${look}`)} shows ${what}.`;
}

/** By the first word of an action. */
const looks: Readonly<Record<string, readonly [command: string, what: string]>> = {
  rollback: ['history', 'the releases of a service'],
  deploy: ['history', 'the releases of a service'],
  block: ['blocks', 'who is refused where'],
  unblock: ['blocks', 'who is refused where'],
  user: ['user show', 'one account'],
  password: ['user show', 'one account'],
  lockout: ['user show', 'one account'],
  sessions: ['user show', 'one account'],
};

const failedChecks = ({ checks }: Extract<RunRefusal, { kind: 'not-now' }>['verdict']): string =>
  checks
    .filter(({ ok }) => !ok)
    .slice(0, 5)
    .map(clauseOf)
    .join('; ') || 'a check did not pass';

/** What was seen says mostly by itself what was looked at. */
function clauseOf({ name, seen }: { name: string; seen: string }): string {
  const [, where, what = name] = /^([^:]+): (.+)$/.exec(name) ?? [];
  const bare = seen.replace(/\.+$/, '');
  const said = bare.toLowerCase().includes(what.toLowerCase()) ? bare : `${what} – ${bare}`;
  return prose(where === undefined || where === 'every service' ? said : `${where}: ${said}`, 250);
}
