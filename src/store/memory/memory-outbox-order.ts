import { isByAge, methodOf, share, turnByAge, turnByUrgency } from '../outbox/outbox-rules.ts';
import type { RoomFor, Rooms } from '../outbox/outbox-take.ts';
import type { MemoryRow } from './memory-outbox-row.ts';

type Order = (a: MemoryRow, b: MemoryRow) => number;

interface Turn {
  row: MemoryRow;
  turn: number;
}

const byAge: Order = (a, b) => a.nextAt - b.nextAt;
const byUrgency: Order = (a, b) => a.priority - b.priority || a.rank - b.rank || byAge(a, b);

/** Of those that are free to go, those that go now: the next of each method that has room, one in each place. */
export function inTurn(rows: readonly MemoryRow[], rooms: Rooms, now: number): MemoryRow[] {
  const next = Object.values(rooms).flatMap((room: RoomFor) => {
    const mine = rows.filter((row) => methodOf(row) === room.method);
    return mine.length === 0 ? [] : withRoom(nextOf(mine, room.served, now), room);
  });
  if (next.length < 2) return next.map(({ row }) => row);
  const added = new Map(rows.map((row, at) => [row, at]));
  const first = (a: Turn, b: Turn) => (added.get(a.row) ?? 0) - (added.get(b.row) ?? 0);
  return firstOfEach(next.toSorted((a, b) => byAge(a.row, b.row) || first(a, b)))
    .toSorted((a, b) => a.turn - b.turn || first(a, b))
    .map(({ row }) => row);
}

function nextOf(rows: readonly MemoryRow[], served: number, now: number): Turn[] {
  const old = rows.filter(({ nextAt }) => nextAt <= now - share.after);
  const turns = [
    ...heads(rows, byUrgency).map((row, at) => ({ row, turn: turnByUrgency(at + 1, served) })),
    ...heads(old, byAge).map((row, at) => ({ row, turn: turnByAge(at + 1, served) })),
  ];
  return firstOfEach(turns.toSorted((a, b) => a.turn - b.turn));
}

const withRoom = (turns: readonly Turn[], { urgent, rest, served }: RoomFor): Turn[] =>
  turns.filter(({ row, turn }, at) => {
    const mayTakeAny = row.priority === 0 || isByAge(turn, served);
    return at < (mayTakeAny ? urgent : rest);
  });

const heads = (rows: readonly MemoryRow[], order: Order): MemoryRow[] =>
  firstOfEach(rows.toSorted(order).map((row) => ({ row }))).map(({ row }) => row);

/** The first in each place. */
function firstOfEach<T extends { row: MemoryRow }>(all: readonly T[]): T[] {
  const places = new Set<string>();
  return all.filter(({ row }) => !places.has(row.to) && places.add(row.to));
}
