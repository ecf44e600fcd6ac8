/**
 * Whether an address that Slack handed out, for an answer or an upload, belongs to the Slack that the
 * bot was told to use: the origin of its Web API, or `hooks.` and `files.` of the same domain.
 */
export function isSlackAddress(address: string, apiUrl: string): boolean {
  if (!URL.canParse(address)) return false;
  const { origin, protocol, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  const api = new URL(apiUrl);
  if (origin === api.origin) return true;
  return protocol === 'https:' && siblings(api.host).has(origin);
}

const siblings = (host: string) => new Set([`https://hooks.${host}`, `https://files.${host}`]);
