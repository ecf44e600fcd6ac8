import { elementsOf, type Json, type Placed } from '../slack/elements.ts';
import { isEmpty, type Values } from '../slack/values.ts';

/** What Slack's own form says before it sends anything, by block id. */
export function checkInputs(blocks: readonly Json[], values: Values): Record<string, string> {
  const inputs = elementsOf(blocks).filter(({ block }) => block.type === 'input');
  return Object.fromEntries(
    inputs.flatMap((placed) => {
      const message = complaint(placed, values[placed.blockId]?.[placed.actionId]);
      return message ? [[placed.blockId, message]] : [];
    }),
  );
}

function complaint({ block, element }: Placed, value: unknown): string | null {
  if (isEmpty(value))
    return block.optional === true ? null : 'Please complete this required field.';
  const { value: text } = Object(value) as { value?: unknown };
  if (typeof text !== 'string') return null;
  const { min_length: min, max_length: max } = element;
  if (typeof min === 'number' && text.length < min) return `Must be at least ${min} characters.`;
  if (typeof max === 'number' && text.length > max) return `Must be at most ${max} characters.`;
  return numberComplaint(element, text);
}

function numberComplaint(element: Json, text: string): string | null {
  if (element.type !== 'number_input') return null;
  const number = Number(text);
  if (!Number.isFinite(number)) return 'Must be a number.';
  if (element.is_decimal_allowed !== true && !Number.isInteger(number))
    return 'Must be a whole number.';
  if (number < Number(element.min_value ?? -Infinity))
    return `Must be at least ${element.min_value}.`;
  if (number > Number(element.max_value ?? Infinity))
    return `Must be at most ${element.max_value}.`;
  return null;
}
