/** A request, from the network or from the demo's own traffic. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  /** The client, as the proxy in front reports it. */
  address: string;
  bearer: string | null;
  /** The fields of a JSON or form body; empty when there is none. */
  body: Readonly<Record<string, unknown>>;
  /** Stands in the log beside whatever this request caused. */
  requestId: string;
}

/** An answer: an object goes out as JSON, a string as text. */
export interface Reply {
  status: number;
  body: object | string;
  headers?: Record<string, string>;
}

/** One thing that can be asked. `:name` in the path stands for any one part of it. */
export interface Route {
  method: string;
  path: string;
  handle(asked: Asked, parts: Readonly<Record<string, string>>): Reply | Promise<Reply>;
}

/** An answer that is an error, thrown from wherever it is found out. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The answer that all is well. */
export const ok = (body: object): Reply => ({ status: 200, body });

/** Finds the route of a request, with the named parts of its path. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; parts: Record<string, string> } | null {
  const sameMethod = method === 'HEAD' ? 'GET' : method;
  for (const route of routes) {
    const parts = route.method === sameMethod ? match(route.path, path) : null;
    if (parts) return { route, parts };
  }
  return null;
}

function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const parts: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const got = given[index] ?? '';
    if (want.startsWith(':')) parts[want.slice(1)] = decode(got);
    else if (want !== got) return null;
  }
  return parts;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refused(400, 'the address of this request is not valid');
  }
}
