// Chromium as a person's browser: no first-run calls home, fresh profile.
import AxeBuilder from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const out = join(dirname(fileURLToPath(import.meta.url)), '..', 'out');

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
}

/** A fresh visitor; a narrow window is a phone's, touched with a finger. `still`: nothing moves. */
export function visitor(browser, { width = 1280, scheme = 'light', scripts = true, still = false } = {}) {
  return browser.newContext({
    viewport: { width, height: 900 },
    hasTouch: width < 500,
    colorScheme: scheme,
    reducedMotion: still ? 'reduce' : 'no-preference',
    javaScriptEnabled: scripts,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
  });
}

/** Signs in by the printed link, as a person does: open, press the button. */
export async function signIn(context, login) {
  const page = await context.newPage();
  await page.goto(login);
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL('**/app');
  return page;
}

const pageOf = (scope) => scope.page?.() ?? scope;

/** Presses a button of a page, or of a part of it, and waits for the page that answers. */
export async function press(scope, name) {
  const answered = pageOf(scope).waitForEvent('domcontentloaded');
  await scope.getByRole('button', { name, exact: true }).click();
  await answered;
}

/** The same for what cannot be undone: with scripts, a question is answered with yes. */
export async function pressAndConfirm(scope, name, scripts) {
  if (!scripts) return press(scope, name);
  const page = pageOf(scope);
  await scope.getByRole('button', { name, exact: true }).click();
  const answered = page.waitForEvent('domcontentloaded');
  await page.getByRole('dialog').locator('button.danger').click();
  await answered;
}

/** No violation of the accessibility rules that axe can check. */
export async function assertAccessible(page, name) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const told = violations.map(
    (found) => `${found.id}: ${found.help}\n  ${found.nodes.map((node) => node.html).slice(0, 3).join('\n  ')}`,
  );
  assert.deepEqual(told, [], `${name}: ${told.join('\n')}`);
}

/** Nothing sticks out sideways. */
export async function assertFits(page, name) {
  const { inner, outer } = await page.evaluate(() => ({
    inner: document.documentElement.scrollWidth,
    outer: document.documentElement.clientWidth,
  }));
  assert.ok(inner <= outer, `${name}: ${inner} px wide in a window of ${outer}`);
}

/** Keeps a picture in end2end/out/. */
export async function picture(page, name) {
  await mkdir(out, { recursive: true });
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: true });
}
