import type { Problem } from '../blocks/check.ts';
import { isObject } from '../blocks/rule.ts';
import type { Workspace } from '../workspace.ts';

/**
 * Pictures that blocks show by the id or the address of a file which is not there, is no picture, or
 * is still being looked at after its upload: Slack takes no such block.
 */
export function wrongFiles(workspace: Workspace, value: unknown, at: string): Problem[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => wrongFiles(workspace, item, `${at}/${index}`));
  }
  if (!isObject(value)) return [];
  const here = 'slack_file' in value && !isPicture(workspace, value.slack_file);
  const problem = { message: 'invalid slack file', pointer: `${at}/slack_file` };
  const below = ['elements', 'accessory'].flatMap((key) =>
    wrongFiles(workspace, value[key], `${at}/${key}`),
  );
  return here ? [problem, ...below] : below;
}

function isPicture({ world, uploads, url }: Workspace, named: unknown): boolean {
  if (!isObject(named)) return false;
  const file = world.files.find((one) => one.id === named.id || `${url()}${one.url}` === named.url);
  return Boolean(
    file?.uploaded && file.mimetype.startsWith('image/') && !uploads.examining(file.id),
  );
}
