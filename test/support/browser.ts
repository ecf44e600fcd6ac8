import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a Chromium is, or null: suites that need one are skipped then. */
export const browserPath: string | null =
  process.env.CHROMIUM_PATH ?? places.find((path) => existsSync(path)) ?? null;

/** Nothing but the page may reach the network, and nothing outlives the tests. */
const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless Chromium of the system's. Rejects where {@link browserPath} is null. */
export function launchBrowser(): Promise<Browser> {
  if (browserPath === null) throw new Error('There is no Chromium here; set CHROMIUM_PATH.');
  return chromium.launch({ executablePath: browserPath, args: quiet });
}
