import type { Incident } from '../../core/incident.ts';

/** What a button about an incident carries: which one, the version that was seen, and a word more. */
export interface IncidentHandle {
  incident: string;
  version: number;
  /** Such as the role or the contact that is meant; empty when nothing more has to be said. */
  extra: string;
}

/** The value of a button, `INC-42:17` or `INC-42:17:commander`. */
export const writeIncidentHandle = (
  { id, version }: Pick<Incident, 'id' | 'version'>,
  extra = '',
): string => (extra === '' ? `${id}:${version}` : `${id}:${version}:${extra}`);

/** The parts of such a value; null when it is none, whatever it is. */
export function readIncidentHandle(value: string): IncidentHandle | null {
  const [, incident, version, extra = ''] =
    /^(INC-\d{1,9}):(\d{1,9})(?::([\w.@-]{1,80}))?$/.exec(value) ?? [];
  if (incident === undefined || version === undefined) return null;
  return { incident, version: Number(version), extra };
}
