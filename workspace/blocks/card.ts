import { button } from './button.ts';
import { imageElement } from './image.ts';
import { elements, list } from './lists.ts';
import { also, problem } from './rule.ts';
import { block, byType } from './shapes.ts';
import { mrkdwn } from './text.ts';

const picture = byType({ image: imageElement });
const shown = ['hero_image', 'title', 'actions', 'body'];

/** A card: a picture, a title, some text, up to three buttons. */
export const card = also(
  block(
    {},
    {
      hero_image: picture,
      icon: picture,
      title: mrkdwn(150),
      subtitle: mrkdwn(150),
      body: mrkdwn(200),
      actions: elements({ max: 3, of: byType({ button }) }),
    },
  ),
  (value, at) =>
    shown.some((key) => value[key] !== undefined)
      ? []
      : problem('must define one of `hero_image`, `title`, `actions` or `body`', `${at}/type`),
);

/** One to ten cards side by side. */
export const carousel = block({ elements: list({ min: 1, max: 10, of: byType({ card }) }) });
