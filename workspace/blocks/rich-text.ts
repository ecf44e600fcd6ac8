import { list } from './lists.ts';
import type { Rule } from './rule.ts';
import { flag, integer, link, oneOf, string } from './scalars.ts';
import { block, byType, shape, typed } from './shapes.ts';

const named = string({ min: 1 });
const style = shape(
  {},
  {
    bold: flag,
    italic: flag,
    strike: flag,
    code: flag,
    underline: flag,
    highlight: flag,
    client_highlight: flag,
    unlink: flag,
  },
);
const styled = (required: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule =>
  typed(required, { ...optional, style });

const text = styled({ text: named });
const url = styled({ url: link }, { text: string(), unsafe: flag });

const inline = byType({
  text,
  link: url,
  emoji: styled({ name: named }, { unicode: string(), url: link, skin_tone: integer() }),
  user: styled({ user_id: named }),
  usergroup: styled({ usergroup_id: named }),
  channel: styled({ channel_id: named }),
  team: styled({ team_id: named }),
  broadcast: styled({ range: oneOf('here', 'channel', 'everyone') }),
  color: styled({ value: named }),
  date: styled({ timestamp: integer(), format: named }, { url: link, fallback: string() }),
});

const border = { border: oneOf(0, 1) };
const section = typed({ elements: list({ of: inline }) });

/** Formatted text as a tree. */
export const richText = block({
  elements: list({
    of: byType({
      rich_text_section: section,
      rich_text_quote: typed({ elements: list({ of: inline }) }, border),
      rich_text_preformatted: typed(
        { elements: list({ of: byType({ text, link: url }) }) },
        { ...border, language: string() },
      ),
      rich_text_list: typed(
        {
          style: oneOf('bullet', 'ordered'),
          elements: list({ of: byType({ rich_text_section: section }) }),
        },
        { ...border, indent: integer({ max: 8 }), offset: integer() },
      ),
    }),
  }),
});
