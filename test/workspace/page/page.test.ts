import AxeBuilder from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { channels, people } from '../../../workspace/people.ts';
import type { Snapshot } from '../../../workspace/protocol.ts';
import { browserPath, launchBrowser } from '../../support/browser.ts';
import { formView, gallery, plain, releaseSelect, stackView, statusBlocks } from './material.ts';
import type { React } from './practice-app.ts';
import { both, openStage, respond, type Setting, type Stage } from './stage.ts';

let browser: Browser;
let stage: Stage;

const open = async (setting?: Setting) => {
  stage = await openStage(browser, setting);
  return stage;
};

/** Answers a command with the status, for the asker alone, or with a form. */
const answering: React = ({ type, payload }, call) => {
  if (type !== 'slash_commands') return;
  if (payload.text === 'form')
    setTimeout(call, 0, 'views.open', { trigger_id: payload.trigger_id, view: formView() });
  else setTimeout(respond, 0, payload.response_url, statusBlocks);
};

describe.skipIf(browserPath === null)('the page', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    const { troubles } = stage;
    await stage.close();
    expect(troubles).toEqual([]);
  });

  test('a command is completed, sent by Enter and answered, for its author alone', async () => {
    const { left, right } = await open({ react: answering });
    const field = left.getByRole('textbox', { name: /Message #auth-ops/ });
    await field.pressSequentially('/a');
    await left.getByRole('option', { name: /\/auth/ }).waitFor();
    await field.press('Enter');
    await expect.poll(() => field.inputValue()).toBe('/auth ');
    await left.getByText('/auth status [service] | help').waitFor();
    await field.pressSequentially('status');
    await field.press('Enter');
    await left.getByRole('heading', { name: 'Five services, one down' }).waitFor();
    await left.getByText('Only visible to you').waitFor();
    await expect.poll(() => field.inputValue()).toBe('');
    expect(await right.getByText('Five services').count()).toBe(0);
    await field.press('ArrowUp');
    await expect.poll(() => field.inputValue()).toBe('/auth status');
  });

  test('what everybody may see arrives at both', async () => {
    const { left, right } = await open();
    const field = left.getByRole('textbox', { name: /Message/ });
    await field.fill('one');
    await field.press('Shift+Enter');
    await field.pressSequentially('two @manager-1');
    await field.press('Enter');
    await right.getByRole('article').getByText('@Manager 1').waitFor();
    expect(await right.getByRole('article').locator('.mrkdwn').innerText()).toBe(
      'one\ntwo @Manager 1',
    );
    expect(await right.locator('.mention.to-me').count()).toBe(1);
    expect(await left.locator('.mention.to-me').count()).toBe(0);
  });

  test('a command without an acknowledgement keeps what was typed and says why', async () => {
    const { left, page } = await open({ react: () => null, ackMs: 300 });
    const seen = Promise.withResolvers<void>();
    await page.route('**/type', (route) => seen.promise.then(() => route.continue()));
    const field = left.getByRole('textbox', { name: /Message/ });
    await field.fill('/auth status');
    await field.press('Enter');
    await left.locator('.send[aria-busy=true]').waitFor();
    seen.resolve();
    await left
      .getByRole('alert')
      .getByText(/did not answer within 3 seconds/)
      .waitFor();
    await left.getByText('/auth failed with the error "operation_timeout"').waitFor();
    expect(await field.inputValue()).toBe('/auth status');
  });

  test('what is typed is still there after a reload, and gone once it is sent', async () => {
    const { left, page } = await open();
    const field = left.getByRole('textbox', { name: /Message/ });
    await field.fill('half a thou');
    await page.reload();
    await expect.poll(() => field.inputValue()).toBe('half a thou');
    await field.press('Enter');
    await expect.poll(() => field.inputValue()).toBe('');
    await page.reload();
    await left.getByRole('article').getByText('half a thou').waitFor();
    expect(await field.inputValue()).toBe('');
    await page.addInitScript(typeAtOnce);
    await page.reload();
    await expect.poll(() => page.evaluate('window.kept')).toContain('at once');
  });

  test('what went wrong is forgotten once something else is typed', async () => {
    const { left, page, troubles } = await open();
    const field = left.getByRole('textbox', { name: /Message/ });
    await page.context().setOffline(true);
    await field.fill('anybody there?');
    await field.press('Enter');
    await left.getByRole('alert').waitFor();
    await page.context().setOffline(false);
    await field.pressSequentially(' Hello?');
    await left.getByRole('alert').waitFor({ state: 'detached' });
    expect(await field.inputValue()).toBe('anybody there? Hello?');
    troubles.length = 0; // a request that fails is an error in the console
  });

  test('how long ago something was goes on by itself', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const text = { type: 'mrkdwn', text: `begun <!date^${seconds}^{ago}|then>` };
    const { left } = await open({
      react: ({ type, payload }) => {
        if (type !== 'slash_commands') return;
        const blocks = [{ type: 'section', text }];
        setTimeout(respond, 0, payload.response_url, { text: 'begun', blocks });
      },
    });
    const field = left.getByRole('textbox', { name: /Message/ });
    await field.fill('/auth status');
    await field.press('Enter');
    const shown = left.getByText(/begun .*ago|begun in/);
    const first = await shown.innerText();
    await expect.poll(() => shown.innerText()).not.toBe(first);
  });

  test('a button asks before it acts, and acts once', async () => {
    const pressed: string[] = [];
    const { left, call } = await open({
      react: ({ payload }, call) => {
        const [action] = payload.actions ?? [];
        pressed.push(`${action.action_id} ${action.value}`);
        const { channel_id: channel, message_ts: ts } = payload.container;
        setTimeout(call, 0, 'chat.update', { channel, ts, text: 'Asked for approval' });
      },
    });
    await call('chat.postMessage', { channel: channels.authOps, ...statusBlocks });
    const button = left.getByRole('button', { name: 'Restart rms-auth' });
    await button.click();
    await left.getByRole('button', { name: 'Leave it' }).click();
    expect(pressed).toEqual([]);
    await button.click();
    await left
      .getByRole('dialog', { name: 'Restart rms-auth?' })
      .getByRole('button', { name: 'Ask for approval' })
      .click();
    await left.getByText('Asked for approval').waitFor();
    await left.getByText('(edited)').waitFor();
    expect(pressed).toEqual(['restart rms-auth']);
  });

  test('a select and a menu tell the app what was chosen', async () => {
    const chosen: string[] = [];
    const { left, call, page } = await open({
      react: ({ payload }) => {
        chosen.push(payload.actions[0].selected_option.value);
      },
    });
    await call('chat.postMessage', { channel: channels.authOps, ...statusBlocks });
    await left.getByRole('combobox', { name: 'A service in depth' }).selectOption('gateway');
    await expect.poll(() => chosen).toEqual(['gateway']);
    await left.getByRole('button', { name: 'More actions' }).click();
    await left.locator('[role=menuitem]:focus').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await left
      .locator('[role=menuitem]:focus')
      .filter({ hasText: /explain/i })
      .waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => chosen).toEqual(['gateway', 'explain']);
  });

  test('a form comes back with its errors, keeps what was typed when it changes, and goes', async () => {
    const values: unknown[] = [];
    const { left, right, page } = await open({
      react: ({ type, payload }, call) => {
        if (type === 'slash_commands')
          setTimeout(call, 0, 'views.open', { trigger_id: payload.trigger_id, view: formView() });
        if (payload.type === 'block_actions')
          setTimeout(call, 0, 'views.update', {
            view_id: payload.view.id,
            view: formView('It serves everybody.'),
          });
        if (payload.type !== 'view_submission') return undefined;
        values.push(payload.view.state.values);
        return values.length === 1
          ? { response_action: 'errors', errors: { why: 'Say a little more.' } }
          : undefined;
      },
    });
    const field = left.getByRole('textbox', { name: /Message/ });
    await field.fill('/auth restart');
    await field.press('Enter');
    const form = left.getByRole('dialog', { name: 'Restart a service' });
    await form.waitFor();
    await form.getByRole('button', { name: 'Plan it' }).click();
    await form.getByText('Please fill this in.').first().waitFor();
    expect(values).toEqual([]);

    await form.getByLabel('Why').fill('slow');
    await form.getByRole('combobox', { name: 'Service' }).selectOption('rms-auth@prod');
    await form.getByText('It serves everybody.').waitFor();
    expect(await form.getByLabel('Why').inputValue()).toBe('slow');
    await form.getByLabel('One at a time').check();
    await form.getByRole('button', { name: /Tell these people/ }).click();
    await left.getByRole('checkbox', { name: 'Auditor' }).check();
    await page.keyboard.press('Escape');
    await form.getByRole('button', { name: 'Plan it' }).click();
    await form.getByRole('alert').getByText('Say a little more.').waitFor();

    expect(await right.getByRole('textbox', { name: /Message/ }).isEnabled()).toBe(true);
    await form.getByLabel('Why').fill('slow since the release');
    await form.getByRole('button', { name: 'Plan it' }).click();
    await form.waitFor({ state: 'detached' });
    expect(values.at(-1)).toMatchObject({
      why: { v: { value: 'slow since the release' } },
      service: { v: { selected_option: { value: 'rms-auth@prod' } } },
      how: { v: { selected_option: { value: 'rolling' } } },
      who: { v: { selected_users: [people.auditor] } },
    });
    await focus(field);
  });

  test('a form above a form keeps the lower one as it was; a button in it asks first', async () => {
    const pressed: unknown[] = [];
    const { left } = await open({
      react: ({ type, payload }, call) => {
        const { trigger_id, actions } = payload;
        if (type === 'slash_commands')
          setTimeout(call, 0, 'views.open', { trigger_id, view: stackView });
        if (!actions) return;
        pressed.push(actions[0].action_id);
        setTimeout(call, 0, 'views.push', { trigger_id, view: formView() });
      },
    });
    const field = left.getByRole('textbox', { name: /Message/ });
    await field.fill('/auth stack');
    await field.press('Enter');
    const lower = left.getByRole('dialog', { name: 'Below' });
    await lower.getByLabel('Note').fill('kept');
    await lower.getByRole('button', { name: 'More' }).click();
    expect(await lower.getByRole('button', { name: 'More' }).isVisible()).toBe(true);
    await left.getByRole('dialog', { name: 'Sure?' }).getByRole('button', { name: 'Yes' }).click();
    const upper = left.getByRole('dialog', { name: 'Restart a service' });
    await upper.getByRole('button', { name: 'Cancel' }).click();
    await lower.waitFor();
    expect(await lower.getByLabel('Note').inputValue()).toBe('kept');
    await focus(lower.getByLabel('Note'));
    expect(pressed).toEqual(['more']);
  });

  test('an external select is filled by the app while one types', async () => {
    const queries: string[] = [];
    const { left, call } = await open({
      react: ({ payload }) => {
        queries.push(payload.value ?? payload.actions[0].selected_option.value);
        const options = [{ text: plain('Release 2.14.0'), value: 'r214' }];
        return payload.type === 'block_suggestion' ? { options } : undefined;
      },
    });
    await call('chat.postMessage', {
      channel: channels.authOps,
      text: 'which',
      blocks: [releaseSelect],
    });
    const field = left.getByRole('combobox', { name: 'A release' });
    await field.fill('2.1'); // at once, or a slow machine suggests something for its beginning
    await left.locator('datalist option').waitFor({ state: 'attached' });
    await field.fill('Release 2.14.0');
    await expect.poll(() => queries).toEqual(['2.1', 'r214']);
  });

  test('what is suggested late for what stood there before replaces nothing', async () => {
    const { left, page, call } = await open({
      react: ({ payload }) => ({
        options: [{ text: plain(`Release ${payload.value}`), value: payload.value }],
      }),
    });
    await call('chat.postMessage', {
      channel: channels.authOps,
      text: 'which',
      blocks: [releaseSelect],
    });
    const answered = await answerBackwards(page, '**/suggest');
    const field = left.getByRole('combobox', { name: 'A release' });
    await field.fill('2.1');
    await expect.poll(() => answered.length).toBe(1);
    await field.fill('2.14');
    await left.locator('datalist option[value="Release 2.14"]').waitFor({ state: 'attached' });
    await answered[0]?.();
    expect(await left.locator('datalist option[value="Release 2.1"]').count()).toBe(0);
  });

  test('a thread has its own replies and its own field', async () => {
    const { left, right, call } = await open();
    await call('chat.postMessage', { channel: channels.authOps, text: 'Nightly report' });
    const row = left.getByRole('article').filter({ hasText: 'Nightly report' });
    await row.hover();
    await row.getByRole('button', { name: 'Reply in thread' }).click();
    const reply = left.getByRole('textbox', { name: /^Reply/ });
    await reply.fill('Looks fine');
    await reply.press('Enter');
    await left
      .getByRole('log', { name: 'Messages in the thread' })
      .getByText('Looks fine')
      .waitFor();
    await right.getByRole('button', { name: '1 reply' }).click();
    await right.getByText('Looks fine').waitFor();
    await right.getByRole('button', { name: 'Close thread' }).click();
    await right.getByText('Looks fine').waitFor({ state: 'detached' });
  });

  test('hostile text is text, and a block of another kind is a grey box', async () => {
    const { left, page, call } = await open();
    const hostile =
      '&lt;img src=x onerror=alert(1)&gt; &lt;/script&gt; <javascript:alert(1)|press> &lt;!channel&gt;';
    await call('chat.postMessage', {
      channel: channels.authOps,
      text: 'hostile',
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: hostile } },
        { type: 'header', text: plain('<img src=x onerror=alert(1)>') },
        { type: 'image', image_url: 'https://example.com/cat.png', alt_text: 'a cat' },
        { type: 'task_card', task_id: 't', title: 'Restart', status: 'in_progress' },
      ],
    });
    const row = left.getByRole('article');
    await row.getByText('<img src=x onerror=alert(1)> </script> press <!channel>').waitFor();
    await row.getByRole('heading', { name: '<img src=x onerror=alert(1)>' }).waitFor();
    await row.getByRole('img', { name: 'a cat' }).waitFor();
    await row.getByText('unsupported block task_card').waitFor();
    expect(await row.locator('img, script, a').count()).toBe(0);
    expect(await page.locator('.mention').count()).toBe(0);
  });

  test('every kind of block and element that the page knows is drawn', async () => {
    const { left, call } = await open({
      hash: `left=${people.onCall1}/${channels.authOps}&panes=one`,
    });
    for (const blocks of gallery) {
      await call('chat.postMessage', { channel: channels.authOps, text: 'gallery', blocks });
    }
    await left.getByRole('columnheader', { name: 'p99' }).waitFor();
    await left.getByRole('link', { name: 'the runbook' }).waitFor();
    await left.getByRole('checkbox', { name: 'Tell everybody' }).waitFor();
    await left.getByLabel('not before').waitFor();
    expect(await left.locator('.unsupported').count()).toBe(0);
  });

  test('the Home tab is what the app published for this person', async () => {
    const { left, right } = await open({
      react: ({ payload }, call) => {
        const { type, user } = payload.event ?? {};
        const view = { type: 'home', blocks: [{ type: 'header', text: plain('Your desk') }] };
        if (type === 'app_home_opened')
          setTimeout(call, 0, 'views.publish', { user_id: user, view });
      },
    });
    await left.getByRole('button', { name: 'Home' }).click();
    await left.getByRole('heading', { name: 'Your desk' }).waitFor();
    expect(await left.getByRole('button', { name: 'Home' }).getAttribute('aria-current')).toBe(
      'page',
    );
    expect(await right.getByText('Your desk').count()).toBe(0);
    await right.getByRole('button', { name: 'Home' }).click();
    await right.getByRole('heading', { name: 'Your desk' }).waitFor();
    expect(await violations('.home-tab')).toEqual([]);
  });

  test('shortcuts reach the app, of the page and of a message', async () => {
    const heard: string[] = [];
    const { left, page, call } = await open({
      react: ({ payload }) => {
        heard.push(`${payload.type} ${payload.callback_id}`);
      },
    });
    await call('chat.postMessage', { channel: channels.authOps, text: 'flush the cache' });
    await left.getByRole('button', { name: 'Shortcuts', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Check all services' }).click();
    await expect.poll(() => heard).toEqual(['shortcut check']);
    await left.getByRole('article').hover();
    await left.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Explain this' }).click();
    await expect.poll(() => heard).toEqual(['shortcut check', 'message_action explain']);
  });

  test('a reaction is added, seen and counted by both', async () => {
    const { left, right, page, call } = await open();
    await call('chat.postMessage', { channel: channels.authOps, text: 'done' });
    await left.getByRole('article').hover();
    await left.getByRole('button', { name: 'Add reaction' }).click();
    await page.getByRole('button', { name: 'tada', exact: true }).click();
    const reaction = right.getByRole('button', { name: /:tada: 1/ });
    await reaction.click();
    await left.getByRole('button', { name: /:tada: 2/ }).waitFor();
    await left.locator('.reaction[aria-pressed=true]').waitFor();
  });

  test('what was not seen yet is counted until its channel is opened', async () => {
    const { right, control } = await open();
    for (const text of ['one', 'two']) {
      await control('type', { as: people.onCall1, channel: channels.incidents, text });
    }
    const place = right.getByRole('button', { name: /incidents/ });
    await right.getByText('2 unread').waitFor();
    await place.click();
    await right.getByText('two').waitFor();
    await expect.poll(() => place.innerText()).toBe('incidents');
  });

  test('the address remembers who, where and how many', async () => {
    const { left, page } = await open();
    await left.getByRole('combobox', { name: /Who I am/ }).selectOption('Security engineer');
    await left.getByRole('button', { name: 'general' }).click();
    await page.getByRole('button', { name: 'Two people' }).click();
    const chosen = `left=${people.security}/${channels.general}`;
    await page.waitForURL(({ hash }) => hash.includes(chosen));
    await page.reload();
    await left.getByRole('textbox', { name: 'Message #general as Security engineer' }).waitFor();
    await expect.poll(() => page.locator('.pane').count()).toBe(1);
  });

  test('nobody named: an on-call engineer and a manager; a narrow window shows one of them', async () => {
    const { left, right, page } = await open({ hash: '' });
    await left.getByRole('textbox', { name: /as On-call engineer 1/ }).waitFor();
    await right.getByRole('textbox', { name: /as Manager 1/ }).waitFor();
    await page.setViewportSize({ width: 600, height: 800 });
    await right.waitFor({ state: 'hidden' });
    await left.getByRole('textbox', { name: /Message/ }).waitFor();
  });

  test('a modal in one pane, everything by keyboard', async () => {
    const { page, left } = await open({
      react: ({ type, payload }, call) => {
        if (type === 'slash_commands')
          setTimeout(call, 0, 'views.open', { trigger_id: payload.trigger_id, view: formView() });
      },
    });
    const key = (name: string) => page.keyboard.press(name);
    await key('Tab');
    await key('Enter');
    await page.keyboard.type('/auth restart');
    await key('Enter');
    const form = left.getByRole('dialog', { name: 'Restart a service' });
    await focus(form.getByLabel('Why'));
    await page.keyboard.type('because it is slow');
    await expect.poll(() => form.getByLabel('Why').inputValue()).toBe('because it is slow');
    await key('Escape');
    await form.waitFor({ state: 'detached' });
    const field = left.getByRole('textbox', { name: /Message/ });
    await focus(field);
    await page.keyboard.type('said by keyboard');
    await key('Enter');
    await left.getByRole('article').getByText('said by keyboard').waitFor();
    await expect.poll(() => field.inputValue()).toBe('');
    await key('Shift+Tab');
    await key('Shift+Tab');
    await key('ArrowUp');
    await left.locator('.message:focus').waitFor();
    await left.getByRole('button', { name: 'Reply in thread' }).waitFor();
  });

  test('the inspector tells what went over the wire; faults are set and forgotten', async () => {
    const { left, page } = await open({ react: answering });
    await page.getByRole('button', { name: 'Traffic' }).click();
    const field = left.getByRole('textbox', { name: /Message/ });
    await field.fill('/auth status');
    await field.press('Enter');
    await page.getByRole('button', { name: 'slash_commands /auth' }).click();
    await page.getByText('"command": "/auth"').waitFor();
    await page.getByRole('tab', { name: 'Faults' }).click();
    await page.getByLabel('Slower by').fill('250');
    await page.getByLabel('Never answers').check();
    await page.getByRole('button', { name: '2 faults on' }).waitFor();
    await page.getByRole('button', { name: 'Make everything healthy' }).click();
    await page.getByRole('button', { name: 'Faults', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Drop a connection' }).click();
    await page.getByText('Gatehouse is not connected').waitFor();
  });

  test('a switch that was flipped stays where it was put while earlier answers come in', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Traffic' }).click();
    await page.getByRole('tab', { name: 'Faults' }).click();
    const asked: (() => Promise<void>)[] = [];
    await page.route('**/faults', async (route) => {
      await new Promise<void>((go) => asked.push(async () => go()));
      await route.continue();
    });
    await page.getByLabel('Slower by').fill('250');
    const hang = page.getByLabel('Never answers');
    await hang.check();
    await expect.poll(() => asked.length).toBe(2);
    await asked[0]?.();
    await page.getByRole('button', { name: '1 fault on' }).waitFor();
    expect(await hang.isChecked()).toBe(true);
    await asked[1]?.();
    await page.getByRole('button', { name: '2 faults on' }).waitFor();
    expect(await hang.isChecked()).toBe(true);
  });

  test('a switch stays where it was put also when an earlier answer comes after a later one', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Traffic' }).click();
    await page.getByRole('tab', { name: 'Faults' }).click();
    const answered = await answerBackwards(page, '**/faults');
    await page.getByLabel('Slower by').fill('250');
    await page.getByLabel('Slower by').press('Tab');
    await expect.poll(() => answered.length).toBe(1);
    const hang = page.getByLabel('Never answers');
    await hang.check();
    await page.getByText('Set.').waitFor();
    await answered[0]?.();
    expect(await hang.isChecked()).toBe(true);
    await page.getByRole('button', { name: '2 faults on' }).waitFor();
  });

  test('the header tells topic, members, pins and bookmarks', async () => {
    const { left, page, call } = await open();
    const { ts } = await call('chat.postMessage', {
      channel: channels.authOps,
      text: 'Read *this*',
    });
    await call('pins.add', { channel: channels.authOps, timestamp: ts });
    await call('conversations.setTopic', { channel: channels.authOps, topic: 'All &lt;quiet&gt;' });
    const bookmark = { title: 'Runbook', type: 'link', link: 'https://example.com/runbook' };
    await call('bookmarks.add', { channel_id: channels.authOps, ...bookmark });
    await left.getByText('All <quiet>', { exact: true }).waitFor();
    await left.getByRole('link', { name: 'Runbook' }).waitFor();
    await left.getByRole('button', { name: '1 pinned' }).click();
    await left.locator('.peek').getByText('Read this').waitFor();
    await page.keyboard.press('Escape');
    await left.getByRole('button', { name: '10 members' }).click();
    await left.locator('.peek').getByText('Manager 2').waitFor();
  });

  test('a text file can be read in place and saved', async () => {
    const { left, page, call, upload } = await open();
    const lines = Array.from({ length: 9 }, (_, at) => `line ${at} </script>`).join('\n');
    const id = await upload('rms-auth.log', lines);
    await call('files.completeUploadExternal', { files: [{ id }], channel_id: channels.authOps });
    await left.getByText('line 5 </script>').waitFor();
    expect(await left.getByText('line 8').count()).toBe(0);
    await left.getByRole('button', { name: 'Show all 9 lines' }).click();
    await left.getByText('line 8 </script>').waitFor();
    const saving = page.waitForEvent('download');
    await left.getByRole('link', { name: 'Save rms-auth.log' }).click();
    expect((await saving).suggestedFilename()).toBe('rms-auth.log');
  });

  test('groups and guests are changed in the inspector, for everybody', async () => {
    const { page, control } = await open({ hash: `${both}&drawer=people` });
    await page.getByRole('checkbox', { name: 'Auditor is in @security' }).check();
    await page.getByText('Set; the app was told.').waitFor();
    await page.getByRole('checkbox', { name: 'Viewer is deactivated' }).check();
    await page
      .getByRole('option', { name: 'Viewer (deactivated)' })
      .first()
      .waitFor({ state: 'attached' });
    const { snapshot } = (await control('look', { as: people.onCall1 })) as { snapshot: Snapshot };
    const security = snapshot.groups.find(({ handle }) => handle === 'security');
    expect(security?.members).toEqual([people.security, people.auditor]);
  });

  test('a message more among 500 touches only itself', async () => {
    const { left, page, control } = await open({
      hash: `left=${people.onCall1}/${channels.general}&panes=one`,
    });
    const type = (text: string) =>
      control('type', { as: people.manager1, channel: channels.general, text });
    for (let at = 0; at < 500; at += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, index) => type(`message ${at + index}`)));
    }
    await expect.poll(() => left.getByRole('article').count()).toBe(500);
    await page.evaluate(countFormatting);
    await type('the last one');
    await left.getByText('the last one').waitFor();
    const { formatted, added } = (await page.evaluate('window.counted')) as Record<string, number>;
    expect(formatted).toBeLessThan(10);
    expect(added).toBe(1);
  });

  test.each(['light', 'dark'] as const)('axe finds nothing in the %s page', async (colorScheme) => {
    const { left, right, page, call } = await open({ context: { colorScheme }, react: answering });
    for (const blocks of gallery) {
      await call('chat.postMessage', { channel: channels.authOps, text: 'gallery', blocks });
    }
    const field = left.getByRole('textbox', { name: /Message/ });
    await field.fill('/auth status');
    await field.press('Enter');
    await left.getByText('Only visible to you').waitFor();
    await left.getByRole('article').last().hover();
    await page.getByRole('button', { name: 'Traffic' }).click();
    await page.getByRole('button', { name: 'slash_commands /auth' }).click();
    await right.getByRole('article').first().hover();
    expect(await violations()).toEqual([]);
    await page.getByRole('tab', { name: 'Faults' }).click();
    await left.getByRole('button', { name: 'Restart rms-auth' }).last().click();
    expect(await violations('.drawer', 'dialog')).toEqual([]);
    await left.getByRole('button', { name: 'Leave it' }).click();
    await field.fill('/auth form');
    await field.press('Enter');
    await left.getByRole('dialog', { name: 'Restart a service' }).waitFor();
    await left.getByRole('button', { name: 'Plan it' }).click();
    await page.getByRole('tab', { name: 'People' }).click();
    expect(await violations('.drawer', 'dialog')).toEqual([]);
  });
});

/** What axe finds in the page, or only in some of its parts. */
const violations = async (...parts: string[]) => {
  const axe = new AxeBuilder({ page: stage.page });
  for (const part of parts) axe.include(part);
  const { violations: found } = await axe.analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
};

/** Waits until what is typed goes there. */
const focus = (field: Locator) =>
  expect.poll(() => field.evaluate((element) => element.matches(':focus'))).toBe(true);

/** Runs in the browser: types as soon as there is a field, before the next frame, and looks what was kept of it. */
const typeAtOnce = `new MutationObserver((_, observer) => {
  const field = document.querySelector('.pane.left textarea');
  if (!field) return;
  observer.disconnect();
  field.value = 'at once';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  window.kept = Object.values(sessionStorage);
}).observe(document, { childList: true, subtree: true });`;

/** Runs in the browser: what is drawn anew is formatted anew. */
const countFormatting = `{
  window.counted = { formatted: 0, added: 0 };
  const { format } = Object.getOwnPropertyDescriptors(Intl.DateTimeFormat.prototype);
  Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
    get() { window.counted.formatted++; return format.get.call(this); },
  });
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) window.counted.added += addedNodes.length;
  }).observe(document.querySelector('.rows'), { childList: true });
}`;

/** Holds the first answer from there back: what is in the list lets it go, and waits until the page has it. */
async function answerBackwards(page: Page, from: string): Promise<(() => Promise<void>)[]> {
  const held: (() => Promise<void>)[] = [];
  let first = true;
  await page.route(from, async (route) => {
    const isFirst = first;
    first = false;
    const response = await route.fetch();
    if (!isFirst) return route.fulfill({ response });
    held.push(async () => {
      await route.fulfill({ response });
      await (await route.request().response())?.finished();
      await page.evaluate(() => new Promise((done) => setTimeout(done)));
    });
  });
  return held;
}
