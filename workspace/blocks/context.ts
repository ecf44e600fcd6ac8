import { feedbackButtons, iconButton } from './button.ts';
import { imageElement } from './image.ts';
import { elements, list } from './lists.ts';
import { anyOf, block, byType } from './shapes.ts';
import { texts } from './text.ts';

/** Small print: texts and small pictures. */
export const context = block({
  elements: list({
    min: 1,
    max: 10,
    of: anyOf(byType({ ...texts(3000), image: imageElement })),
  }),
});

/** Small print that can be pressed. */
export const contextActions = block({
  elements: elements({
    min: 1,
    max: 5,
    of: byType({ feedback_buttons: feedbackButtons, icon_button: iconButton }),
  }),
});
