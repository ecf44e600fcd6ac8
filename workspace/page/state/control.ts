import type { Control } from '../../protocol.ts';

type Calls = { [Name in keyof Control]-?: NonNullable<Control[Name]> };

/** What came back: the answer, or why there is none (`unreachable` when the workspace is gone). */
export type Answer<Name extends keyof Calls> =
  | ({ ok: true } & Omit<Calls[Name]['answer'], 'ok' | 'error'>)
  | ({ ok: false; error: string } & Partial<Omit<Calls[Name]['answer'], 'ok' | 'error'>>);

/** Asks the workspace to do something as a member. Never rejects. */
export async function ask<Name extends keyof Calls>(
  name: Name,
  body: Calls[Name]['body'],
): Promise<Answer<Name>> {
  try {
    const response = await fetch(`/control/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return await response.json();
  } catch {
    return { ok: false, error: 'unreachable' } as Answer<Name>;
  }
}

/** What a person reads when something they did had no effect. */
export function failureText(error: string, appName: string): string {
  switch (error) {
    case 'unreachable':
      return 'The workspace itself does not answer. Is it still running?';
    case 'operation_timeout':
      return `${appName} did not answer within 3 seconds. What you did may still have happened.`;
    case 'dispatch_failed':
      return `${appName} is not connected, so nothing was sent. Try again when it is.`;
    default:
      return `${appName} could not do this: ${error}.`;
  }
}
