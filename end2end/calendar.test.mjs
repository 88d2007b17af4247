// The practice's own calendar: a week, an appointment from beginning to end,
// closures, the addresses that other programs read, the table for spreadsheets.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, press, pressAndConfirm } from './lib/browser.mjs';
import { Call, bookSomething } from './lib/call.mjs';
import { scene } from './lib/scene.mjs';

const PRACTICE = `
name = "Cabinet Lefèvre"
trade = "ostéopathe"
[booking]
notice_minutes = 0
horizon_days = 90
[[hours]]
days = ["mon-fri"]
from = "09:00"
to = "18:00"
[[calendar]]
name = "Inès Lefèvre"
[[calendar]]
name = "Hugo Perrin"
[[service]]
name = "Consultation"
minutes = 45
[[service]]
name = "Bilan"
minutes = 60
[[number]]
e164 = "+33199003344"
[[member]]
email = "camille@example.fr"
role = "owner"
`;
const MORNING = '2026-11-23T09:00:00+01:00';

const house = scene({ env: { UWI_CLOCK: MORNING }, tenant: PRACTICE, email: 'camille@example.fr', ready });
const visits = {};

/** A full day: by telephone and by hand, short names and long ones. */
async function ready() {
  const call = new Call(house.server, { to: '+33199003344' });
  await call.begin();
  await bookSomething(call, 'Camille Lefèvre');
  await call.end();
  const page = await house.open('/app/agenda');
  const people = [
    ['Inès Aubert', '2026-11-24', '09:00', 'Bilan'],
    ['Marie-Antoinette de La Rochefoucauld-Montmorency', '2026-11-24', '11:00', 'Consultation'],
    ['Hugo Perrin', '2026-11-25', '14:15', 'Consultation'],
  ];
  for (const [name, day, hour, service] of people) visits[name] = await made(page, { name, day, hour, service });
  await page.context().close();
}

/** Fills in and sends the form of a new appointment; gives its path. */
async function made(page, { name, day, hour, service = 'Consultation', phone = '06 39 98 12 34' }) {
  await page.goto(`${house.home}/app/rendez-vous/nouveau?jour=${day}`);
  await page.getByLabel('Nom', { exact: true }).fill(name);
  await page.getByLabel('Téléphone').fill(phone);
  await page.getByLabel('Jour', { exact: true }).fill(day);
  await page.getByLabel('Heure', { exact: true }).fill(hour);
  await page.getByLabel('Quoi').selectOption({ label: await option(page, service) });
  await press(page, 'Inscrire');
  return new URL(page.url()).pathname;
}

/** The whole words of a service's option, which tell its length too. */
async function option(page, service) {
  const words = await page.getByLabel('Quoi').locator('option').allInnerTexts();
  return words.find((text) => text.startsWith(service));
}

const notice = (page) => page.locator('.notice').innerText();
const status = (page) => page.locator('.page-head .chip').innerText();

for (const scripts of [true, false]) {
  const how = scripts ? 'with' : 'without';

  test(`an appointment is made, corrected, moved and cancelled ${how} scripts`, async () => {
    const page = await house.open('/app/agenda', { scripts });
    await page.getByRole('link', { name: 'Nouveau rendez-vous' }).click();
    const day = scripts ? '2026-12-01' : '2026-12-02';
    const name = `Alix ${how}`;
    const path = await made(page, { name, day, hour: '07:00' });
    assert.equal(path, '/app/rendez-vous', 'the practice is closed at seven');
    assert.equal(await page.getByLabel('Nom', { exact: true }).inputValue(), name, 'what was typed is kept');
    await page.locator('.error').first().waitFor();
    if (scripts) await assertAccessible(page, 'a refused appointment');
    await page.getByLabel('Heure', { exact: true }).fill('10:00');
    await press(page, 'Inscrire');
    assert.match(await notice(page), /inscrit/);
    await page.getByText('Corriger, noter').click();
    await page.getByLabel('Notes du cabinet').fill('Préfère le matin.');
    await press(page, 'Enregistrer');
    assert.match(await page.locator('.facts').innerText(), /Préfère le matin/);
    await page.locator('summary', { hasText: 'Déplacer' }).click();
    await page.getByLabel('Heure', { exact: true }).fill('11:30');
    await press(page, 'Déplacer');
    assert.match(await notice(page), /déplacé/);
    assert.match(await page.locator('.page-head').innerText(), /11\sh\s30/);
    assert.match(await page.locator('.timeline').innerText(), /Du .* à 10\sh.* au .* à 11\sh\s30/);
    await pressAndConfirm(page, 'Annuler le rendez-vous', scripts);
    assert.match(await notice(page), /annulé/);
    assert.equal(await status(page), 'Annulé');
    await page.context().close();
  });

  test(`a closure shows what falls into it, and is opened again ${how} scripts`, async () => {
    const page = await house.open('/app/reglages', { scripts });
    await page.getByRole('link', { name: 'Fermetures' }).click();
    await page.getByLabel('Premier jour').fill('2026-11-24');
    await page.getByLabel('Dernier jour').fill('2026-11-20');
    await press(page, 'Fermer ces jours');
    assert.equal(await page.getByLabel('Dernier jour').getAttribute('aria-invalid'), 'true');
    if (scripts) await assertAccessible(page, 'a refused closure');
    await page.getByLabel('Dernier jour').fill('2026-11-25');
    await page.getByLabel('Motif').fill('formation');
    await press(page, 'Fermer ces jours');
    assert.match(await notice(page), /plus aucun rendez-vous/);
    assert.match(await page.locator('.sessions').innerText(), /3\srendez-vous à déplacer/);
    if (scripts) await house.walk('calendar', { closed: '/app/agenda/fermetures', 'closed-week': '/app/agenda?jour=2026-11-24' });
    await page.getByRole('link', { name: /Hugo Perrin/ }).click();
    assert.match(await page.locator('h1').innerText(), /Hugo Perrin/);
    await page.goBack();
    await press(page, 'Rouvrir du 24 novembre au 25 novembre 2026');
    assert.match(await notice(page), /de nouveau ouverts/);
    await page.getByText('Aucune fermeture à venir').waitFor();
    await page.context().close();
  });

  test(`a calendar has a secret address until it is revoked ${how} scripts`, async () => {
    const page = await house.open('/app/agenda/partage', { scripts });
    const row = page.locator('.sessions li', { hasText: 'Inès Lefèvre' });
    await row.getByRole('combobox').selectOption('names');
    await press(row, 'Créer une adresse');
    const address = await page.getByLabel('À garder secrète').inputValue();
    assert.match(address, /\/calendrier\/[\w-]{20,}\/agenda\.ics$/);
    if (scripts) await assertAccessible(page, 'an address');
    const read = () => fetch(`${house.home}${new URL(address).pathname}`);
    const feed = await read();
    assert.equal(feed.status, 200);
    assert.match(feed.headers.get('content-type'), /text\/calendar/);
    const text = await feed.text();
    assert.match(text, /^BEGIN:VCALENDAR\r\n/);
    assert.match(text, /SUMMARY:.*Inès Aubert/);
    await page.goto(`${house.home}/app/agenda/partage`);
    assert.doesNotMatch(await page.content(), new RegExp(address.split('/').at(-2)), 'shown once');
    assert.match(await row.innerText(), /Adresse créée/);
    if (scripts) await house.walk('calendar', { shared: '/app/agenda/partage' });
    await pressAndConfirm(row, 'Révoquer l’adresse de Inès Lefèvre', scripts);
    assert.match(await notice(page), /n’ouvre plus rien/);
    assert.equal((await read()).status, 404);
    await page.context().close();
  });
}

test('the table of the appointments is a file that spreadsheets read', async () => {
  const page = await house.open('/app/agenda/partage', { scripts: false });
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Télécharger' }).click()]);
  assert.equal(file.suggestedFilename(), 'rendez-vous.csv');
  const pieces = [];
  for await (const piece of await file.createReadStream()) pieces.push(piece);
  const text = Buffer.concat(pieces).toString('utf8');
  assert.ok(text.startsWith('\ufeff'), 'Excel needs the mark');
  assert.match(text, /;/);
  assert.match(text, /Hugo Perrin/);
  await page.context().close();
});

test('who came is noted once the hour has come, and taken back', async () => {
  const later = await house.again({ UWI_CLOCK: '2026-11-24T15:00:00+01:00' });
  for (const scripts of [true, false]) {
    const page = await later.open(visits['Inès Aubert'], { scripts });
    await press(page, 'Venu');
    assert.equal(await status(page), 'Venu');
    await press(page, 'Plutôt absent');
    assert.equal(await status(page), 'Absent');
    await press(page, 'Reprendre : ni venu ni absent');
    assert.equal(await status(page), 'Confirmé');
    const history = await page.locator('.timeline').innerText();
    for (const word of ['Venu', 'Absent', 'Repris']) assert.match(history, new RegExp(word));
    await page.context().close();
  }
  await later.walk('calendar', { begun: visits['Inès Aubert'] });
  await later.end();
});

test('every page fits and is accessible, in both lights', async () => {
  await house.walk('calendar', {
    week: '/app/agenda',
    day: '/app/agenda?jour=2026-11-24',
    empty: '/app/agenda?jour=2027-02-03',
    share: '/app/agenda/partage',
    closures: '/app/agenda/fermetures',
    new: '/app/rendez-vous/nouveau?jour=2026-11-26',
    visit: visits['Marie-Antoinette de La Rochefoucauld-Montmorency'],
  });
  const prepare = async (page) => {
    for (const summary of await page.locator('.more > summary').all()) await summary.click();
  };
  await house.walk('calendar', { 'visit-open': visits['Hugo Perrin'] }, { prepare });
});
