// From a call to the practice's screen: what a secretary sees.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Call, bookSomething } from './lib/call.mjs';
import { scene } from './lib/scene.mjs';

const calls = ['booked', 'asked', 'left'];

const house = scene({ ready });

async function ready() {
  const booked = new Call(house.server, { id: 'e2e-booked' });
  await booked.begin();
  await bookSomething(booked);
  await booked.end();
  const asked = new Call(house.server, { id: 'e2e-asked', from: 'anonymous' });
  await asked.begin();
  await asked.say('Vous êtes ouverts le samedi ?');
  await asked.say('merci, au revoir');
  await asked.end();
  const left = new Call(house.server, { id: 'e2e-left', from: '+33639984321' });
  await left.begin();
  await left.say('euh');
  await left.end();
}

const paths = [
  '/app', '/app/appels', '/app/evenements', '/app/agenda', '/app/messages', '/app/reglages', '/app/reglages/sessions', '/admin',
];

test('every page fits and is accessible, in both lights', async () => {
  await house.walk('app', Object.fromEntries(paths.map((path) => [path.slice(1).replaceAll('/', '-'), path])));
});

test('today shows the call, its booking and the figures', async () => {
  const page = await house.open('/app', { scripts: false });
  const text = await page.locator('main').innerText();
  assert.match(text, /Rendez-vous/);
  assert.match(text, /Camille Lefèvre/);
  const snapshot = await (await page.request.get(`${house.home}/api/v1/snapshot?period=today`)).json();
  assert.equal(snapshot.calls_total, calls.length);
  assert.equal(snapshot.bookings_confirmed, 1);
  assert.equal(snapshot.abandons, 1);
  assert.equal(snapshot.last_booking.call_id ?? 'e2e-booked', 'e2e-booked');
  await page.context().close();
});

test("a call's page tells what was heard, understood, decided and said", async () => {
  const page = await house.open('/app/appels');
  const row = page.locator('main a', { hasText: /Lefèvre|XX34/ }).first();
  await row.click();
  await page.waitForURL('**/app/appels/*');
  const text = await page.locator('main').innerText();
  assert.match(text, /je voudrais prendre un rendez-vous/);
  assert.match(text, /confirmé/i);
  assert.doesNotMatch(text, /\+?33 ?6 ?39 ?98 ?12 ?34/);
  await house.walk('app', { appel: new URL(page.url()).pathname });
  await page.context().close();
});

test('a new call appears without a reload', async () => {
  const page = await house.open('/app');
  await page.evaluate(() => (window.notReloaded = true));
  const call = new Call(house.server, { id: 'e2e-live', from: '+33639985678' });
  await call.begin();
  await bookSomething(call, 'Hugo Perrin');
  await page.locator('main', { hasText: 'Hugo Perrin' }).waitFor({ timeout: 3_000 });
  assert.equal(await page.evaluate(() => window.notReloaded), true);
  await page.context().close();
});

test('nobody sees the dashboard without signing in', async () => {
  for (const path of paths) {
    const answer = await fetch(`${house.home}${path}`, { redirect: 'manual' });
    assert.ok([302, 303, 401, 403].includes(answer.status), `${path}: ${answer.status}`);
  }
});
