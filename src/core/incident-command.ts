import type {
  Deadline,
  FollowUp,
  Impact,
  Incident,
  IncidentRole,
  IncidentState,
  Resolution,
  Review,
  SetupState,
  SetupStep,
  TracesAnswer,
} from './incident.ts';
import type { Note } from './incident-note.ts';
import type { Absence, Sample } from './incidents.ts';
import type { Json } from './json.ts';
import type { Severity } from './severity.ts';
import type { Target } from './target.ts';

/** What people do to an incident. */
export type IncidentDeed =
  | { kind: 'acknowledge' }
  | { kind: 'unacknowledge' }
  /** "Still on it": a sign of life of whoever acknowledged. */
  | { kind: 'stay' }
  | { kind: 'move'; to: IncidentState; reason: string | null }
  | { kind: 'set-severity'; to: Severity; reason: string | null }
  | { kind: 'set-security'; on: boolean; reason: string | null }
  /** Lets whoever wants it into the channel. */
  | { kind: 'join' }
  /** Asks those who may do something to do it: a kind of deed, with a role after a dot where it is about one. */
  | { kind: 'plea'; wish: string }
  | { kind: 'set-target'; target: Target }
  | { kind: 'set-impact'; impact: readonly Impact[] }
  | { kind: 'set-title'; title: string }
  | { kind: 'take-role'; role: IncidentRole }
  | { kind: 'leave-role'; role: IncidentRole }
  | { kind: 'offer-role'; role: IncidentRole; to: string }
  | { kind: 'accept-role'; role: IncidentRole }
  | { kind: 'refuse-role'; role: IncidentRole; reason: string | null }
  | {
      kind: 'update';
      known: string | null;
      doing: string | null;
      need: string | null;
      state: IncidentState | null;
      /** In milliseconds; null for the severity's own pace. */
      nextIn: number | null;
      reason: string | null;
      /** What stakeholders are to read; null for nothing. */
      stakeholders: string | null;
    }
  /** "Still working on it, no change." */
  | { kind: 'no-change'; text: string | null }
  | { kind: 'snooze'; ms: number }
  | { kind: 'set-cadence'; ms: number; reason: string | null }
  /** A new channel in place of one that is lost, or that could not be made. */
  | { kind: 'recreate-room' }
  | { kind: 'escalate'; contact: string; why: string }
  | { kind: 'answer-escalation'; contact: string; answer: 'on-it' | 'not-me' }
  | { kind: 'watch-more'; ms: number }
  | {
      kind: 'resolve';
      resolution: Pick<Resolution, 'fix' | 'cause' | 'causeText' | 'customerText' | 'withoutWatch'>;
      started: number | null;
      ended: number | null;
      followUps: readonly Pick<FollowUp, 'text' | 'owner' | 'due'>[];
    }
  | { kind: 'reopen'; reason: string }
  | {
      kind: 'cancel';
      reason: 'false-alarm' | 'duplicate' | 'superseded';
      of: string | null;
    }
  | { kind: 'add-note'; note: Note }
  /** `note` is the key under which it was added. */
  | { kind: 'hide-note'; note: string }
  | { kind: 'note-changed'; note: string; text: string | null }
  | { kind: 'add-follow-up'; followUp: Pick<FollowUp, 'text' | 'owner' | 'due'> }
  | { kind: 'finish-follow-up'; id: string }
  | { kind: 'write-review'; notes: Partial<Review['notes']>; checks: Partial<Review['checks']> }
  | { kind: 'publish-review' }
  | { kind: 'waive-review'; reason: string };

/** What was gathered for an update: figures that must not change afterwards. */
export interface Figures {
  /** The state of the checks now and at the last update, in words for people. */
  health: string;
  change: string;
  /** What was done and by whom since then, one line each. */
  done: readonly string[];
  /** What runs or waits for approval. */
  running: readonly string[];
  /** The id of the uploaded chart, and its text for those who do not see it; null without one. */
  chart: { file: string; alt: string } | null;
}

/** What Gatehouse itself does to an incident, or has seen. */
export type IncidentEvent =
  /** A deadline has passed; `figures` where it is an update that is due. */
  | {
      kind: 'due';
      deadline: Deadline;
      figures: Figures | null;
      absence: Absence | null;
      /** What the checks said since the watch began, where it is the watch that is due: without it nothing passes. */
      samples?: readonly Sample[];
    }
  /**
   * `retryIn` is when Slack takes another try, in milliseconds; nothing said is a pause that grows. With
   * `lasting` trouble a step rests, and the same trouble again is no news.
   */
  | {
      kind: 'set-up';
      step: SetupStep;
      state: SetupState;
      channel?: Incident['channel'];
      retryIn?: number;
      lasting?: boolean;
      /** Of the invitation: whom it was tried to invite now, and why somebody could not be. */
      invited?: Readonly<Record<string, string | null>>;
      /** Of the pin: the timestamp of what was pinned. */
      pinned?: string;
    }
  /** The card in its own channel is another message now, by its timestamp: somebody had deleted the first. */
  | { kind: 'card-moved'; ts: string }
  /** Its card in a channel that it has left was emptied, or why it could not be. */
  | { kind: 'card-left'; from: string; ts: string; why: string | null }
  | { kind: 'room-lost'; why: string }
  /** The lost channel can be written into again. */
  | { kind: 'room-back' }
  | { kind: 'room-recreated' }
  | { kind: 'sampled'; recent: readonly Sample[] }
  /** A run in or for the incident has begun or ended; it counts as activity. */
  | { kind: 'run'; run: string; event: string; by: string; facts: Json }
  /** These people are on call now. */
  | { kind: 'shift'; oncall: readonly string[] }
  /** What became of asking, after so many `repeats`, for the evidence that the version `wantedBy` wants. */
  | { kind: 'evidence'; wantedBy: number; repeats?: number; answer: EvidenceAnswer }
  /** What became of the look for its traces that was the `tries`th for the version `wantedBy`. */
  | { kind: 'traces'; wantedBy: number; tries: number; answer: TracesAnswer }
  /** Somebody who may have a part in it can do nothing any more. */
  | { kind: 'person-left'; who: string; why: PersonGone }
  /** The message of a note carries no mark any more, and nobody saw who took the last one away. */
  | { kind: 'mark-gone'; note: string }
  /** Somebody has said something in the channel. */
  | { kind: 'spoke'; by: string }
  /**
   * Slack could not be reached between these times. Of what was left out because it is of the past everything
   * until `leftOutUntil` is counted, by the database's clock.
   */
  | {
      kind: 'slack-back';
      absence: Absence;
      waiting: number;
      leftOut?: number;
      leftOutUntil?: number;
    }
  /**
   * A call of the line `line` does not reach Slack, so that the contact is called by mail or webhook: it is
   * said before that is tried and after it, so that it is done once.
   */
  | {
      kind: 'paged-elsewhere';
      line: number;
      contact: string;
      state: 'trying' | 'sent' | 'failed';
      /** Such as `mail` or `webhook`. */
      how: readonly string[];
      why: string | null;
    }
  /** The auditor found these deadlines missing, or that nobody would look for any, and puts that right. */
  | { kind: 'repaired'; deadlines: readonly Deadline[]; asleep: boolean };

/**
 * A run keeps it; or the run that was asked for has ended before anything was done; or nothing keeps it, and whether
 * that is worth another try.
 */
export type EvidenceAnswer =
  | { kind: 'asked'; run: string; by: string }
  | { kind: 'ended'; run: string; why: string }
  | { kind: 'refused'; why: string; again: boolean };

/** Why somebody can do nothing any more: their roles were taken away, or their Slack account is none any more. */
export type PersonGone = 'suspended' | 'deactivated';

/** Everything that changes an incident. */
export type IncidentCommand = IncidentDeed | IncidentEvent;
