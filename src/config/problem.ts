/** One mistake in the configuration: where it is, and what was expected there. */
export interface Problem {
  /** The file, or `environment` for a variable. */
  source: string;
  /** Line and column, from 1; null where there is none. */
  at: { line: number; column: number } | null;
  /** `services.rms-auth.title`, or the name of a variable. */
  path: string;
  /** What is wrong and what was expected. */
  says: string;
}

/** The line that names one mistake, in the form editors can jump to. */
export function problemLine({ source, at, path, says }: Problem): string {
  const place = at ? `${source}:${at.line}:${at.column}` : source;
  return `${place}  ${path === '' ? '' : `${path}: `}${says}`;
}
