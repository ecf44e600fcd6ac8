import type { FileHandle } from 'node:fs/promises';

/** How many more bytes may be read; what is read is taken off. */
export interface Allowance {
  bytes: number;
}

const chunkSize = 64 * 1024;
const lineFeed = 0x0a;

/**
 * The lines of a file from its end to its start, a batch at a time, the last line first in each.
 * Never holds more than a chunk and the longest line. Ends early when the allowance is used up,
 * which shows in `allowance.bytes` being 0; a line that is then only half read is left out.
 */
export async function* linesBackwards(
  file: FileHandle,
  allowance: Allowance,
): AsyncGenerator<string[]> {
  let position = (await file.stat()).size;
  /** The end of a line whose start lies in a chunk not yet read. */
  let rest: Buffer[] = [];
  while (position > 0 && allowance.bytes > 0) {
    const length = Math.min(chunkSize, position, allowance.bytes);
    const chunk = await readAt(file, position - length, length);
    // Shorter than it was a moment ago: somebody emptied the file, and nothing before is left.
    if (chunk.length < length) return;
    position -= length;
    allowance.bytes -= length;
    const first = chunk.indexOf(lineFeed);
    if (first === -1) rest.unshift(chunk);
    else {
      yield split(Buffer.concat([chunk.subarray(first + 1), ...rest]));
      rest = [chunk.subarray(0, first)];
    }
  }
  if (position === 0) yield split(Buffer.concat(rest));
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

const split = (bytes: Buffer): string[] =>
  bytes
    .toString('utf8')
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
    .filter((line) => line !== '')
    .reverse();
