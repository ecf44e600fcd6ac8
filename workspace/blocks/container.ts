import { actions } from './actions.ts';
import { context } from './context.ts';
import { divider } from './divider.ts';
import { header } from './header.ts';
import { image, imageElement } from './image.ts';
import { list } from './lists.ts';
import { richText } from './rich-text.ts';
import { also, problem } from './rule.ts';
import { flag, oneOf } from './scalars.ts';
import { section } from './section.ts';
import { block, byType } from './shapes.ts';
import { table } from './table.ts';
import { anyText, plainText } from './text.ts';

const child = byType({
  actions,
  context,
  divider,
  header,
  image,
  rich_text: richText,
  section,
  table,
});

/** Up to ten blocks in a frame. */
export const container = also(
  block(
    { child_blocks: list({ min: 1, max: 10, of: child }) },
    {
      title: plainText(150),
      rich_text_title: byType({ rich_text: richText }),
      subtitle: anyText(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: byType({ image: imageElement }),
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
  ),
  (value, at) =>
    value.title === undefined && value.rich_text_title === undefined
      ? problem('missing required field: title', at)
      : [],
);
