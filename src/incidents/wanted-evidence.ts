import type { Evidence, Incident } from '../core/incident.ts';

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

/** So often a run that has ended before anything was done is asked for anew. */
export const mostRepeats = 3;

/**
 * The evidence as it is wanted anew from that moment on, after its run has ended before anything was done: as a run
 * of its own. It has failed when that was so too often, since somebody has to look then.
 */
export function wantedAnew(wanted: Evidence, run: string, why: string, at: number): Evidence {
  const { repeats = 0 } = wanted;
  const lost = { ...wanted, lost: run, why };
  if (repeats >= mostRepeats) return { ...lost, run, state: 'failed' };
  return { ...lost, repeats: repeats + 1, run: null, tries: 0, at, state: 'wanted' };
}
