import { formatDuration } from '../../core/duration.ts';
import type { IncidentRules } from '../../core/incident-rules.ts';
import { type Severity, severityName } from '../../core/severity.ts';
import type { Offer } from '../blocks/fields.ts';

const meant: Readonly<Record<Severity, string>> = {
  1: 'nobody can sign in',
  2: 'part of it fails, or is slow',
  3: 'minor, there is a way round',
  4: 'cosmetic',
};

/** A severity to choose, with what it promises in words. */
export function severityOffer(
  severity: Severity,
  rules: Pick<IncidentRules, 'clock' | 'words'>,
): Offer {
  const { acknowledge, updateEvery } = rules.clock[severity];
  const word = rules.words[severity];
  const promises = [
    acknowledge === null ? 'no answer promised' : `answered in ${formatDuration(acknowledge)}`,
    updateEvery === null ? 'no updates' : `update every ${formatDuration(updateEvery)}`,
  ];
  return {
    value: String(severity),
    label: `${severityName(severity)}${word ? ` (${word})` : ''}: ${meant[severity]}`,
    about: promises.join(', '),
  };
}
