import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Forwarded, forward } from './forward.ts';
import { type Member, makeMember } from './member.ts';

/** The one address of a system, whatever becomes of its copies. While there is none, nobody listens there. */
export interface Front {
  /** From now on a copy is asked too. */
  join(name: string, port: number): Membership;
  /** How many copies are asked. */
  size(): number;
}

/** That a copy is asked. */
export interface Membership {
  /** It is asked no more; resolves when it has answered what it was asked. */
  leave(): Promise<void>;
  /** It is gone, and answers nothing any more. */
  gone(): void;
}

const longestBody = 1024 * 1024;

/** A front at a port of this machine; the copies take turns. */
export function createFront(port: number): Front {
  let members: Member[] = [];
  let turn = 0;
  const pick = (path: string): Member[] => {
    const wanted = /^\/_copies\/([^/]+)\//.exec(path)?.[1];
    if (wanted !== undefined) return members.filter(({ name }) => name === wanted);
    turn += 1;
    return members.map((_, index) => members[(index + turn) % members.length] as Member);
  };
  const door = createDoor(port, (request, response) => answer(request, response, pick));
  const remove = (member: Member) => {
    members = members.filter((one) => one !== member);
    if (members.length === 0) door.shut();
  };

  return {
    size: () => members.length,
    join: (name, at) => {
      const member = makeMember(name, at);
      members = [...members, member];
      door.open();
      const gone = () => {
        remove(member);
        member.agent.destroy();
      };
      const leave = async () => {
        remove(member);
        await answered(member);
        member.agent.destroy();
        if (members.length === 0) door.hangUp();
      };
      return { leave, gone };
    },
  };
}

const answered = (member: Member): Promise<void> =>
  new Promise((done) => {
    member.answered = () => {
      if (member.busy === 0) done();
    };
    member.answered();
  });

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  pick: (path: string) => Member[],
): Promise<void> {
  const { method = 'GET', url = '/', headers } = request;
  const body = await readBody(request).catch(() => null);
  if (body === null) return void response.writeHead(413, { connection: 'close' }).end();
  const path = url.replace(/^\/_copies\/[^/]+(?=\/)/, '');
  const forwarded: Forwarded = { method, path, headers, body };
  for (const member of pick(url)) {
    if (await forward(forwarded, member, response)) return;
  }
  // As if nobody listened: that is so within a moment.
  request.socket.destroy();
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > longestBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A server that can be shut and opened again. */
function createDoor(
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
) {
  let server: Server | null = null;
  let last: Server | null = null;
  const open = () => {
    if (server) return;
    const opened = createServer((request, response) => void handle(request, response));
    server = opened;
    last = opened;
    // Somebody else may have taken the port while nobody listened.
    opened.on('error', () => {
      if (server === opened)
        setTimeout(() => server === opened && opened.listen(port, '127.0.0.1'), 200);
    });
    opened.listen(port, '127.0.0.1');
  };
  return {
    open,
    /** Nobody new gets in. */
    shut: () => {
      server?.close();
      server = null;
    },
    /** Who was still connected is not any more. */
    hangUp: () => last?.closeAllConnections(),
  };
}
