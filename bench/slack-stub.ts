import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Enough of Slack to be answered to: it knows who is who, and counts the answers it gets. */
export interface SlackStub {
  /** Ends with a slash, as the SDK wants it. */
  apiUrl: string;
  responseUrl: string;
  /** Resolves when the next answer arrives at the response URL. */
  nextAnswer(): Promise<void>;
  close(): Promise<void>;
}

/** The workspace of the stub. */
export const team = 'T0BENCH';

const answers: Record<string, object> = {
  'auth.test': { team_id: team, user_id: 'U0BOT', bot_id: 'B0BOT' },
  'users.info': {
    user: {
      id: 'U0ASKER',
      team_id: team,
      deleted: false,
      is_bot: false,
      is_restricted: false,
      is_ultra_restricted: false,
    },
  },
  'usergroups.users.list': { users: ['U0ASKER'] },
};

/** Starts the stub; a `hung` one takes every request and answers none. */
export async function startSlackStub(hung = false): Promise<SlackStub> {
  let answered = () => {};
  const server = createServer(async (request, response) => {
    await read(request);
    if (hung) return;
    const method = request.url?.split('/').at(-1) ?? '';
    if (request.url?.startsWith('/response')) answered();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, ...answers[method] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    apiUrl: `${url}/api/`,
    responseUrl: `${url}/response/1`,
    nextAnswer: () =>
      new Promise((resolve) => {
        answered = resolve;
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function read(request: IncomingMessage): Promise<void> {
  for await (const _ of request);
}
