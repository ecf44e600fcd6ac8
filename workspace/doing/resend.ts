import type { Control } from '../protocol.ts';
import type { Workspace } from '../workspace.ts';
import { CannotDo } from './doing.ts';

/** Sends the last signed request again in a bad way. */
export async function resend(
  { requests }: Workspace,
  { how }: Control['resend']['body'],
): Promise<Control['resend']['answer']> {
  if (!requests) throw new CannotDo('not_in_http_mode');
  const status = await requests.resend(how);
  if (status === null) throw new CannotDo('nothing_sent_yet');
  return { status };
}
