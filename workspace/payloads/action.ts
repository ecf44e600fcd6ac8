import { type Json, optionsOf, type Placed } from '../slack/elements.ts';

/** What a click says about the element: what it is, and what was chosen. Null for an unknown option. */
export function actionOf(placed: Placed, chosen: unknown, given: string, ts: string): Json | null {
  const { element, type, actionId, blockId } = placed;
  const where = { action_id: actionId, block_id: blockId, type, action_ts: ts };
  if (type === 'button') {
    const { text, value, style, url, confirm } = element;
    return { ...where, ...present({ text, value, style, url, confirm }) };
  }
  if (type === 'overflow') {
    const selected_option = optionsOf(element).find(({ value }) => value === given);
    return selected_option ? { ...where, selected_option } : null;
  }
  const { placeholder, initial_option, confirm } = element;
  return { ...where, ...present({ placeholder, initial_option, confirm }), ...Object(chosen) };
}

/** Without the keys that hold nothing. */
const present = (json: Json): Json =>
  Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined));
