/** A message or a sentence that belongs on the timeline, at its own time. */
export interface Note {
  /** What makes it the same when it comes twice, such as channel and timestamp of a message. */
  key: string;
  /** Who wrote it. */
  author: string;
  text: string;
  /** When it was written, in milliseconds since 1970. */
  at: number;
  permalink: string | null;
  files: readonly string[];
  how: 'command' | 'reaction' | 'pin' | 'shortcut';
}
