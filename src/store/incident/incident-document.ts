import { sql } from 'kysely';
import type { Incident } from '../../core/incident.ts';
import type { SeenIncident } from '../../core/incidents.ts';

/**
 * The document of an incident as text: of the embedded database, which has a thread of its own, text comes over
 * in half the time that what it says takes.
 */
export const documentText = sql`document::text as document`;

/** A row with it. */
export interface DocumentRow {
  document: string;
}

/** A row with the time of the database as well. */
export interface SeenRow extends DocumentRow {
  now: number;
}

/** The incident in a row. */
export const incidentIn = ({ document }: DocumentRow): Incident => JSON.parse(document) as Incident;

/** The incident in a row, and when it was read. It is made of its text when it is looked at. */
export function seenIn(row: SeenRow): SeenIncident {
  let made: Incident | undefined;
  return {
    get incident() {
      made ??= incidentIn(row);
      return made;
    },
    now: row.now,
  };
}
