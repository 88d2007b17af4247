// Pages as they are looked at: on a phone and on a desk, in both lights.
import assert from 'node:assert/strict';
import { assertAccessible, assertFits, picture } from './browser.mjs';

/** What is looked at; in between, only that everything fits. */
const sights = [
  { width: 360, scheme: 'light' },
  { width: 360, scheme: 'dark' },
  { width: 768, scheme: 'light' },
  { width: 1280, scheme: 'light' },
  { width: 1280, scheme: 'dark' },
];

/**
 * Opens each page (`pages`: name → path) in each sight: it answers 200, nothing
 * sticks out, axe finds nothing, no other house is called, the console is
 * quiet. One browser per sight goes through all pages. `prepare` does
 * something on each page first, as opening what is folded.
 */
export async function walk(contextFor, home, { prefix, pages, prepare }) {
  for (const sight of sights) {
    const context = await contextFor({ ...sight, still: true });
    const page = await context.newPage();
    const told = watch(page, home);
    for (const [name, path] of Object.entries(pages)) {
      const place = `${name} at ${sight.width} ${sight.scheme}`;
      const answer = await page.goto(`${home}${path}`);
      assert.equal(answer.status(), 200, `${path} at ${sight.width}`);
      await prepare?.(page, name);
      await assertFits(page, place);
      if (sight.width !== 768) {
        await assertAccessible(page, place);
        await picture(page, `${prefix}-${name}-${sight.width}-${sight.scheme}`);
      }
      assert.deepEqual(told.splice(0), [], place);
    }
    await context.close();
  }
}

/** What a page asks of strangers, and what it complains of. */
function watch(page, home) {
  const told = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(home) && !url.startsWith('data:')) told.push(`asks ${url}`);
  });
  page.on('console', (message) => message.type() === 'error' && told.push(message.text()));
  return told;
}
