/** A value, or the reason there is none. For outcomes a person causes; faults are thrown. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; error: E };

/** The result that holds a value. */
export const ok = <T>(value: T) => ({ ok: true, value }) as const;

/** The result that holds the reason why there is no value. */
export const err = <E>(error: E) => ({ ok: false, error }) as const;
