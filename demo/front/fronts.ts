import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createFront, type Front, type Membership } from './front.ts';
import { hear, say, type Word } from './json-lines.ts';

/** A system that has a front. */
export interface Fronted {
  name: string;
  port: number;
  /** Whoever knows it may join. */
  token: string;
}

interface System extends Fronted {
  front: Front;
  /** The connections of its copies. */
  copies: Set<Socket>;
}

/** Opens the fronts of all systems, and the port at which their copies say that they are there. */
export async function openFronts(systems: readonly Fronted[], port: number): Promise<void> {
  const byName = new Map<string, System>(
    systems.map((one) => [one.name, { ...one, front: createFront(one.port), copies: new Set() }]),
  );
  const server = createServer((socket) => welcome(socket, byName));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

function welcome(socket: Socket, systems: ReadonlyMap<string, System>): void {
  let membership: Membership | null = null;
  const join = ({ system: name, copy, token, port }: Required<Word>['join']) => {
    const system = systems.get(name);
    if (!system || membership || !isSame(token, system.token)) return void socket.destroy();
    membership = system.front.join(copy, port);
    system.copies.add(socket);
    count(system);
    socket.once('close', () => {
      membership?.gone();
      system.copies.delete(socket);
      count(system);
    });
  };
  hear(socket, (word) => {
    if (word.join) join(word.join);
    if (word.leave) void membership?.leave().then(() => say(socket, { left: true }));
  });
}

/** They share the work that comes from themselves. */
function count({ front, copies }: System): void {
  for (const socket of copies) say(socket, { copies: front.size() });
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
