import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Somebody who asks the same address again and again, every few milliseconds. */
export interface SteadyClient {
  /** How often an answer of 200 has come. */
  answered(): number;
  /** Stops asking; answers what went wrong meanwhile, in a word each. */
  stop(): Promise<string[]>;
}

/**
 * Asks with GET and with POST, on kept connections and on new ones, in turns. Never asks again: what goes
 * wrong once is a failure.
 */
export function askSteadily(get: string, post: { url: string; body: object }): SteadyClient {
  const kept = new Agent({ keepAlive: true, maxSockets: 1 });
  const failures: string[] = [];
  let answered = 0;
  let going = true;
  const askOnce = async (turn: number) => {
    const agent = turn % 2 === 0 ? kept : false;
    const status = await (turn % 5 === 0
      ? answerTo(post.url, agent, post.body)
      : answerTo(get, agent)
    ).catch((error) => error.code ?? error.message);
    if (status === 200) answered += 1;
    else failures.push(String(status));
  };
  const asking = (async () => {
    for (let turn = 0; going; turn += 1) {
      await askOnce(turn);
      await sleep(2);
    }
  })();
  return {
    answered: () => answered,
    stop: async () => {
      going = false;
      await asking;
      kept.destroy();
      return failures;
    },
  };
}

function answerTo(url: string, agent: Agent | false, body?: object): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  return new Promise((done, failed) => {
    const asked = request(url, { agent, method: body ? 'POST' : 'GET', headers }, (answer) => {
      answer.on('error', failed).resume();
      answer.once('end', () => done(answer.statusCode ?? 0));
    });
    asked.on('error', failed);
    asked.end(body && JSON.stringify(body));
  });
}
