// What a practice with the qualification and support agents sees.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { assertAccessible, assertFits, launch, picture, schemes, signIn, visitor, widths } from './lib/browser.mjs';
import { Call } from './lib/call.mjs';
import { eventually } from './lib/house.mjs';
import { binary, startServer } from './lib/server.mjs';

const AGENCY = `
id = 1
name = "Agence des Lices"
agents = ["appointment", "qualification", "support"]
[[question]]
id = "projet"
ask = "Souhaitez-vous acheter ou louer ?"
kind = "choice"
options = [{ label = "Acheter", points = 50 }, "Louer"]
[[question]]
id = "secteur"
ask = "Dans quel secteur ?"
kind = "place"
[[question]]
id = "budget"
ask = "Quel est votre budget ?"
kind = "amount"
ranges = [{ from = 200000, points = 50 }]
[[question]]
ask = "Quels sont vos souhaits particuliers, par exemple un jardin, un garage ou la proximité d'une école ?"
kind = "text"
`;

let server;
let browser;
let cookies;
let folder;
let prospect;
let calls;

async function talk(id, lines, from) {
  const call = new Call(server, { id, from });
  await call.begin();
  for (const line of lines) await call.say(line);
  await call.end();
}

before(async () => {
  server = await startServer();
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), 'uwi-agency-'));
  const file = join(folder, 'agency.toml');
  await writeFile(file, AGENCY);
  await promisify(execFile)(binary, ['tenant', 'apply', file], { env: server.env });
  const context = await visitor(browser);
  await signIn(context, server.login);
  cookies = await context.cookies();
  const page = await context.newPage();
  // The server notices a changed tenant within a second.
  await eventually('the questions are known', async () => {
    await page.goto(`${server.home}/app`);
    return page.locator('nav a[href="/app/prospects"]').count();
  });
  const wishes = 'un grand jardin clos pour les enfants, un garage pour deux voitures et une école à pied';
  await talk('e2e-prospect', ['je voudrais acheter une maison', 'à Saint-Jacques-de-la-Lande', 'entre deux cents et deux cent cinquante mille euros', wishes, 'Camille Lefèvre', 'oui', 'non merci']);
  await talk('e2e-short', ['je veux louer', 'je ne sais pas', 'je préfère ne pas répondre', 'non', 'Hugo Perrin', 'oui'], '+33639984321');
  await talk('e2e-ticket', ['il y a une fuite et plus rien ne marche', 'Hugo Perrin', 'oui'], '+33639984321');
  await page.goto(`${server.home}/app/prospects`);
  prospect = await page.locator('#prospects a.row', { hasText: 'Camille Lefèvre' }).getAttribute('href');
  await page.goto(`${server.home}/app/appels`);
  calls = await page.locator('#appels a.row').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  await context.close();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true });
});

test('lists and details fit, are accessible, in both lights', async () => {
  const pages = { prospects: '/app/prospects', prospect, messages: '/app/messages', ticket: calls[0], caller: calls[2] };
  for (const [name, path] of Object.entries(pages)) {
    for (const scheme of schemes) {
      for (const width of widths) {
        const context = await visitor(browser, { width, scheme });
        await context.addCookies(cookies);
        const page = await context.newPage();
        const answer = await page.goto(`${server.home}${path}`);
        assert.equal(answer.status(), 200, path);
        await assertFits(page, `${name} at ${width}`);
        if (width !== 768) await assertAccessible(page, `${name} at ${width} ${scheme}`);
        await picture(page, `agents-${name}-${width}-${scheme}`);
        await context.close();
      }
    }
  }
});

test('a new prospect appears without a reload', async () => {
  const context = await visitor(browser);
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(`${server.home}/app/prospects`);
  await page.evaluate(() => (window.notReloaded = true));
  await talk('e2e-live', ['je veux acheter à Rennes', 'trois cent mille', 'non', 'Inès Aubert', 'oui'], '+33639985678');
  await page.locator('#prospects', { hasText: 'Inès Aubert' }).waitFor({ timeout: 3_000 });
  assert.equal(await page.evaluate(() => window.notReloaded), true);
  await context.close();
});
