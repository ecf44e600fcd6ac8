const token = /\b(xox[a-z]|xapp)-[\w.-]+/gi;
const secretKeys = new Set(['token', 'authorization', 'bot_access_token', 'ticket']);

/** No line of the inspector holds more characters of one text than this. */
const longest = 4000;

/** A copy without anything that would let its reader act as the app, and with long texts cut. */
export function mask(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 30) return '…';
  if (Array.isArray(value)) return value.map((item) => mask(item, depth + 1));
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    secretKeys.has(key.toLowerCase()) && item ? '[hidden]' : mask(item, depth + 1),
  ]);
  return Object.fromEntries(entries);
}

/** The same for one text: tokens, tickets and the secret part of response and upload addresses. */
function maskText(text: string): string {
  const hidden = text
    .replace(token, '$1-[hidden]')
    .replace(/([?&]ticket=)[\w-]+/g, '$1[hidden]')
    .replace(/(\/(?:response|upload)\/)[\w/-]+/g, '$1[hidden]');
  return hidden.length > longest ? `${hidden.slice(0, longest)}…` : hidden;
}
