import type { DeadlineKind } from '../../core/incident.ts';
import type { IncidentEvent } from '../../core/incident-command.ts';
import type { Decide } from '../decided.ts';

/** Something that has become due. */
export type Due = Extract<IncidentEvent, { kind: 'due' }>;

/** What is done when a deadline has passed. */
export type WhenDue = Decide<Due>;

/** All of them, by kind. */
export type WhenDueTable = Record<DeadlineKind, WhenDue>;
