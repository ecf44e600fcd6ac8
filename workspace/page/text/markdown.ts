import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { markdownLine } from './markdown-line.ts';
import type { Reader } from './mention.ts';

/** Lines that belong together: a fenced box of code, a list, a quote, a headline, a rule, a paragraph. */
const chunks =
  /^(?<fence>```)[^\n]*\n(?<code>[\s\S]*?)(?:\n```|$(?![\s\S]))|^(?<marks>#{1,6}) +(?<title>.*)|^(?<rule>-{3,}|\*{3,}) *$|(?<bullets>(?:^ *[-*+] +.*\n?)+)|(?<numbers>(?:^ *\d+[.)] +.*\n?)+)|(?<quote>(?:^> ?.*\n?)+)|(?<text>^.+(?:\n(?!```|#{1,6} |> ?| *[-*+] | *\d+[.)] ).+)*)/gm;

/**
 * The everyday part of markdown: headlines, paragraphs, lists of one level, quotes, code, rules and
 * what {@link markdownLine} knows. The rest stays the text it is.
 */
export const markdown = (text: string, reader: Reader): VNode[] =>
  [...text.matchAll(chunks)].map(({ groups }) => chunk(groups ?? {}, reader));

type Groups = Readonly<Record<string, string | undefined>>;

function chunk(groups: Groups, reader: Reader): VNode {
  const { fence, code, marks, title, rule, bullets, numbers, quote, text = '' } = groups;
  if (fence) return html`<pre tabindex="0"><code>${code}</code></pre>`;
  if (marks)
    return html`<p class=${`title title-${marks.length}`}>${markdownLine(title ?? '', reader)}</p>`;
  if (rule) return html`<hr />`;
  if (bullets) return html`<ul>${items(bullets, /^ *[-*+] +/, reader)}</ul>`;
  if (numbers) return html`<ol>${items(numbers, /^ *\d+[.)] +/, reader)}</ol>`;
  if (quote) {
    return html`<blockquote>${markdownLine(quote.trimEnd().replace(/^> ?/gm, ''), reader)}</blockquote>`;
  }
  return html`<p>${markdownLine(text, reader)}</p>`;
}

const items = (lines: string, bullet: RegExp, reader: Reader): VNode[] =>
  lines
    .trimEnd()
    .split('\n')
    .map((line) => html`<li>${markdownLine(line.replace(bullet, ''), reader)}</li>`);
