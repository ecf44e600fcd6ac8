import { checkMessage, invalidBlocksAnswer, type Refusal } from '../blocks/check.ts';
import type { Metadata } from '../state/world.ts';
import { jsonOf, textOf } from './arguments.ts';
import { ApiError, type Call } from './method.ts';
import { wrongFiles } from './slack-files.ts';

/** What a message says. */
export interface Content {
  text: string;
  blocks: unknown[];
  metadata: Metadata | null;
}

/** Slack cuts texts here. */
const longest = 40_000;

/** Reads text, blocks and metadata of a call. Throws `no_text`, `invalid_blocks` and their like. */
export function contentOf({ args, method, workspace }: Call): Content {
  const blocks = jsonOf(args, 'blocks', 'invalid_blocks_format');
  if (blocks !== undefined && !Array.isArray(blocks)) throw new ApiError('invalid_blocks_format');
  const text = textOf(args, 'text') || textOf(args, 'markdown_text');
  const refusal = checkMessage({ text, blocks, method });
  if (refusal) throw turnedDown(refusal);
  const problems = wrongFiles(workspace, blocks, '/blocks');
  if (problems.length > 0) throw turnedDown({ error: 'invalid_blocks', problems });
  return { text: text.slice(0, longest), blocks: blocks ?? [], metadata: metadataOf(args) };
}

/** The error with which Slack turns content down. */
export function turnedDown(refusal: Refusal): ApiError {
  const { ok: _, error, ...extra } = invalidBlocksAnswer(refusal);
  return new ApiError(error, extra);
}

/** Metadata may be this large, in characters of its JSON. */
const mostMetadata = 8000;

function metadataOf(args: Call['args']): Metadata | null {
  const metadata = jsonOf(args, 'metadata', 'invalid_metadata_format') as
    | Partial<Metadata>
    | undefined;
  if (metadata === undefined) return null;
  const { event_type, event_payload } = Object(metadata) as Partial<Metadata>;
  if (typeof event_type !== 'string' || typeof event_payload !== 'object' || !event_payload) {
    throw new ApiError('invalid_metadata_format');
  }
  if (JSON.stringify(metadata).length > mostMetadata) throw new ApiError('metadata_too_large');
  return { event_type, event_payload };
}
