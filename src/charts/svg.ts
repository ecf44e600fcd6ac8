import { ink } from './ink.ts';

/** How a text is drawn. Sizes are in units of the drawing, of which a chart is 640 wide. */
interface TextStyle {
  fill?: string;
  size?: number;
  bold?: boolean;
  anchor?: 'start' | 'middle' | 'end';
}

/** The size of most texts: legible when the picture is shown 400 pixels wide. */
export const textSize = 14;

/** A coordinate with one digit after the point: shorter, and never in exponents. */
export const coordinate = (value: number): string => String(Math.round(value * 10) / 10);

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A line of text with its baseline at `y`. */
export function drawText(x: number, y: number, text: string, style: TextStyle = {}): string {
  const { fill = ink.strong, size = textSize, bold = false, anchor = 'start' } = style;
  const weight = bold ? ' font-weight="600"' : '';
  return `<text x="${coordinate(x)}" y="${coordinate(y)}" fill="${fill}" font-size="${size}"${weight} text-anchor="${anchor}">${escaped(text)}</text>`;
}

/** A straight line; `more` are attributes. */
export const drawRule = (x1: number, y1: number, x2: number, y2: number, more: string): string =>
  `<path d="M${coordinate(x1)} ${coordinate(y1)}L${coordinate(x2)} ${coordinate(y2)}" fill="none" ${more}/>`;

/** A rectangle; `more` are attributes. */
export const drawBox = (
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  more: string,
): string =>
  `<rect x="${coordinate(x)}" y="${coordinate(y)}" width="${coordinate(width)}" height="${coordinate(height)}" ${more}/>`;

/** About how wide a text of Inter is: enough to know whether it fits. */
export const widthOf = (text: string, size = textSize): number =>
  [...text].reduce((sum, character) => sum + emOf(character), 0) * size;

function emOf(character: string): number {
  if (/[iljtfrI.,:;'|! ()-]/.test(character)) return 0.36;
  if (/[mwMW@%]/.test(character)) return 0.95;
  if (/[A-Z0-9]/.test(character)) return 0.7;
  return character > '\u2E80' ? 1.1 : 0.6;
}

/** As much of a text as is at most `width` wide, with a sign that it was cut. */
export function fitting(text: string, width: number, size = textSize): string {
  if (widthOf(text, size) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && widthOf(`${characters.join('')}…`, size) > width)
    characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
