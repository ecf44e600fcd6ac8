import { type Anchor, anchorLine } from '../../core/anchor.ts';
import { context, section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { code } from '../text/code.ts';

/**
 * An anchor of the audit as it stands in a channel. The text is the line that a check reads back, so
 * nothing else may stand in it.
 */
export function anchorMessage(anchor: Anchor): Message {
  const { records, hash } = anchor;
  return {
    text: anchorLine(anchor),
    blocks: [
      section(`*Audit anchor ${anchor.n}* · ${records} records so far`),
      context(
        `sha256 ${code(hash)} · ${code('npm run audit -- verify --anchors')} finds out whether what was recorded until now is still the same`,
      ),
    ],
  };
}
