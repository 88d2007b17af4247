// Assistants, numbers, tokens and settings, as an owner sees and changes them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, picture } from './lib/browser.mjs';
import { Call } from './lib/call.mjs';
import { scene } from './lib/scene.mjs';

const PRACTICE = `
name = "Cabinet Lefèvre"
trade = "ostéopathe"
address = "3 rue des Lilas, 35000 Rennes"
[[hours]]
days = ["mon-fri"]
from = "09:00"
to = "18:00"
[[service]]
name = "Consultation"
minutes = 45
price_cents = 6000
[[faq]]
question = "Y a-t-il un parking ?"
answer = "Oui, derrière le cabinet."
[[number]]
e164 = "+33199003344"
[[member]]
email = "camille@example.fr"
role = "owner"
`;

const house = scene({ tenant: PRACTICE, email: 'camille@example.fr' });
const looks = (name, path) => house.walk('lines', { [name]: path });

/** A page of the owner's that goes from place to place. */
async function owner(options) {
  const context = await house.context(options);
  const page = await context.newPage();
  return { context, page, open: (path) => page.goto(`${house.home}${path}`) };
}

test('an assistant, its number and its token, without scripts', async () => {
  await looks('agents-none', '/app/reglages/agents');
  const { context, page, open } = await owner({ scripts: false });
  await open('/app/reglages/agents');
  await page.getByRole('link', { name: 'Nouvel assistant' }).click();
  await page.getByLabel('Nom').fill('Accueil');
  await page.getByRole('button', { name: 'Créer l’assistant' }).click();
  const token = await page.locator('#jeton').inputValue();
  assert.match(token, /^uwi_agent_/);
  await picture(page, 'lines-agent-made');
  const number = (await page.locator('.numbers strong').innerText()).replace(/\s/g, '');
  assert.match(number, /^0\d{9}$/);
  const call = new Call(house.server, { to: `+33${number.slice(1)}` });
  await call.begin();
  assert.match(await call.say('Où êtes-vous ?'), /rue des Lilas/);
  await call.end();
  await page.reload();
  assert.equal(await page.locator('#jeton').inputValue(), token, 'the same answer to the same form');
  await open('/app/reglages/numeros');
  assert.equal(await page.locator('.numbers li').count(), 1, 'one number');
  await context.close();
});

test('a double click buys one number', async () => {
  const { context, page, open } = await owner();
  await open('/app/reglages/numeros');
  await page.getByLabel('Où').selectOption('US');
  await page.getByLabel('Indicatif').fill('212');
  await page.getByRole('button', { name: 'Prendre un numéro' }).dblclick();
  await page.getByText('Le numéro est en service').waitFor();
  assert.equal(await page.locator('.numbers li').count(), 2);
  await context.close();
});

test('each page fits, is accessible, in both lights', async () => {
  const { context, page, open } = await owner();
  await open('/app/reglages/agents');
  const agent = await page.locator('.lines-of a').getAttribute('href');
  await open('/app/reglages/numeros');
  const release = await page.locator('.numbers a.danger').first().getAttribute('href');
  await context.close();
  const pages = {
    agents: '/app/reglages/agents',
    'agent-new': '/app/reglages/agents/nouveau',
    agent,
    'agent-delete': `${agent}/suppression`,
    numbers: '/app/reglages/numeros',
    release,
    tokens: '/app/reglages/jetons',
    settings: '/app/reglages',
    calls: '/app/appels',
  };
  await house.walk('lines', pages);
});

test('a number is released and taken back, the assistant deleted', async () => {
  const { context, page, open } = await owner();
  await open('/app/reglages/numeros');
  await page.getByRole('link', { name: /^Libérer le \+1/ }).click();
  await page.getByRole('button', { name: 'Libérer le numéro' }).click();
  await page.getByText('Libéré, récupérable').waitFor();
  await looks('numbers-grace', '/app/reglages/numeros');
  await page.getByRole('button', { name: /Annuler la libération/ }).click();
  await page.getByText('Le numéro est repris').waitFor();
  await open('/app/reglages/agents');
  await page.locator('.lines-of a').click();
  await page.getByRole('button', { name: 'Mettre en pause' }).click();
  await page.getByText('L’assistant est en pause').waitFor();
  await page.getByRole('link', { name: 'Supprimer…' }).click();
  assert.equal(await page.locator('.means li', { hasText: 'ne répond plus tout de suite' }).count(), 2);
  await page.getByRole('button', { name: 'Supprimer l’assistant' }).click();
  await page.getByText('L’assistant est supprimé').waitFor();
  await open('/app/reglages/numeros');
  assert.equal(await page.locator('.numbers .chip', { hasText: 'Libéré' }).count(), 2);
  await context.close();
});

test('a token is made, replaced and revoked', async () => {
  const { context, page, open } = await owner();
  await open('/app/reglages/jetons');
  await page.getByLabel('Nom', { exact: true }).fill('Site du cabinet');
  await page.getByLabel('Rendez-vous').selectOption('write');
  await page.getByRole('button', { name: 'Créer le jeton' }).click();
  assert.match(await page.locator('#jeton').inputValue(), /^uwi_/);
  await looks('tokens-one', '/app/reglages/jetons');
  await open('/app/reglages/jetons');
  await page.getByRole('button', { name: 'Remplacer Site du cabinet' }).click();
  await page.locator('.chip', { hasText: 'Remplacé' }).waitFor();
  await looks('tokens-replaced', '/app/reglages/jetons');
  await open('/app/reglages/jetons');
  await page.getByRole('button', { name: 'Révoquer Site du cabinet' }).last().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Révoquer' }).click();
  await page.getByText('ce jeton n’ouvre plus rien').waitFor();
  await context.close();
});

for (const scripts of [true, false]) {
  test(`settings are edited ${scripts ? 'with' : 'without'} scripts, and the next call knows`, async () => {
    const { context, page, open } = await owner({ scripts });
    await open('/app/reglages/questions');
    await page.getByText('Modifier', { exact: true }).click();
    await page.locator('#q0_reponse').fill(scripts ? 'Oui, juste en face.' : 'Non, hélas.');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('C’est enregistré').waitFor();
    const call = new Call(house.server, { to: '+33199003344' });
    await call.begin();
    assert.match(await call.say('Y a-t-il un parking ?'), scripts ? /juste en face/ : /hélas/);
    await call.end();
    await open('/app/reglages/services');
    await page.getByText('Modifier', { exact: true }).click();
    await page.locator('#s0_minutes').fill('47');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('De 5 en 5 minutes.').waitFor();
    if (scripts) await assertAccessible(page, 'a refused form');
    await picture(page, `lines-services-refused-${scripts}`);
    await page.locator('#s0_minutes').fill('60');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('60 min').first().waitFor();
    await context.close();
  });
}

test('the forms of the settings fit and are accessible', async () => {
  const subjects = ['cabinet', 'horaires', 'services', 'questions', 'transfert', 'accueil'];
  const pages = Object.fromEntries(subjects.map((subject) => [subject, `/app/reglages/${subject}`]));
  const prepare = (page) => page.getByText('Modifier', { exact: true }).click();
  await house.walk('lines-edit', pages, { prepare });
});

test('at 360 px every tab is in sight', async () => {
  const { context, page, open } = await owner({ width: 360 });
  await open('/app/reglages');
  for (const link of await page.locator('.nav a').all()) {
    const box = await link.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 360, `${await link.innerText()} at ${box.x}`);
  }
  await context.close();
});
