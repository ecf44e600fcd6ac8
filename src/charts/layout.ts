import { type ScaleTime, scaleUtc } from 'd3-scale';
import type { HealthChart } from '../core/chart.ts';

/** Where the columns of every chart are: names at the left, figures at the right, time in between. */
export const columns = { width: 640, left: 20, plot: 166, plotEnd: 556, right: 620 } as const;

/** No more services are drawn; the words tell of all. */
export const mostServices = 6;

/** No more marks are drawn: their labels would crowd out the rest. */
export const mostMarks = 3;

const rowHeight = 26;
const legendHeight = 23;

/** A part of the picture: from `top` down to `bottom`. */
export interface Place {
  top: number;
  bottom: number;
}

/** Where everything is, in units of a drawing that is 640 wide. */
export interface Layout {
  height: number;
  x: ScaleTime<number, number>;
  /** The middle of the numbers of marks. */
  marks: number;
  services: Place[];
  failing: Place;
  latency: Place | null;
  /** From the first service to the last curve. */
  plot: Place;
  /** The baseline of the hours. */
  axis: number;
  /** The baselines of the lines below. */
  legend: number[];
}

/** What decides how high a chart is. */
export interface Contents {
  services: number;
  marks: number;
  /** Whether there is a curve of how long answers took. */
  latency: boolean;
  /** Lines below the hours. */
  legend: number;
}

/** Lays a chart out: what it does not have takes no room. */
export function layOut(chart: HealthChart, contents: Contents): Layout {
  const top = contents.marks > 0 ? 92 : 60;
  const rows = Math.min(contents.services, mostServices);
  const services = Array.from({ length: rows }, (_, index) => {
    const middle = top + index * rowHeight + rowHeight / 2;
    return { top: middle - 8, bottom: middle + 8 };
  });
  const failing = { top: top + rows * rowHeight + 12, bottom: top + rows * rowHeight + 100 };
  const latency = contents.latency
    ? { top: failing.bottom + 18, bottom: failing.bottom + 86 }
    : null;
  const bottom = (latency ?? failing).bottom;
  const first = bottom + 22 + legendHeight + 4;
  return {
    x: scaleUtc([chart.from, chart.to], [columns.plot, columns.plotEnd]),
    marks: 66,
    services,
    failing,
    latency,
    plot: { top: top + 2, bottom },
    axis: bottom + 22,
    legend: Array.from({ length: contents.legend }, (_, index) => first + index * legendHeight),
    height: bottom + 40 + contents.legend * legendHeight + (contents.legend > 0 ? 6 : 0),
  };
}
