import type { Incident } from '../core/incident.ts';
import type { Severity } from '../core/severity.ts';
import type { IncidentLife } from '../incidents/incident-life.ts';
import type { CardMatter } from '../views/incident-card.ts';

/** What the desk needs to handle incidents. */
export interface IncidentTools {
  life: IncidentLife;
  /** The words of the runbooks for severities, in small letters, such as `p0`. */
  severityWords: ReadonlyMap<string, Severity>;
  /** What a card shows besides the incident itself. */
  matter(incident: Incident): Promise<CardMatter>;
}
