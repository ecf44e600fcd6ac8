import type { Counter, Histogram, Registry } from 'prom-client';

/** Something that has a value at any time, such as whether a connection is open: 1 or 0. */
export interface Gauge {
  name: string;
  help: string;
  /** Not a number when it cannot be told now. */
  read(): number | Promise<number>;
}

/** One value for each thing of a kind, such as the open incidents of each severity. */
export interface LabelledGauge {
  name: string;
  help: string;
  label: string;
  read(): Readonly<Record<string, number>> | Promise<Readonly<Record<string, number>>>;
}

/** Something that only grows, counted elsewhere; `kind` tells what of it. */
export interface Tally {
  name: string;
  help: string;
  /** How often each kind has happened in this process. */
  read(): Readonly<Record<string, number>>;
}

/** Counts and exposes what operators want to see. */
export interface Metrics {
  delivered(kind: string, outcome: string): void;
  /** How long a delivery took from its arrival to its acknowledgement, in seconds. */
  acknowledged(kind: string, seconds: number): void;
  /** Everything in the format of Prometheus. */
  expose(): Promise<{ type: string; text: string }>;
}

/** The instruments, once they are loaded. */
interface Instruments {
  registry: Registry;
  deliveries: Counter<'kind' | 'outcome'>;
  acknowledgements: Histogram<'kind'>;
}

/** What may wait for the instruments: with more of it they are loaded. */
const mostWaiting = 1_000;

/**
 * Metrics in a registry of their own. The library is loaded when somebody asks for them, so that it
 * delays no first answer; until then what happens is kept.
 */
export function createMetrics(
  gauges: readonly (Gauge | LabelledGauge)[] = [],
  tallies: readonly Tally[] = [],
): Metrics {
  let waiting: ((instruments: Instruments) => void)[] = [];
  let loaded: Instruments | null = null;
  let loading: Promise<Instruments> | null = null;

  const load = async () => {
    const instruments = await openInstruments(gauges, tallies);
    for (const note of waiting) note(instruments);
    waiting = [];
    loaded = instruments;
    return instruments;
  };
  const ready = () => {
    loading ??= load();
    return loading;
  };
  const note = (what: (instruments: Instruments) => void) => {
    if (loaded) return what(loaded);
    waiting.push(what);
    if (waiting.length === mostWaiting) void ready();
  };
  return {
    delivered: (kind, outcome) => note(({ deliveries }) => deliveries.inc({ kind, outcome })),
    acknowledged: (kind, seconds) =>
      note(({ acknowledgements }) => acknowledgements.observe({ kind }, seconds)),
    async expose() {
      const { registry } = await ready();
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

/** Slack waits three seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3];

async function openInstruments(
  gauges: readonly (Gauge | LabelledGauge)[],
  tallies: readonly Tally[],
): Promise<Instruments> {
  const { default: prom } = await import('prom-client');
  const registry = new prom.Registry();
  const registers = [registry];
  prom.collectDefaultMetrics({ register: registry });
  for (const gauge of gauges) addGauge(prom, gauge, registers);
  for (const tally of tallies) addTally(prom, tally, registers);
  const deliveries = new prom.Counter({
    name: 'gatehouse_deliveries_total',
    help: 'Deliveries from Slack, by kind and by what became of them.',
    labelNames: ['kind', 'outcome'] as const,
    registers,
  });
  const acknowledgements = new prom.Histogram({
    name: 'gatehouse_acknowledgement_seconds',
    help: 'Time from the arrival of a delivery to its acknowledgement.',
    labelNames: ['kind'] as const,
    buckets,
    registers,
  });
  return { registry, deliveries, acknowledgements };
}

type Prom = typeof import('prom-client');

function addGauge(prom: Prom, gauge: Gauge | LabelledGauge, registers: Registry[]): void {
  const { name, help } = gauge;
  new prom.Gauge({
    name: `gatehouse_${name}`,
    help,
    registers,
    labelNames: 'label' in gauge ? [gauge.label] : [],
    async collect() {
      if (!('label' in gauge)) return this.set(await gauge.read());
      this.reset();
      for (const [value, figure] of Object.entries(await gauge.read())) {
        this.set({ [gauge.label]: value }, figure);
      }
    },
  });
}

/** The count itself is kept elsewhere, so that the library need not be there when something is counted. */
function addTally(prom: Prom, { name, help, read }: Tally, registers: Registry[]): void {
  new prom.Counter({
    name: `gatehouse_${name}_total`,
    help,
    registers,
    labelNames: ['kind'],
    collect() {
      this.reset();
      for (const [kind, figure] of Object.entries(read())) this.inc({ kind }, figure);
    },
  });
}
