/** What the outbox calls the notice of one line of an incident's timeline, such as `INC-42/17`. */
export const noticeSubject = (incident: string, version: number): string =>
  `${incident}/${version}`;

const pattern = /^(INC-[1-9][0-9]*)\/([1-9][0-9]*)$/;

/** The incident and the record that a notice is about, which never change; null for any other subject. */
export function noticeOf(subject: string): { incident: string; version: number } | null {
  const [, incident, version] = pattern.exec(subject) ?? [];
  return incident === undefined ? null : { incident, version: Number(version) };
}
