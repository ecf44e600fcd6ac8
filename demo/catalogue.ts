import { readFileSync } from 'node:fs';
import { parseDocument, visit } from 'yaml';

/** What the template's `${…}` stand for, such as `rms-auth.port`. */
export type Blanks = Readonly<Record<string, string>>;

/** Fills the template in. A blank that nobody knows is an error, so that a typing mistake shows. */
export function fillTemplate(path: string, blanks: Blanks): string {
  const document = parseDocument(readFileSync(path, 'utf8'));
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string') node.value = fill(node.value, blanks);
    },
  });
  return document.toString({ lineWidth: 0 });
}

const fill = (text: string, blanks: Blanks): string =>
  text.replace(/\$\{([^}]*)\}/g, (_whole, name: string) => {
    const value = blanks[name];
    if (value === undefined)
      throw new Error(`demo/gatehouse.yml asks for \${${name}}, which does not exist`);
    return value;
  });
