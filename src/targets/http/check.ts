import type { Dispatcher } from 'undici';
import type { Probe, Reading } from '../../core/capabilities.ts';
import type { Clock } from '../../core/clock.ts';
import { formatDuration } from '../../core/duration.ts';
import { failureReading, wasDropped } from '../failure.ts';
import { unlikeness } from './body.ts';
import type { Check } from './options.ts';

/** What came back for one GET. */
interface Answer {
  status: number;
  /** How the body differs from what is expected, or null. */
  unlike: string | null;
  /** From the asking to the last byte that was read, in milliseconds. */
  took: number;
}

/** The probe of one check. The address comes from the catalogue, never from a person. */
export function checkProbe(check: Check, agent: Dispatcher, clock: Clock): Probe {
  const ask = async (signal: AbortSignal): Promise<Answer> => {
    const start = clock.monotonic();
    const { origin, pathname, search } = new URL(check.url);
    const headers = { accept: 'application/json, */*', 'user-agent': 'gatehouse-health-check' };
    const path = pathname + search;
    const asked = await agent.request({ origin, path, method: 'GET', headers, signal });
    const unlike = await unlikeness(asked.body, check.expect.body);
    return { status: asked.statusCode, unlike, took: clock.monotonic() - start };
  };

  /** A kept connection may have been closed by the other side just now: that is no news of its health. */
  const askAgain = (error: unknown, signal: AbortSignal): Promise<Answer> => {
    if (signal.aborted || !wasDropped(error)) throw error;
    return ask(signal);
  };

  return {
    name: check.name,
    run: (signal) =>
      ask(signal)
        .catch((error) => askAgain(error, signal))
        .then((answer) => judge(answer, check.expect))
        .catch((error) => failureReading(error, signal)),
  };
}

function judge(
  { status, unlike, took }: Answer,
  { status: wanted, within }: Check['expect'],
): Reading {
  const duration = formatDuration(took);
  if (status !== wanted) {
    const expected = wanted === 200 ? '' : `, expected ${wanted}`;
    return { health: 'down', detail: `${status} in ${duration}${expected}` };
  }
  if (unlike !== null) return { health: 'degraded', detail: `${status} but ${unlike}` };
  if (within !== undefined && took > within) {
    const detail = `${status} in ${duration}, slower than ${formatDuration(within)}`;
    return { health: 'degraded', detail };
  }
  return { health: 'up', detail: `${status} in ${duration}` };
}
