// From a call to the practice's screen: what a secretary sees.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFits, launch, picture, schemes, signIn, visitor, widths } from './lib/browser.mjs';
import { Call, bookSomething } from './lib/call.mjs';
import { startServer } from './lib/server.mjs';

let server;
let browser;
let cookies;
const calls = ['booked', 'asked', 'left'];

before(async () => {
  server = await startServer();
  browser = await launch();
  const booked = new Call(server, { id: 'e2e-booked' });
  await booked.begin();
  await bookSomething(booked);
  await booked.end();
  const asked = new Call(server, { id: 'e2e-asked', from: 'anonymous' });
  await asked.begin();
  await asked.say('Vous êtes ouverts le samedi ?');
  await asked.say('merci, au revoir');
  await asked.end();
  const left = new Call(server, { id: 'e2e-left', from: '+33639984321' });
  await left.begin();
  await left.say('euh');
  await left.end();
  const context = await visitor(browser);
  await signIn(context, server.login);
  cookies = await context.cookies();
  await context.close();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function member(options) {
  const context = await visitor(browser, options);
  await context.addCookies(cookies);
  return context;
}

const paths = [
  '/app', '/app/appels', '/app/evenements', '/app/agenda', '/app/messages', '/app/reglages', '/app/reglages/sessions', '/admin',
];

for (const path of paths) {
  test(`${path} fits, is accessible, in both lights`, async () => {
    for (const scheme of schemes) {
      for (const width of widths) {
        const context = await member({ width, scheme });
        const page = await context.newPage();
        const broken = [];
        page.on('console', (message) => message.type() === 'error' && broken.push(message.text()));
        const answer = await page.goto(`${server.home}${path}`);
        assert.equal(answer.status(), 200);
        await assertFits(page, `${path} at ${width}`);
        if (width !== 768) await assertAccessible(page, `${path} at ${width} ${scheme}`);
        await picture(page, `app${path.replaceAll('/', '-')}-${width}-${scheme}`);
        assert.deepEqual(broken, []);
        await context.close();
      }
    }
  });
}

test('today shows the call, its booking and the figures', async () => {
  const context = await member({ scripts: false });
  const page = await context.newPage();
  await page.goto(`${server.home}/app`);
  const text = await page.locator('main').innerText();
  assert.match(text, /Rendez-vous/);
  assert.match(text, /Camille Lefèvre/);
  const snapshot = await (await context.request.get(`${server.home}/api/v1/snapshot?period=today`)).json();
  assert.equal(snapshot.calls_total, calls.length);
  assert.equal(snapshot.bookings_confirmed, 1);
  assert.equal(snapshot.abandons, 1);
  assert.equal(snapshot.last_booking.call_id ?? 'e2e-booked', 'e2e-booked');
  await context.close();
});

test("a call's page tells what was heard, understood, decided and said", async () => {
  const context = await member();
  const page = await context.newPage();
  await page.goto(`${server.home}/app/appels`);
  const row = page.locator('main a', { hasText: /Lefèvre|XX34/ }).first();
  await row.click();
  await page.waitForURL('**/app/appels/*');
  const text = await page.locator('main').innerText();
  assert.match(text, /je voudrais prendre un rendez-vous/);
  assert.match(text, /confirmé/i);
  assert.doesNotMatch(text, /\+?33 ?6 ?39 ?98 ?12 ?34/);
  await assertAccessible(page, 'call');
  await assertFits(page, 'call');
  await picture(page, 'app-appel-1280-light');
  await context.close();
  const phone = await member({ width: 360, scheme: 'dark' });
  const small = await phone.newPage();
  await small.goto(page.url());
  await assertFits(small, 'call at 360');
  await assertAccessible(small, 'call at 360');
  await picture(small, 'app-appel-360-dark');
  await phone.close();
});

test('a new call appears without a reload', async () => {
  const context = await member();
  const page = await context.newPage();
  await page.goto(`${server.home}/app`);
  await page.evaluate(() => (window.notReloaded = true));
  const call = new Call(server, { id: 'e2e-live', from: '+33639985678' });
  await call.begin();
  await bookSomething(call, 'Hugo Perrin');
  await page.locator('main', { hasText: 'Hugo Perrin' }).waitFor({ timeout: 3_000 });
  assert.equal(await page.evaluate(() => window.notReloaded), true);
  await context.close();
});

test('nobody sees the dashboard without signing in', async () => {
  for (const path of paths) {
    const answer = await fetch(`${server.home}${path}`, { redirect: 'manual' });
    assert.ok([302, 303, 401, 403].includes(answer.status), `${path}: ${answer.status}`);
  }
});
