import type { Verdict } from '../core/action.ts';
import { formatDuration } from '../core/duration.ts';
import type { LimitReached } from '../core/limits.ts';
import { localText } from '../core/local-time.ts';
import type { RunRefusal } from '../core/run-refusal.ts';
import { severityName } from '../core/severity.ts';

/** What was seen of the checks that failed, as one text. */
export const failedChecks = ({ checks }: Verdict): string =>
  checks
    .filter((check) => !check.ok)
    .map(({ name, seen }) => `${name}: ${seen}`)
    .join('; ');

/** Why the machine refused a request, for its record; who asked is told by the refusal itself. */
export function refusalText(refusal: RunRefusal): string {
  if (refusal.kind === 'not-now') return `Not now: ${failedChecks(refusal.verdict)}.`;
  if (refusal.kind === 'reason-too-short') {
    const least = refusal.least > 1 ? ` of at least ${refusal.least} characters` : '';
    return `It needs a reason${least}.`;
  }
  if (refusal.kind === 'no-step-up') {
    return 'It needs approvals with a one-time password, and no encryption key is configured.';
  }
  if (refusal.kind === 'about-yourself') {
    return 'It is about who asked for it, and nobody else would have had a say in it.';
  }
  if (refusal.kind === 'no-incident') return noIncidentText(refusal);
  if (refusal.kind === 'outside-window') return outsideWindowText(refusal);
  if (refusal.kind === 'limit') return limitText(refusal, refusal.target);
  return `Refused: ${refusal.kind}.`;
}

/** Why there is no incident because of which it may be done, as two sentences. */
export function noIncidentText({
  target,
  no,
}: Extract<RunRefusal, { kind: 'no-incident' }>): string {
  const needs = `It needs an open incident about ${target}`;
  switch (no.why) {
    case 'none':
      return `${needs}, and is part of none. Nothing was done.`;
    case 'unknown':
      return `There is no incident ${no.id}. Nothing was done.`;
    case 'over':
      return `${needs}, and ${no.id} is ${no.state}. Nothing was done.`;
    case 'elsewhere':
      return `${needs}, and ${no.id} is about ${no.about ?? 'no service that anybody has named'}. Nothing was done.`;
    case 'minor':
      return `${needs} of ${severityName(no.atLeast)} or graver, and ${no.id} is ${severityName(no.severity)}. Nothing was done.`;
    case 'unread':
      return `${needs}, and the database does not say whether there is one (${no.cause}). Nothing was done.`;
  }
}

/** When it may be done instead, in the time of the place whose clocks count. */
function outsideWindowText({
  action,
  target,
  hours,
  opens,
}: Extract<RunRefusal, { kind: 'outside-window' }>): string {
  const next =
    opens === null
      ? 'That is not within two weeks'
      : `It can be asked for again on ${localText(opens.at, opens.zone)}`;
  return `${action} may begin on ${target} only ${hours.join(' or ')}. ${next}. Nothing was done.`;
}

/** Why a limit lets nothing more in for the moment, as one sentence. */
export function limitText(
  { per, what, most, within, roomAt }: LimitReached,
  target: string,
): string {
  const when = new Date(roomAt).toISOString().slice(11, 16);
  const begun =
    per === 'person'
      ? `Who asked has asked for ${most} of ${what} within ${formatDuration(within)}`
      : `${what} has begun on ${target} ${most} times within ${formatDuration(within)}`;
  return `${begun}, which is the limit; there is room again at ${when} UTC.`;
}
