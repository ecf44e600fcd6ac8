/**
 * A part of a block of which only the type is certain. The server has checked what the app sent, but
 * the page must not fall over what it did not expect, so every field is read through these.
 */
export type Part = Readonly<Record<string, unknown>>;

/** An object's fields; none when it is something else. */
export const part = (value: unknown): Part =>
  typeof value === 'object' && value !== null ? (value as Part) : {};

/** A list of objects; empty when it is something else. */
export const parts = (value: unknown): readonly Part[] =>
  Array.isArray(value) ? value.map(part) : [];

/** A string, or empty. */
export const string = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A list of strings; empty when it is something else. */
export const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(string) : [];

/** The words of a text object, without their marks. */
export const words = (value: unknown): string => string(part(value).text);
