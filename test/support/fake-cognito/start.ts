import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpServer } from '../local-server.ts';
import { CognitoError, type FakeUser, type Input, operations } from './users.ts';

/** One user pool of Cognito that speaks JSON 1.1 as the service does. */
export interface FakeCognito {
  endpoint: string;
  users: FakeUser[];
  /** Every operation that was asked for. */
  asked: string[];
  /** What is done instead: an error by name, a status, or no answer at all; null lets it be answered. */
  fault: (operation: string, input: Input) => Fault | null;
  stop(): Promise<void>;
}

/** A way not to answer as usual. `after` means that what was asked for is done all the same. */
export type Fault =
  | { error: string; status?: number; after?: boolean }
  | { says: object }
  | 'hang'
  | 'hang up';

/** Starts one on a free port. */
export async function startFakeCognito(): Promise<FakeCognito> {
  const server = await httpServer((request, response) => {
    respond(fake, request, response).catch(() => response.destroy());
  });
  const fake: FakeCognito = {
    endpoint: `http://127.0.0.1:${server.port}`,
    users: [],
    asked: [],
    fault: () => null,
    stop: server.stop,
  };
  return fake;
}

async function respond(
  fake: FakeCognito,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
  const input = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Input;
  const say = (status: number, body: object) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  };
  fake.asked.push(operation);
  const fault = fake.fault(operation, input);
  if (typeof fault === 'object' && fault !== null) {
    if ('says' in fault) return say(200, fault.says);
    if (fault.after) operations[operation]?.(fake.users, input);
    return say(fault.status ?? 400, { __type: fault.error, message: 'as the test has it' });
  }
  if (fault === 'hang') return;
  if (fault === 'hang up') {
    response.destroy();
    return;
  }
  try {
    const work = operations[operation];
    if (!work) throw new CognitoError('UnknownOperationException', operation);
    say(200, work(fake.users, input));
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    say(400, { __type: error.name, message: error.message });
  }
}
