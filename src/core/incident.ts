import type {
  Count,
  Elsewhere,
  Escalation,
  Evidence,
  FollowUp,
  Handover,
  Resolution,
  Review,
  Traces,
  UpdateClock,
  Watch,
} from './incident-contents.ts';
import type { IncidentRules } from './incident-rules.ts';
import type { IncidentChannel, SetupState, SetupStep } from './incident-setup.ts';
import type { Severity } from './severity.ts';
import type { Target } from './target.ts';

export type * from './incident-contents.ts';
export * from './incident-setup.ts';

/** Where an incident can be, in its usual order. The last three are ends; a resolved one can be opened again. */
export const incidentStates = [
  'triage',
  'investigating',
  'identified',
  'mitigating',
  'monitoring',
  'resolved',
  'closed',
  'cancelled',
] as const;

/** One of {@link incidentStates}. */
export type IncidentState = (typeof incidentStates)[number];

/** Whether it is still being worked on: updates go out and somebody has to lead. */
export const isOpen = (state: IncidentState): boolean => incidentStates.indexOf(state) < 5;

/** What people take over in an incident. */
export const incidentRoles = ['commander', 'operations', 'communications', 'scribe'] as const;

/** One of {@link incidentRoles}. */
export type IncidentRole = (typeof incidentRoles)[number];

/** Who is hit, and what does not work for them (runbook 004, blast radius). */
export const impacts = ['all-users', 'one-tenant', 'password', 'oauth', 'reads', 'writes'] as const;

/** One of {@link impacts}. */
export type Impact = (typeof impacts)[number];

/** Something somebody did, by the database's clock, in milliseconds since 1970. */
export interface Deed {
  /** A Slack user id, or `gatehouse`. */
  by: string;
  at: number;
}

/** What an incident waits for. Each kind stands in {@link Incident.deadlines} at most once. */
export const deadlineKinds = [
  'setup',
  'evidence',
  'traces',
  'acknowledge',
  'unresolved',
  'still-on-it',
  'confirm-severity',
  'role-unclaimed',
  'reminder',
  'update',
  'overdue',
  'watch',
  'handover',
  'escalation-answer',
  'review',
  'follow-up',
] as const;

/** One of {@link deadlineKinds}. */
export type DeadlineKind = (typeof deadlineKinds)[number];

/** Something that becomes due; `step` counts rungs, reminders and tries, from 0. */
export interface Deadline {
  kind: DeadlineKind;
  /** By the database's clock, in milliseconds since 1970. */
  at: number;
  step: number;
}

/** An outage that is being handled. It is changed by `decide` alone, and kept as a whole. */
export interface Incident {
  /** `INC-` and its number. */
  id: string;
  number: number;
  /** Counts the changes; each of them has one audit record, which is its line of the timeline. */
  version: number;
  state: IncidentState;
  severity: Severity;
  /** Whether nobody was sure of the severity: it has to be confirmed. */
  provisional: boolean;
  security: boolean;
  title: string;
  /** What it is about; null when nobody said. */
  target: Target | null;
  impact: readonly Impact[];
  /** Who declared it: Slack user and team. */
  declaredBy: { id: string; team: string };
  declaredIn: string | null;
  rules: IncidentRules;
  roles: Readonly<Partial<Record<IncidentRole, Deed>>>;
  /** Who was on call when that was looked at last; left out where nobody is named who would be called first. */
  oncall?: readonly string[];
  acknowledged: Deed | null;
  /** The first acknowledgement of all, for the promise; null before. */
  firstAcknowledged: Deed | null;
  /** The last update, action, change or message of somebody who works on it. */
  lastActivity: number;
  channel: IncidentChannel | null;
  setup: Readonly<Record<SetupStep, SetupState>>;
  /** What is known, and what is being done, as people last said it. */
  known: string | null;
  doing: string | null;
  updates: UpdateClock;
  deadlines: readonly Deadline[];
  /** How far each ladder is: with it and the rest of the document, every deadline can be found again. */
  counted: Readonly<Partial<Record<DeadlineKind, Count>>>;
  handovers: readonly Handover[];
  escalations: readonly Escalation[];
  watch: Watch | null;
  resolution: Resolution | null;
  review: Review | null;
  followUps: readonly FollowUp[];
  /** Why it was cancelled, or which incident it is part of. */
  cancelled: (Deed & { reason: string; of: string | null }) | null;
  /** Key times, by the database's clock, in milliseconds since 1970; those people say are ordered. */
  times: {
    declared: number;
    detected: number | null;
    /** When the impact began and ended. */
    started: number | null;
    mitigated: number | null;
    ended: number | null;
    resolved: number | null;
    closed: number | null;
  };
  /** The last change of state, and the version that it made. */
  moved: Deed & { version: number };
  /** When a release was last changed in or for it. */
  released: number | null;
  /** What is on the timeline by the keys of its messages, and the last that was heard of each run. */
  notes: Readonly<Record<string, 'shown' | 'hidden'>>;
  /** Which of them stand there because somebody has marked the message. */
  marks?: Readonly<Record<string, 'reaction' | 'pin'>>;
  runs: Readonly<Record<string, string>>;
  /** The calls that were also made elsewhere, by the line that they are on and the contact: `17/secondary`. */
  elsewhere?: Readonly<Record<string, Elsewhere>>;
  /** The channels that it has left, oldest first: whoever reads there may see what it was about. */
  leftRooms?: readonly string[];
  /** What everybody could read of it, and how far that is taken away: of one that turned out to be about security. */
  traces?: Traces;
  /** The cards in channels that it has left, by channel and timestamp: emptied, or still saying what they said. */
  leftCards?: Readonly<Record<string, 'emptied' | 'stands'>>;
  /** Who wanted to be let in, and who asked others for something: by whom and what, and when that was. */
  joined?: Readonly<Record<string, number>>;
  pleas?: Readonly<Record<string, number>>;
  /** What is kept before anything is contained: of one about security whose service is known. */
  evidence?: Evidence;
  /** The last time in which Slack could not be reached that people were told of. */
  slackAway?: { from: number; until: number; leftOutUntil?: number };
  /** The ids of the last changes: whoever made one finds out whether it is there. */
  changes: readonly string[];
  changedAt: number;
}

/** When an incident has to be looked at next; null when nothing is due any more. */
export const wakeAt = ({ deadlines }: Pick<Incident, 'deadlines'>): number | null =>
  deadlines.length === 0 ? null : Math.min(...deadlines.map(({ at }) => at));
