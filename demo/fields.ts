import { isIP } from 'node:net';
import { type Asked, Refused } from './exchange.ts';

/** A text field of the body; refused when it is missing or too long. */
export function textField({ body }: Asked, name: string, longest = 254): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '' || value.length > longest) {
    throw new Refused(400, `${name} must be a text of 1 to ${longest} characters`);
  }
  return value;
}

/** A field that must be one of some words. */
export function choiceField<T extends string>(
  asked: Asked,
  name: string,
  choices: readonly T[],
): T {
  const found = choices.find((choice) => choice === asked.body[name]);
  if (found === undefined) throw new Refused(400, `${name} must be one of ${choices.join(', ')}`);
  return found;
}

/** A number field between two bounds; `otherwise` when it is left out. */
export function numberField(
  { body }: Asked,
  name: string,
  { least, most, otherwise }: { least: number; most: number; otherwise: number },
): number {
  const value = body[name] ?? otherwise;
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    throw new Refused(400, `${name} must be a number from ${least} to ${most}`);
  }
  return value;
}

/** An address or a prefix such as `203.0.113.0/24`, in any way of writing it. */
export function checkAddress(text: string): string {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  const most = family === 6 ? 128 : 32;
  const length = bits === undefined ? most : Number(bits);
  const valid = /^\d{1,3}$/.test(bits ?? '0') && length >= 1 && length <= most;
  if (family === 0 || !valid || more.length > 0) {
    throw new Refused(400, `${text.slice(0, 60)} is not an IP address`);
  }
  return text;
}

/** How many entries of a list are wanted at most; 200 when the query does not say. */
export function limitIn({ query }: Asked): number {
  const limit = Number(query.get('limit') ?? 200);
  return Number.isInteger(limit) && limit >= 0 ? Math.min(limit, 1000) : 200;
}
