import type { Refusal } from './refusal.ts';
import { also, isObject, listOf, problem, type Rule } from './rule.ts';
import { flag, string } from './scalars.ts';
import { byType, typed } from './shapes.ts';
import { viewBlocks } from './surfaces.ts';
import { plainText } from './text.ts';

const common = {
  private_metadata: string({ max: 3000 }),
  callback_id: string({ max: 255 }),
  external_id: string({ max: 255 }),
};

/** A form needs a way to send it. */
const submittable = (rule: Rule): Rule =>
  also(rule, ({ blocks, submit }, at) =>
    submit !== undefined
      ? []
      : listOf(blocks).flatMap((item, index) =>
          isObject(item) && item.type === 'input'
            ? problem(
                'must define `submit` to use an `input` block in modals',
                `${at}/blocks/${index}/input`,
              )
            : [],
        ),
  );

const view = byType({
  modal: submittable(
    typed(
      { title: plainText(24), blocks: viewBlocks },
      {
        ...common,
        submit: plainText(24),
        close: plainText(24),
        clear_on_close: flag,
        notify_on_close: flag,
      },
    ),
  ),
  home: typed({ blocks: viewBlocks }, common),
});

/** The largest view Slack takes, in bytes of JSON. */
const LARGEST = 250_000;

/** What Slack would object to in a modal or a Home tab, or null. Total: any JSON may come. */
export function checkView(value: unknown): Refusal | null {
  const problems = view(value, '/view');
  if (problems.length > 0) return { error: 'invalid_arguments', problems };
  // Only now: what follows the rules is not deep, so that turning it into JSON cannot fail.
  if (Buffer.byteLength(JSON.stringify(value)) > LARGEST) {
    return { error: 'view_too_large', problems: [] };
  }
  return null;
}
