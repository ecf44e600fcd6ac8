import { afterEach, expect, test } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { readiness } from '../support/pages.ts';

let house: House;
afterEach(() => house.close());

test('what is wrong is told at /readyz and in the log without the secrets in it', async () => {
  const password = 'canary-in-a-fault';
  const failing = new Error(`cannot log in at postgres://gate:${password}@10.0.0.5/gatehouse`);
  house = await openHouse({ openStore: () => Promise.reject(failing) });
  const told = async () => JSON.stringify((await readiness(house.web())).checks);
  await expect.poll(told).toContain('cannot log in at postgres://gate:[secret]@');
  expect([await told(), ...house.log].join('\n')).not.toContain(password);
});
