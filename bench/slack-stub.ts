import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

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

/** What a method of the Web API answers to these parameters, besides that all is well. */
export type Answering = (method: string, params: URLSearchParams) => object | undefined;

/** Starts the stub; what `more` does not answer is answered as always. */
export async function startSlackStub(more: Answering = () => undefined): Promise<SlackStub> {
  let answered = () => {};
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const method = request.url?.split('/').at(-1) ?? '';
    if (request.url?.startsWith('/response')) answered();
    const answer = more(method, new URLSearchParams(body)) ?? answers[method];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, ...answer }));
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
