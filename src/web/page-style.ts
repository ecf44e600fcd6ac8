import { createHash } from 'node:crypto';

/** How the pages look, in light, in dark and on paper. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #4a5360; --ground: #ffffff; --line: #d0d7de; --mark: #0a58a8; --raised: #f5f7f9; --alarm: #a40e26; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebef; --soft: #b3bcc8; --ground: #14181d; --line: #3a434e; --mark: #8cc2ff; --raised: #1d232a; --alarm: #ff9a9a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem; }
header { border-bottom: 1px solid var(--line); }
h1 { margin: 0 0 .25rem; font-size: 1.6rem; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .5rem; font-size: 1.15rem; }
p { margin: .4rem 0; overflow-wrap: anywhere; white-space: pre-line; }
a { color: var(--mark); }
dl { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: .25rem 1.25rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
ol, ul { margin: 0; padding: 0; list-style: none; }
li { padding: .5rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
li p { margin: 0; }
time, .soft { color: var(--soft); font-size: .9rem; }
.alarm { color: var(--alarm); border: 2px solid var(--alarm); padding: .5rem .75rem; }
.note { background: var(--raised); padding-left: .75rem; border-left: 3px solid var(--mark); }
img { max-width: 100%; height: auto; }
footer { border-top: 1px solid var(--line); color: var(--soft); font-size: .9rem; }
@media print { :root { --ink: #000000; --soft: #333333; --ground: #ffffff; --line: #999999; --mark: #000000; --raised: #ffffff; --alarm: #000000; } body { font-size: 11pt; } li, tr, img { break-inside: avoid; } }
`;

const hash = createHash('sha256').update(pageStyle).digest('base64');

/**
 * What goes with every page: no script runs, nothing is loaded from elsewhere, no other page shows it, and
 * neither its address, which lets whoever has it read it, nor a copy of it goes anywhere.
 */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
};
