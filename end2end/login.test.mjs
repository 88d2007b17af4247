// Signing in: the link is for a person, once, and not for a mail scanner.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signIn, visitor } from './lib/browser.mjs';
import { scene } from './lib/scene.mjs';
import { uwi } from './lib/server.mjs';

const house = scene();

test('opening the link does not use it, pressing the button does, once', async () => {
  const { stdout, code } = await uwi(house.server, ['login-link', 'staff@localhost']);
  assert.equal(code, 0);
  const link = stdout.trim();
  for (let scan = 0; scan < 3; scan += 1) assert.equal((await fetch(link)).status, 200);
  const context = await visitor(house.browser, { scripts: false });
  await signIn(context, link);
  const again = await fetch(link, { method: 'POST', redirect: 'manual', headers: { origin: house.home } });
  assert.notEqual(again.headers.get('location'), '/app');
  await context.close();
});

test('an unknown address gets no link and the same page', async () => {
  const { code } = await uwi(house.server, ['login-link', 'nobody@example.fr']);
  assert.equal(code, 1);
  const pages = [];
  for (const email of ['staff@localhost', 'nobody@example.fr']) {
    const context = await visitor(house.browser);
    const page = await context.newPage();
    await page.goto(`${house.home}/login`);
    await page.locator('input[type=email]').first().fill(email);
    await page.locator('form:has(input[type=email]) button[type=submit]').first().click();
    await page.waitForLoadState();
    pages.push((await page.locator('main').innerText()).replaceAll(email, ''));
    await context.close();
  }
  assert.equal(pages[0], pages[1]);
});

test('a session can be ended from another browser', async () => {
  const first = await visitor(house.browser);
  const page = await signIn(first, await house.uwi('login-link', 'staff@localhost'));
  const { stdout } = await uwi(house.server, ['login-link', 'staff@localhost']);
  const second = await visitor(house.browser);
  const other = await signIn(second, stdout.trim());
  await other.goto(`${house.home}/app/reglages/sessions`);
  const others = other.locator('form:has(button):has-text("Fermer"), form:has(button):has-text("Déconnecter cet appareil")');
  assert.ok((await others.count()) >= 1);
  await others.last().locator('button').click();
  await other.waitForLoadState();
  await page.goto(`${house.home}/app`);
  await other.goto(`${house.home}/app`);
  const signedOut = [page.url(), other.url()].filter((url) => url.includes('/login'));
  assert.equal(signedOut.length, 1);
  await first.close();
  await second.close();
});
