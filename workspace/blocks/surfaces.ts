import { actions } from './actions.ts';
import { alert } from './alert.ts';
import { card, carousel } from './card.ts';
import { dataVisualization } from './chart.ts';
import { container } from './container.ts';
import { context, contextActions } from './context.ts';
import { dataTable } from './data-table.ts';
import { divider } from './divider.ts';
import { header } from './header.ts';
import { image } from './image.ts';
import { input } from './inputs.ts';
import { list, repeated } from './lists.ts';
import { markdown } from './markdown.ts';
import { richText } from './rich-text.ts';
import { isObject, listOf, type Rule } from './rule.ts';
import { section } from './section.ts';
import { byType } from './shapes.ts';
import { table } from './table.ts';
import { plan, taskCard } from './tasks.ts';

const everywhere = {
  actions,
  context,
  divider,
  header,
  image,
  rich_text: richText,
  section,
  table,
};

const inMessages = {
  ...everywhere,
  card,
  carousel,
  container,
  context_actions: contextActions,
  data_table: dataTable,
  data_visualization: dataVisualization,
  markdown,
  plan,
  task_card: taskCard,
};

const inViews = { ...everywhere, alert, input };

/** The blocks of a message: at most 50. */
export const messageBlocks = blocks(50, inMessages);

/** The blocks of a modal or a Home tab: at most 100. */
export const viewBlocks = blocks(100, inViews);

/** A list of these blocks, no two with the same `block_id`, those inside containers included. */
function blocks(max: number, known: Record<string, Rule>): Rule {
  const whole = list({ max, of: byType(known) });
  return (value, at) => [
    ...whole(value, at),
    ...repeated(listOf(value), 'block_id', at),
    ...listOf(value).flatMap((outer, index) =>
      isObject(outer)
        ? repeated(listOf(outer.child_blocks), 'block_id', `${at}/${index}/child_blocks`)
        : [],
    ),
  ];
}
