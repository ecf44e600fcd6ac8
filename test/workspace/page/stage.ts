import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { channels, people } from '../../../workspace/people.ts';
import { patience } from '../../support/patience.ts';
import { type Practice, type React, startPractice } from './practice-app.ts';

/** A page with two people in one channel, an app behind it, and an eye on what must not happen. */
export interface Stage extends Practice {
  page: Page;
  /** The on-call engineer. */
  left: Locator;
  /** The manager. */
  right: Locator;
  /** Does something as a person without the page. */
  control(name: string, body: Record<string, unknown>): Promise<unknown>;
  /** Errors, violations of the policy and requests to other places, so far. */
  troubles: string[];
}

/** How a stage differs from the usual one. */
export interface Setting {
  react?: React;
  ackMs?: number;
  context?: BrowserContextOptions;
  /** What stands behind the `#`. */
  hash?: string;
}

export const both = `left=${people.onCall1}/${channels.authOps}&right=${people.manager1}/${channels.authOps}`;

/** Opens a stage. The caller closes it. */
export async function openStage(browser: Browser, setting: Setting = {}): Promise<Stage> {
  const { react = () => undefined, ackMs = 3000, context, hash = both } = setting;
  const practice = await startPractice(react, ackMs);
  const tab = await browser.newContext({ viewport: { width: 1400, height: 860 }, ...context });
  const page = await tab.newPage();
  page.setDefaultTimeout(patience);
  const troubles = watch(page, practice.url);
  await page.goto(`${practice.url}/#${hash}`);
  await page.locator('.pane.left .composer, .pane.left .home-tab').first().waitFor();
  return {
    ...practice,
    page,
    left: page.locator('.pane.left'),
    right: page.locator('.pane.right'),
    troubles,
    async control(name, body) {
      const response = await fetch(`${practice.url}/control/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return response.json();
    },
    async close() {
      await tab.close();
      await practice.close();
    },
  };
}

/** A violation of the policy is an error in the console too. */
function watch(page: Page, url: string): string[] {
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`)) troubles.push(`asked for ${request.url()}`);
  });
  return troubles;
}

/** Answers a command or a click by its response_url, as an app does. */
export const respond = (url: string, body: Record<string, unknown>) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
