import AxeBuilder from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { channels, people } from '../../../workspace/people.ts';
import { browserPath, launchBrowser } from '../../support/browser.ts';
import { plain } from './material.ts';
import { openStage, type Stage } from './stage.ts';

let browser: Browser;
let stage: Stage;

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const open = async () => {
  stage = await openStage(browser);
  return stage;
};

/** A new channel with the on-call engineer in it. */
async function room({ call }: Stage, name: string, is_private = false): Promise<string> {
  const made: unknown = await call('conversations.create', { name, is_private });
  const { id } = (made as { channel: { id: string } }).channel;
  await call('conversations.invite', { channel: id, users: people.onCall1 });
  return id;
}

const violations = async (): Promise<string[]> => {
  const { violations: found } = await new AxeBuilder({ page: stage.page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
};

describe.skipIf(browserPath === null)('an incident on the page', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    const { troubles } = stage;
    await stage.close();
    expect(troubles).toEqual([]);
  });

  test('a new channel appears before whoever was invited, a private one with a lock', async () => {
    const { left, right } = await open();
    await room(stage, 'inc-0042-login-down');
    await room(stage, 'sec-0043', true);
    await left.getByRole('button', { name: 'inc-0042-login-down' }).waitFor();
    const restricted = left.getByRole('button', { name: 'sec-0043' });
    await restricted.locator('.icon-lock').waitFor();
    expect(await right.getByRole('button', { name: 'inc-0042-login-down' }).count()).toBe(0);
  });

  test('a mention leads to the channel; who is not in it is asked to join', async () => {
    const { left, right, call } = await open();
    const id = await room(stage, 'inc-0042-login-down');
    const text = `Declared: <#${id}>`;
    await call('chat.postMessage', { channel: channels.authOps, text });
    await left.getByRole('article').getByRole('button', { name: '#inc-0042-login-down' }).click();
    await left.getByRole('heading', { name: 'inc-0042-login-down' }).waitFor();
    await right.getByRole('article').getByRole('button', { name: '#inc-0042-login-down' }).click();
    await right.getByRole('button', { name: 'Join', exact: true }).click();
    await right.getByRole('heading', { name: 'inc-0042-login-down' }).waitFor();
  });

  test('whoever joins gets there also when the answer comes before the news', async () => {
    const { page, right, call, control } = await open();
    const id = await room(stage, 'inc-0042-login-down');
    await call('chat.postMessage', { channel: channels.authOps, text: `Declared: <#${id}>` });
    const joined = Promise.withResolvers<void>();
    await page.route('**/join', async (route) => {
      await route.fulfill({ json: { ok: true } });
      await (await route.request().response())?.finished();
      await page.evaluate(() => new Promise((done) => setTimeout(done)));
      await control('join', { as: people.manager1, channel: id });
      joined.resolve();
    });
    await right.getByRole('article').getByRole('button', { name: '#inc-0042-login-down' }).click();
    await right.getByRole('button', { name: 'Join', exact: true }).click();
    await joined.promise;
    await right.getByRole('heading', { name: 'inc-0042-login-down' }).waitFor();
  });

  test('a picture is shown by the message that names it, and readable by its description', async () => {
    const { left, call, upload } = await open();
    const id = await upload('chart.png', pixel);
    await call('files.completeUploadExternal', { files: [{ id, title: 'Health' }] });
    const alt_text = 'Checks fail since 14:03 UTC; 3 of 5 answer again.';
    const blocks = [{ type: 'image', title: plain('Health'), slack_file: { id }, alt_text }];
    await call('chat.postMessage', { channel: channels.authOps, text: 'Update', blocks });
    await call('views.publish', { user_id: people.onCall1, view: { type: 'home', blocks } });
    const picture = left.getByRole('article').getByRole('img', { name: alt_text });
    await picture.waitFor();
    const width = (image: unknown) => (image as { naturalWidth: number }).naturalWidth;
    await expect.poll(() => picture.evaluate(width)).toBe(1);
    expect(await violations()).toEqual([]);
    await left.getByRole('button', { name: 'Home' }).click();
    await left.locator('.home-tab').getByRole('img', { name: alt_text }).waitFor();
    expect(await violations()).toEqual([]);
  });

  test('people pin, delete, put the app out and close a channel', async () => {
    const { left, page, call } = await open();
    const channel = await room(stage, 'inc-0042-login-down');
    await call('chat.postMessage', { channel, text: 'the card' });
    await left.getByRole('button', { name: 'inc-0042-login-down' }).click();
    const choose = async (menu: string, entry: string) => {
      if (menu === 'More actions') await left.getByRole('article').hover();
      await left.getByRole('button', { name: menu, exact: true }).click();
      await page.getByRole('menuitem', { name: entry }).click();
    };
    await choose('More actions', 'Pin to the channel');
    await left.getByRole('button', { name: '1 pinned' }).waitFor();
    await choose('More actions', 'Delete');
    await left.getByText('the card').first().waitFor({ state: 'detached' });
    await choose('Channel', 'Remove Gatehouse');
    await choose('Channel', 'Add Gatehouse');
    await choose('Channel', 'Archive');
    await left.getByRole('button', { name: 'Archive', exact: true }).click();
    await left.getByText('This channel is archived.').waitFor();
    await choose('Channel', 'Open it again');
    await left.getByRole('textbox', { name: /Message #inc-0042/ }).waitFor();
  });

  test('a reply that was shown to the channel stands there too, and leads to its thread', async () => {
    const { left, call } = await open();
    const channel = channels.authOps;
    const { ts } = await call('chat.postMessage', { channel, text: 'the incident' });
    const reply = { channel, thread_ts: ts, text: 'mended', reply_broadcast: true };
    await call('chat.postMessage', reply);
    await left.getByRole('article').getByText('mended').waitFor();
    await left.getByRole('button', { name: 'Replied to a thread' }).click();
    await left.getByRole('region', { name: 'Thread' }).getByText('the incident').waitFor();
  });
});
