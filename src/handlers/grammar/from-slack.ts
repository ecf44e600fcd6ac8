/**
 * Undoes what Slack does to typed text: `<mailto:a@b|a@b>` becomes `a@b`, `<http://host|host>` becomes
 * `host`, `<@U1|name>` becomes `<@U1>`, and the three entities become their characters. One pass, so
 * that a typed `&lt;` stays one. For text as Slack sends it, once; never for the value of a button.
 */
export const fromSlack = (text: string): string =>
  text.replace(markup, (whole, inside: string | undefined, label: string | undefined) =>
    inside === undefined ? (entities[whole] ?? whole) : written(inside, label),
  );

const markup = /<([^<>|\s][^<>|]*)(?:\|([^<>|]*))?>|&(?:amp|lt|gt);/g;

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

const plain = (text: string): string =>
  text.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity);

/** A person, channel or group by its id, because names can be changed; a link as it was typed. */
function written(inside: string, label: string | undefined): string {
  if (/^[@#!]/.test(inside)) return `<${inside}>`;
  const address = plain(inside);
  const typed = plain(label ?? '');
  // A label that its address does not contain was not made by Slack: the address is what counts.
  const honest = typed !== '' && address.toLowerCase().includes(typed.toLowerCase());
  return honest ? typed : address.replace(/^(?:mailto|tel):/i, '');
}
