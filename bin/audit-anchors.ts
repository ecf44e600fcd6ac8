import { readFile } from 'node:fs/promises';
import { readAnchorHistory } from '../src/bot/anchor-history.ts';
import { createSlackClient } from '../src/bot/calling/slack-client.ts';
import type { Config } from '../src/config/config.ts';
import { loadConfig } from '../src/config/load-config.ts';
import { problemLine } from '../src/config/problem.ts';
import { type Anchor, anchorsIn } from '../src/core/anchor.ts';
import type { Log } from '../src/core/log.ts';
import { createRedactor } from '../src/core/redactor.ts';
import {
  type AnchorCheck,
  type AnchorCopies,
  anchorsInFile,
  checkAnchors,
} from '../src/store/audit/check-anchors.ts';
import type { OpenAudit } from '../src/store/audit/open-audit.ts';
import { drivers } from '../src/targets/index.ts';

/** Where the copies are, when somebody says so: both are files. */
export interface AnchorPlaces {
  /** The file that Gatehouse appends to; as the configuration has it unless it is said. */
  file?: string;
  /** What was copied by hand out of the channel; the channel itself is read unless it is said. */
  pasted?: string;
}

/**
 * Holds every copy of the anchors against the log.
 *
 * @throws {Error} when a place of copies cannot be found out or read; a file that is gone is a finding.
 */
export async function verifyAnchors(
  { anchors }: Pick<OpenAudit, 'anchors'>,
  places: AnchorPlaces,
  log: Log,
): Promise<AnchorCheck & { from: string[] }> {
  const loaded = loadConfig({ env: process.env, drivers });
  const config = loaded.ok ? loaded.value : null;
  if (!loaded.ok && !places.file) throw new Error(loaded.error.map(problemLine).join('\n'));
  const path = places.file ?? config?.anchors.file ?? '';
  const file = await fromFile(path, await anchors.filed());
  if (!('anchors' in file)) return { ok: false, ...file, from: [] };
  const said = await saidCopies(places, config, anchors, log);
  const copies = [file, ...said];
  return { ...(await checkAnchors(anchors, copies)), from: copies.map(({ from }) => from) };
}

async function fromFile(
  path: string,
  expected: readonly number[],
): Promise<AnchorCopies | { firstBad: string; why: string }> {
  const from = `the file ${path}`;
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
  if (text === null && expected.length > 0) {
    const why = `${expected.length} anchors were copied into it, and it is not there`;
    return { firstBad: from, why };
  }
  const read = anchorsInFile(text ?? '');
  if (read.ok) return { from, anchors: read.value, expected };
  return { firstBad: `line ${read.error} of ${from}`, why: 'it is no anchor' };
}

/** What stands in the channel, as somebody has pasted it or as it stands there now. */
async function saidCopies(
  { pasted }: AnchorPlaces,
  config: Config | null,
  { posted }: OpenAudit['anchors'],
  log: Log,
): Promise<AnchorCopies[]> {
  if (pasted !== undefined) {
    const text = await readFile(pasted, 'utf8');
    return [{ from: `what was pasted into ${pasted}`, anchors: anchorsIn(text), expected: [] }];
  }
  const channel = config?.anchors.channel;
  if (!config?.slack || !channel) return [];
  const found = await readChannel(config, config.slack, channel, log);
  return [{ from: `the channel ${channel}`, anchors: found, expected: await posted(channel) }];
}

function readChannel(
  { secrets }: Config,
  { apiUrl, botToken: token }: NonNullable<Config['slack']>,
  channel: string,
  log: Log,
): Promise<Anchor[]> {
  const redactor = createRedactor({ secrets: secrets.map((secret) => secret.reveal()) });
  const { api } = createSlackClient({ apiUrl, token, redactor, log });
  return readAnchorHistory(api, channel);
}
