import { inflateSync } from 'node:zlib';

/** A picture as its pixels: red, green, blue and opacity, 0 to 255 each. */
export interface Pixels {
  width: number;
  height: number;
  at(x: number, y: number): readonly [number, number, number, number];
}

/** A part of a picture, in pixels. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Reads a PNG with eight bits per channel and opacity, as the charts are written. Throws on others. */
export function readPng(png: Uint8Array): Pixels {
  const bytes = Buffer.from(png);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (bytes.readUInt16BE(24) !== 0x0806)
    throw new Error('not eight bits of red, green, blue, opacity');
  const lines = inflateSync(Buffer.concat(partsOf(bytes)));
  const pixels = unfiltered(lines, width * 4, height);
  return {
    width,
    height,
    at: (x, y) => {
      const start = (Math.floor(y) * width + Math.floor(x)) * 4;
      const [r = 0, g = 0, b = 0, a = 0] = pixels.subarray(start, start + 4);
      return [r, g, b, a];
    },
  };
}

function partsOf(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return parts;
}

function unfiltered(lines: Buffer, stride: number, height: number): Buffer {
  const out = Buffer.alloc(stride * height);
  const seen = (x: number, y: number) => (x < 0 || y < 0 ? 0 : (out[y * stride + x] ?? 0));
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1);
    const guess = guesses[lines[start] ?? 0] ?? (() => 0);
    for (let x = 0; x < stride; x += 1) {
      const before = guess(seen(x - 4, y), seen(x, y - 1), seen(x - 4, y - 1));
      out[y * stride + x] = (lines[start + 1 + x] ?? 0) + before;
    }
  }
  return out;
}

type Guess = (left: number, above: number, corner: number) => number;

/** What each of PNG's filters takes a byte for, from its neighbours. */
const guesses: readonly Guess[] = [
  () => 0,
  (left) => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  nearest,
];

function nearest(left: number, above: number, corner: number): number {
  const [toLeft, toAbove, toCorner] = [
    Math.abs(above - corner),
    Math.abs(left - corner),
    Math.abs(left + above - 2 * corner),
  ];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

/** How many pixels of an area are about as `#rrggbb`. */
export function countOf({ at }: Pixels, area: Area, colour: string): number {
  const wanted = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
  let count = 0;
  for (let y = area.y; y < area.y + area.height; y += 1) {
    for (let x = area.x; x < area.x + area.width; x += 1) {
      const seen = at(x, y);
      if (wanted.every((value, channel) => Math.abs(value - (seen[channel] ?? 0)) < 24)) count += 1;
    }
  }
  return count;
}
