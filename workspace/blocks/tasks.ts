import { list } from './lists.ts';
import { richText } from './rich-text.ts';
import { link, oneOf, string } from './scalars.ts';
import { block, byType, typed } from './shapes.ts';

const prose = byType({ rich_text: richText });
const source = byType({ url: typed({ url: link, text: string({ min: 1 }) }) });

/** One task and how far it is. */
export const taskCard = block(
  {
    task_id: string({ min: 1, max: 255 }),
    title: string({ min: 1 }),
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
  },
  { details: prose, output: prose, sources: list({ of: source }) },
);

/** Several tasks under one title. */
export const plan = block(
  { title: string({ min: 1 }) },
  { tasks: list({ of: byType({ task_card: taskCard }) }) },
);
