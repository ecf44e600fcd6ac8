/** Reads one type of PostgreSQL from its text. */
type TypeParser = (text: string) => unknown;

const wholeNumber: TypeParser = (text) => {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`the database answered ${text}, which is too large for a number`);
};

/**
 * By object id, how both drivers read the types that they would read differently: `bigint` as a
 * number, `numeric` as text.
 */
export const typeParsers: Readonly<Record<number, TypeParser>> = {
  20: wholeNumber,
  1700: (text) => text,
};
