/** What stands in for a secret. */
export const redacted = '[secret]';

/** How one kind of secret is told from other text, and what is left of it. */
interface SecretPattern {
  pattern: RegExp;
  replace: (...match: string[]) => string;
}

const whole = () => redacted;
const keepFirst = (_match: string, before: string) => before + redacted;

/** Words that name a secret when something is assigned to them, wherever they stand in a longer name. */
const names =
  'passwo?r?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|authorization|credential|cookie|session[_-]?id';

/**
 * A quoted value, a value in quotes that are themselves quoted, or whatever stands up to the next
 * separator. A quote before a comma or a bracket ends a text in JSON and begins none.
 */
const value = [
  String.raw`"(?![,:}\]])(?:[^"\\]|\\[^])*`,
  String.raw`'(?:[^'"\\\n]|\\[^])*`,
  String.raw`\\+"(?![,:}\]])(?:[^"\\]|\\+(?!["\\]))*`,
  String.raw`(?:\[secret\]|[^\s"'\\,;&(){}[\]<>])+`,
].join('|');

/*
 * Every pattern takes linear time on any text: what repeats without bound either cannot begin again
 * inside of what it has just passed, or consumes it.
 */
export const secretPatterns: readonly SecretPattern[] = [
  {
    // Keys in PEM, also where the line breaks are written as \n and where the end was cut off.
    pattern:
      /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:[\w+/=\s:,.-]|\\+(?!["\\]))*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|(?![\w+/=\s:,.-]|\\+(?!["\\])))/g,
    replace: whole,
  },
  {
    // The last lines of one, when its beginning was left out.
    pattern:
      /(?:(?<![\w+/=\\-])|(?<=\\n))(?:[\w+/]{1,76}={0,2}(?:\s|\\[nr]){1,4})?-----END [A-Z ]{0,40}PRIVATE KEY-----/g,
    replace: whole,
  },
  {
    // A line from the middle of one: as long as such lines are, and of every kind of character.
    pattern:
      /(?:(?<![\w+/=\\-])|(?<=\\n))(?=[a-z\d+/]{0,76}[A-Z])(?=[A-Z\d+/]{0,76}[a-z])(?=[A-Za-z+/]{0,76}\d)[A-Za-z\d+/]{60,76}(?![\w+/=-])/g,
    replace: whole,
  },
  // Slack: tokens, and addresses that let anybody post.
  { pattern: /\bxox[a-z](?:\.xox[a-z])?-[\w-]{6,}|\bxapp-[\w-]{6,}/gi, replace: whole },
  {
    pattern: /(hooks\.slack\.com\/[a-z]{1,20}\/)[\w/-]{6,}/gi,
    replace: keepFirst,
  },
  // JSON web tokens, keys of AWS, tokens of GitHub.
  { pattern: /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g, replace: whole },
  { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, replace: whole },
  { pattern: /\bgh[pousr]_\w{20,}/g, replace: whole },
  // What HTTP sends to prove who asks.
  {
    pattern: /\b(Bearer\s+)(?!authentication\b|authorization\b|credentials\b)[\w.~+/=-]{8,}/gi,
    replace: keepFirst,
  },
  { pattern: /\b(Basic\s+)(?=[a-z+/]*[A-Z0-9=])[\w+/-]{8,}={0,2}/g, replace: keepFirst },
  // scheme://user:password@host, and scheme://token@host.
  {
    pattern: /(:\/\/[^\s/?#:@"']{0,256}:)[^\s/?#"']{1,2048}(?=@)/g,
    replace: keepFirst,
  },
  { pattern: /(:\/\/)[^\s/?#:@"']{20,2048}(?=@)/g, replace: keepFirst },
  // A one-time password, where it is typed.
  { pattern: /(--?code[\s=]\s{0,8}["']?)\d{3}[\s-]?\d{3}(?!\w)/gi, replace: keepFirst },
  // name=value, name: value, "name":"value", --name value.
  {
    pattern: new RegExp(
      String.raw`((?:${names})[\w.-]{0,40}(?:\\{0,8}["'])?\s{0,8}[:=]\s{0,8})(${value})`,
      'gi',
    ),
    replace: assigned,
  },
  {
    pattern: new RegExp(String.raw`(--(?:${names})\s{1,8})(?!-)(${value})`, 'gi'),
    replace: assigned,
  },
];

/** Keeps the quotes, and leaves alone what is only said of a secret: that there is one, or how many. */
function assigned(match: string, name = '', found = ''): string {
  if (/^(?:\d{1,3}|true|false|null|undefined|none)$/i.test(found)) return match;
  const [quote = ''] = /^(?:\\+"|"|')/.exec(found) ?? [];
  if (quote !== '') return found === quote ? match : name + quote + redacted;
  const [, around = ''] = /(\\*")\s*:\s*$/.exec(name) ?? []; // a number in JSON has no quotes
  return name + around + redacted + around;
}
