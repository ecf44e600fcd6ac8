import type { VirtualTime } from '../virtual-time.ts';
import type { SimulatedStore, Stage } from './truth.ts';

/** The answers that a schedule depends on. */
const heard: readonly [keyof SimulatedStore, readonly string[]][] = [
  ['runs', ['create', 'transition', 'inStates', 'toEnd', 'lasting', 'children', 'findByOrigin']],
  ['locks', ['acquire', 'holders']],
  ['claims', ['on', 'claim', 'release']],
  ['breakGlass', ['take', 'review']],
  ['tally', ['asked', 'refused', 'begun']],
  ['killSwitch', ['engage', 'lift']],
  ['audit', ['find']],
];

type Call = (...given: unknown[]) => Promise<unknown>;
type Port = Record<string, Call>;

/** A stage of which every answer is written down, but for what differs between any two databases. */
export function traced(stage: Stage): { stage: Stage; lines: string[] } {
  const lines: string[] = [];
  const store = (time: VirtualTime) => {
    const note = (what: string, answer: unknown) =>
      void lines.push(`${time.clock.monotonic()} ${what} ${plain(answer)}`);
    const made = stage.store(time);
    const ports = heard.map(([port, calls]) => [
      port,
      listenTo(made[port] as unknown as Port, calls, (call, answer) =>
        note(`${port}.${call}`, answer),
      ),
    ]);
    return { ...made, ...Object.fromEntries(ports) } as SimulatedStore;
  };
  return { stage: { ...stage, store }, lines };
}

/** The port, and `hear` learns what each of these calls has answered. */
const listenTo = (
  port: Port,
  names: readonly string[],
  hear: (call: string, answer: unknown) => void,
): Port => ({
  ...port,
  ...Object.fromEntries(
    names.map((name) => [
      name,
      async (...given: unknown[]) => {
        const call = port[name] as Call;
        const answer = await call(...given).catch((error: unknown) => {
          hear(name, 'refused'); // each database has words of its own for it
          throw error;
        });
        hear(name, answer);
        return answer;
      },
    ]),
  ),
});

/** As JSON with sorted keys. */
const plain = (value: unknown): string => JSON.stringify(sorted(value)) ?? 'nothing';

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value)
    .filter(([name, field]) => !isOfItsDatabase(name, field))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, field]) => [name, sorted(field)]));
}

/**
 * Records and fences are numbered through all schedules of a database, the switch says there who put it off in
 * an earlier one, and the hash of a record follows from all of it.
 */
const isOfItsDatabase = (name: string, value: unknown): boolean =>
  typeof value === 'function' ||
  ['fence', 'hash', 'lost'].includes(name) ||
  (name === 'id' && typeof value === 'number') ||
  (name === 'state' && typeof value === 'object');
