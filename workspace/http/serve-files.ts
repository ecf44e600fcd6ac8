import type { IncomingMessage, ServerResponse } from 'node:http';
import { servedAs } from '../slack/mime.ts';
import type { Workspace } from '../workspace.ts';
import { readForm } from './read-arguments.ts';
import { readBody } from './read-body.ts';
import { sendText } from './send.ts';

/** The largest file the workspace takes, in bytes. */
const limit = 20_000_000;

/** Takes the bytes of a file, as they are or in a form, at an address made for them. */
export async function serveUpload(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  secret: string,
): Promise<void> {
  const id = workspace.uploads.take(secret);
  const file = workspace.world.files.find((other) => other.id === id);
  if (!file) {
    sendText(response, 'No upload is expected here.', 404);
    return;
  }
  const bytes = await bytesOf(request);
  await workspace.files.write(file.id, bytes);
  Object.assign(file, { uploaded: true, size: bytes.length });
  workspace.changed();
  sendText(response, `OK - ${bytes.length}`);
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const body = await readBody(request, limit);
  const type = request.headers['content-type'] ?? '';
  if (!type.includes('multipart/form-data')) return body;
  const form = await readForm(body, type);
  const [first] = [...form.values()];
  if (typeof first === 'string') return Buffer.from(first);
  return first ? Buffer.from(await first.arrayBuffer()) : Buffer.alloc(0);
}

/** Serves the bytes of a file: nothing in them runs, whatever they are. */
export async function serveFile(
  workspace: Workspace,
  _request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const file = workspace.world.files.find((other) => other.id === id);
  const bytes = file?.uploaded ? await workspace.files.read(file.id) : null;
  if (!file || !bytes) {
    sendText(response, 'No such file.', 404);
    return;
  }
  response
    .writeHead(200, {
      'content-type': servedAs(file.mimetype),
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=3600',
    })
    .end(bytes);
}
