// Somebody who has signed in, without a browser.
import assert from 'node:assert/strict';

/** Opens a printed link and presses its button. */
export async function signedIn(server, link) {
  const page = await fetch(link);
  const form = await page.text();
  const cookies = new Map();
  keep(cookies, page);
  const fields = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
    /name="([^"]*)"/.exec(input)?.[1],
    /value="([^"]*)"/.exec(input)?.[1] ?? '',
  ]);
  const answer = await fetch(link, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: server.home, cookie: written(cookies), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields.filter(([name]) => name)),
  });
  assert.equal(answer.status, 303, await answer.text());
  keep(cookies, answer);
  const headers = { origin: server.home, cookie: written(cookies), 'content-type': 'application/json' };
  const told = async (asked) => {
    const text = await asked.text();
    return { status: asked.status, text, body: text.startsWith('{') ? JSON.parse(text) : null };
  };
  return {
    get: (path) => fetch(`${server.home}${path}`, { headers, redirect: 'manual' }).then(told),
    post: (path, body) => fetch(`${server.home}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }).then(told),
  };
}

function keep(cookies, answer) {
  for (const cookie of answer.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
    cookies.set(name, value);
  }
}

const written = (cookies) => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
