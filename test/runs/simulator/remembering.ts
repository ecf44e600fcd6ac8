/** What of a port is what. */
export interface Kinds<P> {
  /** What writes, and who hears what came of it. */
  tells: { [Name in keyof P]?: (answer: Awaited<AnswerOf<P[Name]>>) => void };
  /** What is answered by nothing but what was written through the same port, and by what this says. */
  asks: { [Name in keyof P]?: () => unknown };
}

type AnswerOf<Call> = Call extends (...given: never[]) => infer Answer ? Answer : never;
type Call = (...given: unknown[]) => Promise<unknown>;

/**
 * Asks each question once for as long as nothing is written: half of a schedule is two processes that
 * look whether there is something new. Everything else is asked each time.
 */
export function remembering<P extends object>(port: P, { tells, asks }: Kinds<P>): P {
  let open = 0;
  let written = 0;
  const known = new Map<string, { written: number; answer: unknown }>();
  const tell =
    (call: Call, hear: (answer: never) => void): Call =>
    async (...given) => {
      open += 1;
      try {
        const answer = await call(...given);
        hear(answer as never);
        return answer;
      } finally {
        open -= 1;
        written += 1;
      }
    };
  const ask =
    (name: string, call: Call, besides: () => unknown): Call =>
    async (...given) => {
      const question = JSON.stringify([name, given, besides()]);
      const isStill = (since: number | undefined) => open === 0 && since === written;
      const before = known.get(question);
      if (before && isStill(before.written)) return structuredClone(before.answer);
      const since = written;
      const answer = await call(...given);
      if (isStill(since)) known.set(question, { written, answer: structuredClone(answer) });
      return answer;
    };
  const wrapped = ([name, call]: [string, Call]) => {
    const [heard, besides] = [tells[name as keyof P], asks[name as keyof P]];
    return [name, heard ? tell(call, heard) : besides ? ask(name, call, besides) : call];
  };
  return Object.fromEntries(Object.entries(port).map(wrapped)) as P;
}
