import type { Incident } from '../core/incident.ts';

/** Which change wants the evidence: who makes it, when, and which version of the incident it makes. */
export interface Wanting {
  by: string;
  now: number;
  version: number;
}

/**
 * The incident with evidence wanted from now on: it is about security since this change, or about another service.
 * What was kept of another one says nothing of this.
 */
export const wantingEvidence = (incident: Incident, { by, now, version }: Wanting): Incident => ({
  ...incident,
  evidence: {
    ...{ wantedBy: version, by, at: now, tries: 0 },
    ...{ state: 'wanted', run: null, why: null, kept: null },
  },
});
