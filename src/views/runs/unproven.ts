import type { Unproven } from '../../core/run-refusal.ts';
import { code } from '../text/code.ts';
import { moment } from '../text/moment.ts';
import { prose } from '../text/prose.ts';

/** Why a one-time password did not make a vote count, and what to do; escaped. */
export function unprovenSentence(proof: Unproven): string {
  switch (proof.kind) {
    case 'missing':
      return `This needs the one-time password of your authenticator app as well, so your vote was not counted. Press the button again and fill it in, or add ${code('--code')} and the six digits.`;
    case 'wrong':
      return 'That is not the one-time password that your authenticator app shows now, so your vote was not counted. Wait for the next one and try again; a few wrong ones lock you out for a quarter of an hour.';
    case 'replayed':
      return 'That one-time password was used already, and each counts once, so your vote was not counted. Wait for the next one, at most half a minute, and try again. If it was not you who used it, tell security now.';
    case 'locked':
      return `Too many of your one-time passwords were wrong, so none is taken until ${moment(proof.until)} and your vote was not counted. Somebody else may approve it meanwhile. If it was not you who typed them, tell security now.`;
    case 'not-enrolled':
      return `You have no one-time password here yet, so your vote was not counted. Whoever runs Gatehouse sets it up on its machine, by ${code('npm run step-up -- enrol')}; nobody can do that in Slack. You can still deny it.`;
    case 'no-key':
      return `Your one-time password could not be checked (${prose(proof.why, 200)}), so your vote was not counted. Whoever runs Gatehouse has to look at its encryption key, or enrol you again.`;
  }
}
