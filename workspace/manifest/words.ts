import { z } from 'zod';

/** A text of `min` to `max` characters. */
export const texts = (min: number, max: number) => z.string().min(min).max(max);

/** A text of at most `max` characters. */
export const longest = (max: number) => z.string().max(max);

/** An address of the web of at most `max` characters. */
export const webAddress = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^https?:\/\//, 'expected an address that starts with https:// or http://');
