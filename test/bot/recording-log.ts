import type { Log } from '../../src/core/log.ts';

/** A log that keeps its lines. */
export interface RecordingLog extends Log {
  lines: { level: keyof Log; fields: object; message: string }[];
}

/** Makes one. */
export function recordingLog(): RecordingLog {
  const lines: RecordingLog['lines'] = [];
  const at = (level: keyof Log) => (fields: object, message: string) =>
    void lines.push({ level, fields, message });

  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
