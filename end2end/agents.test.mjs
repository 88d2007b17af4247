// What a practice with the qualification and support agents sees.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Call } from './lib/call.mjs';
import { eventually } from './lib/house.mjs';
import { scene } from './lib/scene.mjs';

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

let prospect;
let calls;

async function talk(id, lines, from) {
  const call = new Call(house.server, { id, from });
  await call.begin();
  for (const line of lines) await call.say(line);
  await call.end();
}

const house = scene({ tenant: AGENCY, ready });

async function ready() {
  const page = await house.open('/app');
  // The server notices a changed tenant within a second.
  await eventually('the questions are known', async () => {
    await page.goto(`${house.home}/app`);
    return page.locator('nav a[href="/app/prospects"]').count();
  });
  const wishes = 'un grand jardin clos pour les enfants, un garage pour deux voitures et une école à pied';
  await talk('e2e-prospect', ['je voudrais acheter une maison', 'à Saint-Jacques-de-la-Lande', 'entre deux cents et deux cent cinquante mille euros', wishes, 'Camille Lefèvre', 'oui', 'non merci']);
  await talk('e2e-short', ['je veux louer', 'je ne sais pas', 'je préfère ne pas répondre', 'non', 'Hugo Perrin', 'oui'], '+33639984321');
  await talk('e2e-ticket', ['il y a une fuite et plus rien ne marche', 'Hugo Perrin', 'oui'], '+33639984321');
  await page.goto(`${house.home}/app/prospects`);
  prospect = await page.locator('#prospects a.row', { hasText: 'Camille Lefèvre' }).getAttribute('href');
  await page.goto(`${house.home}/app/appels`);
  calls = await page.locator('#appels a.row').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  await page.context().close();
}
test('every page fits and is accessible, in both lights', async () => {
  await house.walk('agents', { prospects: '/app/prospects', prospect, messages: '/app/messages', ticket: calls[0], caller: calls[2] });
});

test('a new prospect appears without a reload', async () => {
  const page = await house.open('/app/prospects');
  await page.evaluate(() => (window.notReloaded = true));
  await talk('e2e-live', ['je veux acheter à Rennes', 'trois cent mille', 'non', 'Inès Aubert', 'oui'], '+33639985678');
  await page.locator('#prospects', { hasText: 'Inès Aubert' }).waitFor({ timeout: 3_000 });
  assert.equal(await page.evaluate(() => window.notReloaded), true);
  await page.context().close();
});
