import type { Claim } from '../../core/claims.ts';
import { context, limits, section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { clip } from '../text/clip.ts';
import { code } from '../text/code.ts';
import { mention } from '../text/mention.ts';
import { moment } from '../text/moment.ts';
import { prose } from '../text/prose.ts';
import { sentence } from '../text/sentence.ts';

/** Who keeps a target, until when and why, in one sentence. */
export const claimText = ({ target, by, until, reason }: Claim): string =>
  `${code(target, 130)} is claimed by ${mention(by.id)} until ${moment(until)} because ${prose(reason.replace(/[.!?…\s]+$/, ''), 500)}.`;

/** What came of a wish to claim a target or to let go of one. */
export type ClaimAnswer =
  | { did: 'claimed' | 'prolonged'; claim: Claim; atWork: readonly string[] }
  | { did: 'released' | 'taken-away' | 'taken' | 'not-yours'; claim: Claim }
  | { did: 'none'; target: string }
  | { did: 'may-not'; target: string };

/** The same for people: what is so now, and what they can do next. */
export function claimMessage(answer: ClaimAnswer): Message {
  const sentence = sentenceFor(answer);
  return { text: clip(plainFor(answer), limits.text), blocks: [section(sentence), context(small)] };
}

const small = `${code('/auth claims')} lists what is claimed`;

const plainFor = (answer: ClaimAnswer): string =>
  `${'claim' in answer ? answer.claim.target : answer.target}: ${plainWords[answer.did]}`;

const plainWords: Readonly<Record<ClaimAnswer['did'], string>> = {
  claimed: 'you have claimed it',
  prolonged: 'your claim goes on',
  released: 'your claim has ended',
  'taken-away': 'the claim of somebody else has ended',
  taken: 'somebody else has claimed it',
  'not-yours': 'somebody else has claimed it',
  none: 'nobody has claimed it',
  'may-not': 'you may not claim it',
};

function sentenceFor(answer: ClaimAnswer): string {
  switch (answer.did) {
    case 'claimed':
    case 'prolonged':
      return `${claimText(answer.claim)} Nobody else can begin a change there until then, and what is approved already waits. ${atWork(answer.atWork)}It ends by itself; ${code(`/auth release ${answer.claim.target}`, 150)} ends it now.`;
    case 'released':
      return `${code(answer.claim.target, 130)} is free again: your claim has ended, and what waited for it goes on.`;
    case 'taken-away':
      return `${code(answer.claim.target, 130)} is free again: the claim of ${mention(answer.claim.by.id)} has ended, and they are told that it was you, and why. Claim it yourself if you need it: ${code(`/auth claim ${answer.claim.target} 1h "why"`, 160)}.`;
    case 'taken':
      return `${claimText(answer.claim)} So you cannot claim it, and nothing was changed. Talk to them; where that cannot wait, ${code(`/auth release ${answer.claim.target} --steal "why"`, 160)} takes it away, and they are told.`;
    case 'not-yours':
      return `${claimText(answer.claim)} It is theirs, so nothing was changed. Talk to them; where that cannot wait, say so and why: ${code(`/auth release ${answer.claim.target} --steal "why"`, 160)}. They are told.`;
    case 'none':
      return `Nobody has claimed ${code(answer.target, 130)}, so there is nothing to release.`;
    case 'may-not':
      return `You may not ask for any change on ${code(answer.target, 130)}, or not on all of it, so you can neither claim it nor take a claim of somebody else away. Nothing was changed; ${code('/auth whoami')} shows what you may do.`;
  }
}

const atWork = (runs: readonly string[]): string =>
  runs.length === 0 ? '' : `What has begun goes on: ${runs.map((id) => code(id, 80)).join(', ')}. `;

/** A claim that somebody has lost: what it was, and by whose word or that its time was over. */
export interface LostClaim extends Claim {
  takenBy: { id: string; because: string } | null;
}

/** What whoever had a claim hears when it has ended otherwise than by their own word. */
export function lostClaimMessage({ target, reason, since, takenBy }: LostClaim): Message {
  const what = `Your claim of ${code(target, 130)} from ${moment(since)} (${prose(reason, 300)})`;
  const how = takenBy
    ? `was taken away by ${mention(takenBy.id)}: ${prose(sentence(takenBy.because), 500)}`
    : 'has ended, because its time is over.';
  const next = `Others can change it now. If you still work on it, claim it again: ${code(`/auth claim ${target} 1h "why"`, 160)}.`;
  return {
    text: clip(`Your claim of ${target} has ended`, limits.text),
    blocks: [section(`${what} ${how} ${next}`)],
  };
}
