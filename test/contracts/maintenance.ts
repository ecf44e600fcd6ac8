import { expect, test } from 'vitest';
import type { Maintenance } from '../../src/core/capabilities.ts';

/** A system that can be in maintenance, and what somebody sees who comes meanwhile. */
export interface MaintenanceUnderTest {
  maintenance: Maintenance;
  /** What people read instead of what they came for; null while they get that. */
  page(): Promise<string | null>;
}

const never = new AbortController().signal;
const minute = 60_000;

/** What every driver's `maintenance` must do. `setUp` gives a system that is in none. */
export function maintenanceContract(setUp: () => Promise<MaintenanceUnderTest>): void {
  const off = { on: false, message: null, until: null };

  test('people read the message until it is turned off', async () => {
    const { maintenance, page } = await setUp();
    expect(await maintenance.read(never)).toEqual(off);
    expect(await page()).toBeNull();
    await maintenance.turnOn('Back at noon – promised.', 30 * minute, never);
    const state = await maintenance.read(never);
    expect(state).toMatchObject({ on: true, message: 'Back at noon – promised.' });
    expect((state.until ?? 0) - Date.now()).toBeGreaterThan(29 * minute);
    expect((state.until ?? 0) - Date.now()).toBeLessThan(31 * minute);
    expect(await page()).toBe('Back at noon – promised.');
    await maintenance.turnOff(never);
    expect(await maintenance.read(never)).toEqual(off);
    expect(await page()).toBeNull();
    await maintenance.turnOff(never); // twice is the same as once
  });

  test('turned on again it has the newer message and the newer end', async () => {
    const { maintenance } = await setUp();
    await maintenance.turnOn('one', 60 * minute, never);
    await maintenance.turnOn('two', 10 * minute, never);
    const { message, until } = await maintenance.read(never);
    expect(message).toBe('two');
    expect(until).toBeLessThan(Date.now() + 30 * minute);
    await maintenance.turnOff(never);
  });

  test('it ends by itself', async () => {
    const { maintenance, page } = await setUp();
    await maintenance.turnOn('a moment', 1_000, never);
    expect(await page()).toBe('a moment');
    await expect.poll(page).toBeNull();
    expect(await maintenance.read(never)).toMatchObject({ on: false });
  });

  test('nothing is done that was called off before', async () => {
    const { maintenance, page } = await setUp();
    const turned = async () => maintenance.turnOn('no', minute, AbortSignal.abort());
    await expect(turned()).rejects.toMatchObject({ happened: false });
    expect(await page()).toBeNull();
  });
}
