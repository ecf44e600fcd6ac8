import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Block } from '../../protocol.ts';
import { unsupported } from '../elements/unsupported.ts';
import type { Surface } from '../state/surface.ts';
import { actionsBlock } from './actions.ts';
import { contextBlock } from './context.ts';
import { dividerBlock } from './divider.ts';
import { headerBlock } from './header.ts';
import { imageBlock } from './image.ts';
import { inputBlock } from './input.ts';
import { markdownBlock } from './markdown.ts';
import { richTextBlock } from './rich-text.ts';
import { sectionBlock } from './section.ts';
import { tableBlock } from './table.ts';

/** Every block that the page can show, by Block Kit's name. */
const drawers: Record<string, (block: Block, surface: Surface) => VNode> = {
  actions: actionsBlock,
  context: contextBlock,
  divider: dividerBlock,
  header: headerBlock,
  image: imageBlock,
  input: inputBlock,
  markdown: markdownBlock,
  rich_text: richTextBlock,
  section: sectionBlock,
  table: tableBlock,
};

/** The blocks of a message, a modal or a Home tab. */
export const blocks = (list: readonly Block[], surface: Surface): VNode =>
  html`<div class="blocks" data-surface=${surface.key}>
    ${list.map((block, at) => html`<div class="block" key=${block.block_id ?? at}>${drawn(block, surface)}</div>`)}
    ${failure(surface)}
  </div>`;

/** One block that cannot be drawn must not take the rest of the page with it. */
function drawn(block: Block, surface: Surface): VNode {
  const draw = Object.hasOwn(drawers, block.type) ? drawers[block.type] : undefined;
  try {
    return draw ? draw(block, surface) : unsupported('block', block.type);
  } catch {
    return unsupported('block', block.type);
  }
}

const failure = ({ failure: { value } }: Surface): VNode | null =>
  value === null ? null : html`<p class="error" role="alert">${value}</p>`;
