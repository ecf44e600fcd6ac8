import type { RunRefusal } from '../../core/run-refusal.ts';
import { severityName } from '../../core/severity.ts';
import { code } from '../text/code.ts';

/** Why there is no incident because of which it may be done, and what to do next. */
export function noIncidentSentence({
  target,
  no,
}: Extract<RunRefusal, { kind: 'no-incident' }>): string {
  const needs = `This may only be done because of an open incident about ${code(target, 200)}`;
  const next = `Nothing was asked for. Type it in the channel of the incident, or add ${code('--incident INC-42')}; ${code('/auth incident list')} shows the open ones, and ${code(`/auth incident start ${target}`, 200)} declares one.`;
  switch (no.why) {
    case 'none':
      return `${needs}, and it is part of none. ${next}`;
    case 'unknown':
      return `There is no incident ${code(no.id, 40)}. ${next}`;
    case 'over':
      return `${needs}, and ${code(no.id, 40)} is ${no.state}. ${next}`;
    case 'elsewhere':
      return `${needs}, and ${code(no.id, 40)} is about ${no.about === null ? 'no service that anybody has named' : code(no.about, 200)}. ${next}`;
    case 'minor':
      return `${needs} of ${severityName(no.atLeast)} or graver, and ${code(no.id, 40)} is ${severityName(no.severity)}. ${next}`;
    case 'unread':
      return `${needs}, and the database does not say whether there is one (${code(no.cause, 200)}). Nothing was asked for; try again in a moment.`;
  }
}
