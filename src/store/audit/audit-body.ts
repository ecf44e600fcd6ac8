import { hash } from 'node:crypto';
import type { AuditEntry } from '../../core/audit.ts';
import type { Incident } from '../../core/incident.ts';
import type { NewRun } from '../../core/transition.ts';
import { storedJson } from '../database/stored-json.ts';

/** What an audit record is about: it stands in every record's text, so that none can be moved. */
export interface About {
  id: string;
  /** What is about no run has none of these. */
  action?: string;
  service?: string;
  env?: string;
  /** The incident itself, or the one that a run is part of. */
  incident?: string;
}

/** The text of what a run's records are about. It is stored with the run and never changes. */
export const aboutRun = ({ id, action, target: { service, env }, incident }: NewRun): string =>
  storedJson({ id, action, service, env, ...(incident && { incident }) } satisfies About);

/** The text of what a record of an incident is about: its target too, as it is after the change. */
export const aboutIncident = ({ id, target }: Pick<Incident, 'id' | 'target'>): string =>
  storedJson({ id, ...target, incident: id } satisfies About);

/** The text of a record as it is stored and hashed: canonical JSON, in three pieces around two that the database knows. */
export interface BodyPieces {
  /** Between {@link About} and the time. */
  middle: string;
  /** After the time. */
  end: string;
}

/** The pieces of the record of the change to `version`. */
export const bodyPieces = ({ event, actor, facts }: AuditEntry, version: number): BodyPieces => ({
  middle: `,"actor":${storedJson(actor)},"at":`,
  end: `,${storedJson({ event, facts, version }).slice(1)}`,
});

/** What the pieces are pieces of. */
export const wholeBody = (about: string, { middle, end }: BodyPieces, at: number): string =>
  `{"about":${about}${middle}${at}${end}`;

/** What a body says. */
export interface Body extends AuditEntry {
  about: About;
  at: number;
  version: number;
}

/** What the first record of a subject follows, in hex: it ties the whole chain to its subject. */
export const chainStart = (subject: string): string => hash('sha256', subject);

/** SHA-256, in hex, over the hash before, the version and the text. */
export const chainHash = (before: string, version: number, body: string): string =>
  sum(before, `${version}\n${body}`);

/** A record that a seal covers. */
export interface Sealed {
  id: number;
  /** The record's hash, in hex. */
  hash: string;
}

/** SHA-256, in hex, over the seal before, this one's number, and the id and hash of what it covers. */
export const sealHash = (before: string, n: number, records: readonly Sealed[]): string =>
  sum(before, `${n}\n${records.map(({ id, hash }) => `${id}:${hash}`).join(',')}`);

/** In hex, of the bytes of what is in hex and of a text. */
function sum(before: string, text: string): string {
  const head = before.length / 2;
  const bytes = Buffer.allocUnsafe(head + Buffer.byteLength(text));
  bytes.write(before, 'hex');
  bytes.write(text, head);
  return hash('sha256', bytes);
}
