import type { Audit, Notes } from '../../core/audit.ts';
import type { Incident } from '../../core/incident.ts';
import type { IncidentFigures } from '../../core/incident-figures.ts';
import type { IncidentReport } from '../../core/incident-report.ts';
import type { IncidentRules } from '../../core/incident-rules.ts';
import type { Outbox } from '../../core/outbox.ts';
import type { Severity } from '../../core/severity.ts';
import type { Target } from '../../core/target.ts';
import type { IncidentLife } from '../../incidents/incident-life.ts';
import type { CardMatter } from '../../views/incidents/incident-card.ts';
import type { Naming } from '../../views/incidents/naming.ts';

/**
 * Where a person, by Slack user id, can read an incident, with people called by their names unless it is said
 * otherwise; null where there is no page. It is for nobody else, so that only they are told.
 */
export type PageAddress = (
  incident: Pick<Incident, 'id'>,
  person: string,
  naming?: Naming,
) => string | null;

/** The reviews of incidents. */
export interface Reviews {
  /** Everything that there is to say about one; null when there is none. */
  report(id: string): Promise<IncidentReport | null>;
  /** Where one person can read it. */
  page: PageAddress;
  /**
   * Puts a file into the channel of the incident, or to the person where there is none that can be written
   * into; answers where it is, as text for a message, or null when Slack did not take it.
   */
  file(
    incident: Incident,
    person: string,
    file: { name: string; content: string },
  ): Promise<string | null>;
}

/** A message of a channel, as it is now. */
export interface SeenMessage {
  /** A Slack user id. */
  author: string;
  /** Whether an app has posted it. */
  isOwn: boolean;
  text: string;
  /** When it was written, in milliseconds since 1970. */
  at: number;
  /** What its files are called. */
  files: readonly string[];
  permalink: string | null;
  /** Whether it is pinned, or carries a reaction that puts it onto the timeline. */
  isMarked: boolean;
}

/** What the desk needs to handle incidents. */
export interface IncidentTools {
  life: IncidentLife;
  /** The words of the runbooks for severities, in small letters, such as `p0`. */
  severityWords: ReadonlyMap<string, Severity>;
  /** What an incident about this would promise. */
  rulesFor(target: Target | null): IncidentRules;
  /** What a card shows besides the incident itself; where all of it can be read, for whom there is a page. */
  matter(incident: Incident, page: string | null): Promise<CardMatter>;
  /** What runs in it or waits for approval, as text. */
  running(incident: Incident): Promise<readonly string[]>;
  /** What whoever is called gets to read: five paragraphs, escaped (runbook 002). */
  packet(incident: Incident): Promise<readonly string[]>;
  /** Who can be called now under each name of the ladder, or why nobody can. */
  reach(
    rules: IncidentRules,
  ): Promise<Readonly<Record<string, { people: readonly string[]; why: string | null }>>>;
  /** The incident that came of a delivery. */
  findByOrigin(origin: string): Promise<Incident | null>;
  /** Shows its cards anew: somebody has seen one that was out of date. */
  redraw(id: string): Promise<void>;
  /** Where the cards and notices stand. */
  outbox: Pick<Outbox, 'whose'>;
  audit: Pick<Audit, 'find'>;
  notes: Notes;
  /** How incidents went. */
  figures: Pick<IncidentFigures, 'stats'>;
  reviews: Reviews;
  /** Reads a message; null when it is gone. @throws when Slack does not say. */
  messages: { read(place: { channel: string; ts: string }): Promise<SeenMessage | null> };
}
