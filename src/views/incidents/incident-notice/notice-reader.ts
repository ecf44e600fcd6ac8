/** Who reads a notice: the people of the incident, one person alone, everybody, or customers' people. */
export type NoticeReader = 'room' | 'person' | 'everybody' | 'stakeholders';
