import type { Delivery } from '../../core/intake.ts';

const longest = 1_000;

/**
 * Refuses by itself a delivery that would make the whole batch around it fail, or that the database
 * would keep as another: text with a NUL or half a character, or too long for an index.
 *
 * @throws {RangeError} naming the field.
 */
export function assertStorable(delivery: Delivery): void {
  for (const name of ['key', 'kind', 'actor'] as const) {
    const text = delivery[name];
    if (text.length <= longest && text.isWellFormed() && !text.includes('\0')) continue;
    throw new RangeError(`the ${name} of a delivery cannot be stored; nothing was recorded`);
  }
}
