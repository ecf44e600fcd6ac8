/** The path of an address below `origin`; null for every other place. */
export function ownPath(address: string, origin: string): string | null {
  const url = URL.parse(address, origin);
  if (address === '' || url?.origin !== origin) return null;
  return url.pathname + url.search;
}
