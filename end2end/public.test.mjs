// The public pages, as a visitor sees them, with and without scripts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from './lib/browser.mjs';
import { scene } from './lib/scene.mjs';

const house = scene();
const stranger = { cookies: [] };

test('every page fits and is accessible, in both lights, and calls nobody else', async () => {
  const pages = { home: '/', login: '/login', legal: '/mentions-legales', privacy: '/confidentialite' };
  await house.walk('public', pages, stranger);
});

test('the homepage rings the test number and says so', async () => {
  const context = await house.context(stranger);
  const page = await context.newPage();
  await page.goto(house.home);
  const button = page.locator('a[href="tel:+33939240575"]').first();
  const words = (await button.innerText()).replaceAll(/[\u00a0\u202f]/g, ' ');
  assert.equal(words.trim(), '📞 Écouter la démo vocale : 09 39 24 05 75');
  assert.match(await page.locator('body').innerText(), /Numéro de démonstration \(public\)\./);
  await context.close();
});

test('somebody books in writing without any script', async () => {
  const context = await house.context({ ...stranger, scripts: false });
  const page = await context.newPage();
  await page.goto(house.home);
  const say = async (text) => {
    await page.locator('form.demo-form input[type=text], form.demo-form textarea').first().fill(text);
    await page.locator('form.demo-form button[type=submit]').first().click();
    await page.waitForLoadState();
    return page.locator('body').innerText();
  };
  let shown = await say('Bonjour, je voudrais prendre un rendez-vous le plus tôt possible');
  const replies = ['Camille Lefèvre', 'le premier', 'le 06 39 98 12 34', 'oui', 'oui'];
  for (const reply of replies) {
    if (/c.est confirmé/i.test(shown)) break;
    shown = await say(reply);
  }
  assert.match(shown, /confirmé/i);
  await context.close();
});

test('a public page is light and needs no script', async () => {
  for (const path of ['/', '/login']) {
    const context = await house.context(stranger);
    const page = await context.newPage();
    let bytes = 0;
    page.on('response', async (answer) => {
      const sizes = await answer.request().sizes().catch(() => ({ responseBodySize: 0 }));
      bytes += sizes.responseBodySize;
    });
    await page.goto(`${house.home}${path}`, { waitUntil: 'networkidle' });
    assert.ok(bytes <= 70_000, `${path}: ${bytes} bytes`);
    const answer = await fetch(`${house.home}${path}`);
    assert.doesNotMatch(await answer.text(), /<script(?![^>]*\bsrc=)/);
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src/);
    await context.close();
  }
});

test('a page that does not exist says so in French, with its status', async () => {
  const context = await house.context(stranger);
  const page = await context.newPage();
  const answer = await page.goto(`${house.home}/nulle-part`);
  assert.equal(answer.status(), 404);
  await assertAccessible(page, '404');
  await context.close();
});
