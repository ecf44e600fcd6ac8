type Json = Record<string, unknown>;

/** What a patch of this media type makes of an object; null when it is none that is known. */
export function applyPatch(object: Json, type: string, patch: unknown): Json | null {
  const copy = structuredClone(object);
  if (type.startsWith('application/json-patch+json')) {
    return (patch as Operation[]).every((one) => applyOperation(copy, one)) ? copy : null;
  }
  // Lists of containers are not patched by anything here: then both merges are the same.
  if (/^application\/(?:strategic-)?merge-patch\+json/.test(type))
    return merge(copy, patch as Json);
  return null;
}

interface Operation {
  op: string;
  path: string;
  value: unknown;
}

function applyOperation(object: Json, { op, path, value }: Operation): boolean {
  const keys = path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop() ?? '';
  const parent = keys.reduce<Json | undefined>((at, key) => at?.[key] as Json | undefined, object);
  if (!parent || !['add', 'replace', 'remove'].includes(op)) return false;
  if (op !== 'add' && !(last in parent)) return false;
  if (op === 'remove') delete parent[last];
  else parent[last] = value;
  return true;
}

function merge(object: Json, patch: Json): Json {
  for (const [key, value] of Object.entries(patch)) {
    const old = object[key];
    if (value === null) delete object[key];
    else if (isObject(value)) object[key] = merge(isObject(old) ? old : {}, value);
    else object[key] = value;
  }
  return object;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
