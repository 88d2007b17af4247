// The public pages, as a visitor sees them, with and without scripts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFits, launch, picture, schemes, visitor, widths } from './lib/browser.mjs';
import { startServer } from './lib/server.mjs';

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const path of ['/', '/login', '/mentions-legales', '/confidentialite']) {
  for (const scheme of schemes) {
    test(`${path} fits, is accessible and calls nobody else (${scheme})`, async () => {
      for (const width of widths) {
        const context = await visitor(browser, { width, scheme });
        const page = await context.newPage();
        const strangers = [];
        const broken = [];
        page.on('request', (request) => {
          if (!request.url().startsWith(server.home) && !request.url().startsWith('data:')) strangers.push(request.url());
        });
        page.on('console', (message) => message.type() === 'error' && broken.push(message.text()));
        const answer = await page.goto(`${server.home}${path}`);
        assert.equal(answer.status(), 200);
        await assertFits(page, `${path} at ${width}`);
        if (width !== 768) await assertAccessible(page, `${path} at ${width} ${scheme}`);
        await picture(page, `public${path.replaceAll('/', '-')}-${width}-${scheme}`);
        assert.deepEqual(strangers, []);
        assert.deepEqual(broken, []);
        await context.close();
      }
    });
  }
}

test('the homepage rings the test number and says so', async () => {
  const context = await visitor(browser);
  const page = await context.newPage();
  await page.goto(server.home);
  const button = page.locator('a[href="tel:+33939240575"]').first();
  const words = (await button.innerText()).replaceAll(/[\u00a0\u202f]/g, ' ');
  assert.equal(words.trim(), '📞 Écouter la démo vocale : 09 39 24 05 75');
  assert.match(await page.locator('body').innerText(), /Numéro de démonstration \(public\)\./);
  await context.close();
});

test('somebody books in writing without any script', async () => {
  const context = await visitor(browser, { scripts: false });
  const page = await context.newPage();
  await page.goto(server.home);
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
    const context = await visitor(browser);
    const page = await context.newPage();
    let bytes = 0;
    page.on('response', async (answer) => {
      const sizes = await answer.request().sizes().catch(() => ({ responseBodySize: 0 }));
      bytes += sizes.responseBodySize;
    });
    await page.goto(`${server.home}${path}`, { waitUntil: 'networkidle' });
    assert.ok(bytes <= 70_000, `${path}: ${bytes} bytes`);
    const answer = await fetch(`${server.home}${path}`);
    assert.doesNotMatch(await answer.text(), /<script(?![^>]*\bsrc=)/);
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src/);
    await context.close();
  }
});

test('a page that does not exist says so in French, with its status', async () => {
  const context = await visitor(browser);
  const page = await context.newPage();
  const answer = await page.goto(`${server.home}/nulle-part`);
  assert.equal(answer.status(), 404);
  await assertAccessible(page, '404');
  await context.close();
});
