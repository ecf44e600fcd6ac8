import type { AnswerRequest } from './answer.ts';
import { newRequestId } from './http-server.ts';
import type { Parts } from './parts.ts';
import { passwordOf } from './users.ts';

/** Where people log in from: an office, homes, and somebody who forgets their password. All reserved for documentation. */
const addresses = [
  ...['192.0.2.10', '192.0.2.11', '192.0.2.12', '192.0.2.10', '192.0.2.11'],
  ...['198.51.100.20', '198.51.100.21', '198.51.100.20'],
  '203.0.113.5',
] as const;

/** Of a hundred background logins, this many have a wrong password. */
const mistakes = 6;

/** Milliseconds between two requests of the background, on average. */
const pause = 600;

/**
 * Keeps the system busy, as people do, until the process ends; attempts of a spike come on top. There is as
 * much of it however many copies there are: each has its share.
 */
export function startTraffic(parts: Parts, answer: AnswerRequest, copies: () => number): void {
  let token: string | null = null;
  const visit = async () => {
    if (token && Math.random() < 0.5) await askProfile(parts, answer, token);
    else token = await logIn(parts, answer);
    setTimeout(visit, (pause / 2 + Math.random() * pause) * copies());
  };
  setTimeout(visit, Math.random() * pause);
  setInterval(() => attack(parts, answer, copies()), 200);
}

/** Somebody logs in; now and then with a wrong password. Returns their token when it went well. */
async function logIn({ flavour }: Parts, answer: AnswerRequest): Promise<string | null> {
  const email = `user-${1 + Math.floor(Math.random() * 37)}@example.com`;
  const mistaken = Math.random() * 100 < mistakes;
  const address = mistaken && Math.random() < 0.5 ? '203.0.113.5' : pick(addresses);
  const password = mistaken ? 'a wrong one' : passwordOf(email);
  const reply = await answer(post(flavour.paths.login, address, { email, password }));
  const { access_token } = reply.body as { access_token?: string };
  return access_token ?? null;
}

/** Somebody who is logged in uses what the login is for: a few requests with the same token. */
async function askProfile({ flavour }: Parts, answer: AnswerRequest, bearer: string) {
  const address = pick(addresses);
  for (let left = 10; left > 0; left -= 1) {
    await answer({ ...post(flavour.paths.profile, address, {}), method: 'GET', bearer });
  }
}

/** A fifth of a second's worth of guessing passwords, most of them for accounts that do not exist. */
function attack({ flavour, file }: Parts, answer: AnswerRequest, copies: number): void {
  const { spike } = file.state;
  if (!spike) return;
  for (let left = spike.perSecond / 5; left > 0; left -= 1) {
    if (Math.random() * copies >= 1) continue;
    const email = `user-${1 + Math.floor(Math.random() * 600)}@example.com`;
    void answer(post(flavour.paths.login, spike.address, { email, password: 'guessed' }));
  }
}

const post = (path: string, address: string, body: Record<string, unknown>) => ({
  method: 'POST',
  path,
  query: new URLSearchParams(),
  address,
  bearer: null,
  body,
  requestId: newRequestId(),
});

const pick = <T>(choices: readonly T[]): T =>
  choices[Math.floor(Math.random() * choices.length)] as T;
