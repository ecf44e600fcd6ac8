import { z } from 'zod';

/**
 * The address of an account. Only what an address needs may stand in it: nothing that a shell, a query
 * language or a path would read as more than a name; runbook 000 puts it between quotes in an UPDATE.
 */
export const address = z
  .string()
  .max(254)
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9._+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/,
    'expected the address of an account, such as jane@example.com',
  );

/** The account that something is done to. */
export const userParam = address.describe('The address of the account, such as jane@example.com.');
