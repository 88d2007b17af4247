// Tickets and prospects: what a practice does with them, and the public form.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Call } from './lib/call.mjs';
import { eventually } from './lib/house.mjs';
import { scene } from './lib/scene.mjs';

const AGENCY = `
id = 1
name = "Agence des Lices"
agents = ["appointment", "qualification", "support"]
[[hours]]
days = ["mon-fri"]
from = "09:00"
to = "18:00"
[[question]]
id = "projet"
ask = "Souhaitez-vous acheter ou louer ?"
kind = "choice"
options = [{ label = "Acheter", points = 50 }, "Louer"]
[[question]]
id = "budget"
ask = "Quel est votre budget ?"
kind = "amount"
ranges = [{ from = 200000, points = 50 }]
[form]
enabled = true
title = "Un projet ? Écrivez-nous"
[[member]]
email = "camille@exemple.fr"
role = "owner"
[[member]]
email = "alix@exemple.fr"
role = "secretary"
`;

const paths = {};

const house = scene({ tenant: AGENCY, ready });

async function ready() {
  const page = await house.open('/app');
  await eventually('the questions are known', async () => {
    await page.goto(`${house.home}/app`);
    return page.locator('nav a[href="/app/prospects"]').count();
  });
  const call = new Call(house.server, { id: 'e2e-ticket', from: '+33639984321' });
  await call.begin();
  for (const line of ['il y a une fuite et plus rien ne marche', 'Hugo Perrin', 'oui']) await call.say(line);
  await call.end();
  await page.context().close();
}

for (const scripts of [true, false]) {
  test(`a ticket is opened, followed and answered ${scripts ? 'with' : 'without'} scripts`, async () => {
    const page = await house.open('/app/messages', { scripts });
    await page.getByRole('link', { name: 'Nouveau ticket' }).click();
    await page.getByLabel('Sujet').fill('Un devis pour la salle de bains');
    await page.getByLabel('Texte').fill('Elle voudrait un devis avant la fin du mois, pour une douche à la place de la baignoire.');
    await page.getByLabel('Priorité').selectOption('high');
    await page.getByLabel('Nom du client').fill('Inès Aubert');
    await page.getByLabel('Téléphone').fill('06 39 98 56 78');
    await page.getByRole('button', { name: 'Ouvrir le ticket' }).click();
    await page.locator('.notice.good').waitFor();
    paths.ticket = new URL(page.url()).pathname;
    await page.getByLabel('Ajouter une note').fill('Rappelée, elle envoie des photos.');
    await page.getByRole('button', { name: 'Ajouter la note' }).click();
    await page.locator('.trail', { hasText: 'des photos' }).waitFor();
    await page.getByLabel('Répondre au client').fill('Votre devis est prêt, nous vous l’envoyons demain.');
    await page.getByLabel('Par', { exact: true }).selectOption('sms');
    await page.getByRole('button', { name: 'Envoyer la réponse' }).click();
    await page.locator('.trail', { hasText: 'a répondu' }).waitFor();
    assert.equal(await page.locator('.chips .chip').first().textContent(), 'Attend le client');
    await page.getByRole('button', { name: 'Marquer comme traité' }).click();
    await page.locator('.chips', { hasText: 'Traité' }).waitFor();
    await page.context().close();
  });
}

test('the public form brings a prospect who is called back', async () => {
  const page = await house.open('/contact/1', { scripts: false, cookies: [] });
  await page.getByLabel('Votre nom').fill('Camille Lefèvre');
  await page.getByLabel('Téléphone').fill('06 39 98 12 34');
  await page.getByLabel('Quel est votre budget').fill('250 000');
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await page.locator('#accord-erreur').waitFor();
  assert.equal(await page.getByLabel('Votre nom').inputValue(), 'Camille Lefèvre');
  await page.getByLabel('J’accepte').check();
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await page.locator('.notice.good').waitFor();
  await page.context().close();
  const board = await house.open('/app/prospects');
  await board.locator('#prospects a.row', { hasText: 'Camille Lefèvre' }).click();
  await board.locator('h1', { hasText: 'Camille Lefèvre' }).waitFor();
  paths.prospect = new URL(board.url()).pathname;
  await board.getByRole('link', { name: 'Modifier' }).click();
  const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Paris' }).format(new Date());
  await board.getByLabel('À rappeler le').fill(today);
  await board.getByLabel('Notes').fill('Plutôt le soir, après 18 h.');
  await board.getByRole('button', { name: 'Enregistrer' }).click();
  await board.locator('.notice.good').waitFor();
  await board.goto(`${house.home}/app/prospects?rappel=aujourdhui`);
  await board.locator('#prospects a.row', { hasText: 'Camille Lefèvre' }).waitFor();
  await board.context().close();
});

test('every page fits and is accessible, in both lights', async () => {
  await house.walk('requests', {
    messages: '/app/messages',
    found: '/app/messages?statut=waiting',
    nothing: '/app/messages?statut=late',
    blank: '/app/messages/nouveau',
    ticket: paths.ticket,
    edit: `${paths.ticket}/modifier`,
    prospects: '/app/prospects',
    prospect: paths.prospect,
    'prospect-edit': `${paths.prospect}/modifier`,
    notices: '/app/reglages/avis',
    form: '/contact/1',
  });
});
