/**
 * Whether a part can do its work now; `why` says what is missing, in one sentence, and is null when
 * nothing is. With both, it works, but not as it usually does.
 */
export interface Readiness {
  ok: boolean;
  why: string | null;
}
