const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  csv: 'text/csv',
  json: 'application/json',
  pdf: 'application/pdf',
};

/** What a file is, by the end of its name; text when that says nothing. */
export const mimeOf = (name: string): string =>
  types[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'text/plain';

/** How its bytes are served: pictures as such, everything else as text that runs nowhere. */
export const servedAs = (mimetype: string): string =>
  mimetype.startsWith('image/') ? mimetype : 'text/plain; charset=utf-8';
