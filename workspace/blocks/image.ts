import { also, problem, type Rule } from './rule.ts';
import { string, webAddress } from './scalars.ts';
import { block, shape, typed } from './shapes.ts';
import { plainText } from './text.ts';

const source = {
  image_url: webAddress,
  slack_file: shape({}, { id: string({ min: 1 }), url: webAddress }),
};

/** Either an address that Slack can fetch or a file that it has. */
const sourced = (rule: Rule): Rule =>
  also(rule, (value, at) =>
    value.image_url === undefined && value.slack_file === undefined
      ? problem('missing required field: image_url', at)
      : [],
  );

const alt = { alt_text: string({ min: 1, max: 2000 }) };

/** A picture as a block of its own. */
export const image = sourced(block(alt, { ...source, title: plainText(2000) }));

/** A small picture beside a section or in a context. */
export const imageElement = sourced(typed(alt, source));
