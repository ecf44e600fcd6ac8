import { accessSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderAsync } from '@resvg/resvg-js';
import type { HealthChart, Picture } from '../core/chart.ts';
import { altText } from './alt-text.ts';
import { chartSvg } from './chart-svg.ts';

/** Pixels per unit of the drawing, so that it is sharp on dense screens. */
const zoom = 2;

/**
 * TrueType: without a font that it can read resvg leaves out every text and says nothing. So whoever
 * imports this file where one is missing gets an error instead of a picture without words.
 */
const fontFiles = ['400Regular/Inter_400Regular', '600SemiBold/Inter_600SemiBold'].map((file) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${file}.ttf`)),
);
for (const file of fontFiles) accessSync(file);

/**
 * Draws a chart as a PNG and says it in words. Import this file only when a picture is needed: it loads
 * the drawing library. Rejects only when that library cannot draw at all.
 */
export async function renderChart(chart: HealthChart): Promise<Picture> {
  const image = await renderAsync(chartSvg(chart).svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Inter' },
  });
  const { width, height } = image;
  return { png: image.asPng(), alt: altText(chart), width, height };
}
