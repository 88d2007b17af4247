// How a practice writes to people: its channels, its words, and the page behind
// the link of a message, as an owner and a patient use them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, press, pressAndConfirm } from './lib/browser.mjs';
import { eventually } from './lib/house.mjs';
import { scene } from './lib/scene.mjs';

const PRACTICE = `
name = "Cabinet Lefèvre"
trade = "plombier"
address = "3 rue des Lilas, 35000 Rennes"
[booking]
notice_minutes = 0
horizon_days = 60
[[hours]]
days = ["mon-fri"]
from = "09:00"
to = "18:00"
[[service]]
name = "Intervention"
minutes = 60
[[member]]
email = "camille@example.fr"
role = "owner"
[[member]]
email = "alix@example.fr"
role = "secretary"
`;

const house = scene({
  env: { UWI_CLOCK: '2026-11-23T09:00:00+01:00', ENCRYPTION_KEY: 'a-key-of-the-tests-with-32-characters' },
  tenant: PRACTICE,
  email: 'camille@example.fr',
});
const channels = '/app/reglages/canaux';
const templates = '/app/reglages/modeles';

const notice = (page) => page.locator('.notice').innerText();
const chip = (page) => page.locator('.health .chip').first().innerText();

/** A channel of text messages that can send. */
async function textMessages(options) {
  const page = await house.open(`${channels}/sms`, options);
  await page.getByLabel('Expéditeur').fill('Lefevre');
  await press(page, 'Enregistrer');
  if (await page.getByRole('button', { name: 'Activer' }).count()) await press(page, 'Activer');
  assert.match(await chip(page), /À essayer|En service/);
  return page;
}

/** What the log says of the latest message. */
async function latest(page) {
  return eventually('the message has left', async () => {
    await page.goto(`${house.home}${channels}/envois`);
    const row = page.locator('.outbox tbody tr').first();
    return /Parti|Arrivé/.test(await row.innerText()) && row.innerText();
  }, 10_000);
}

test('channels that nobody has touched fit, in both lights', async () => {
  const pages = { none: channels, 'log-none': `${channels}/envois` };
  for (const kind of ['phone', 'sms', 'email', 'whatsapp']) pages[kind] = `${channels}/${kind}`;
  await house.walk('channels', pages);
});

for (const scripts of [true, false]) {
  const how = scripts ? 'with' : 'without';

  test(`the four channels are opened and changed ${how} scripts, errors beside their fields`, async () => {
    const page = await house.open(channels, { scripts });
    for (const name of ['Téléphone', 'SMS', 'Courriel', 'WhatsApp']) {
      await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      await page.getByRole('link', { name: 'Canaux' }).click();
    }
    const wrong = {
      phone: ['Votre ligne', '12', '01 99 00 44 55'],
      sms: ['Expéditeur', '06 39 98 12 34', 'Lefevre'],
      whatsapp: ['Numéro WhatsApp', 'pas un numéro', '01 99 00 44 66'],
    };
    for (const [kind, [label, bad, good]] of Object.entries(wrong)) {
      await page.goto(`${house.home}${channels}/${kind}`);
      const field = page.getByLabel(label, { exact: true });
      await field.fill(bad);
      await press(page, 'Enregistrer');
      assert.equal(await field.getAttribute('aria-invalid'), 'true', kind);
      assert.equal(await field.inputValue(), bad, 'what was typed is kept');
      await page.locator('.field', { has: field }).locator('.error').waitFor();
      if (scripts) await assertAccessible(page, `${kind} refused`);
      await field.fill(good);
      await press(page, 'Enregistrer');
      assert.match(await notice(page), /enregistré/);
    }
    await page.context().close();
  });

  test(`a secret is set once and never shown again, ${how} scripts`, async () => {
    const secret = `mot-de-passe-${how}-zèbre`;
    const page = await house.open(`${channels}/email`, { scripts });
    await page.getByLabel('Serveur', { exact: true }).fill('mail.example.fr');
    await page.getByLabel('Port').fill('465');
    await page.getByLabel('Adresse de l’expéditeur').fill('cabinet@example.fr');
    await page.getByLabel('Mot de passe du serveur').fill(secret);
    await press(page, 'Enregistrer');
    assert.match(await notice(page), /enregistré/);
    assert.equal(await page.getByLabel('Mot de passe du serveur').inputValue(), '');
    assert.doesNotMatch(await page.content(), /zèbre/);
    // What is wrong beside it does not bring it back either.
    await page.getByLabel('Mot de passe du serveur').fill(secret);
    await page.getByLabel('Port').fill('99999');
    await press(page, 'Enregistrer');
    assert.equal(await page.getByLabel('Port').getAttribute('aria-invalid'), 'true');
    assert.doesNotMatch(await page.content(), /zèbre/);
    await page.goto(`${house.home}${channels}/email`);
    await page.getByText('Enregistré et scellé').waitFor();
    await page.getByLabel('Le retirer').check();
    await page.getByLabel('Serveur', { exact: true }).fill('');
    for (const label of ['Port', 'Adresse de l’expéditeur']) await page.getByLabel(label).fill('');
    await press(page, 'Enregistrer');
    assert.equal(await page.getByText('Enregistré et scellé').count(), 0);
    await page.context().close();
  });

  test(`a channel is switched on, tried, written with and switched off ${how} scripts`, async () => {
    const page = await textMessages({ scripts });
    const trial = page.locator('#essai-a');
    await trial.fill('pas un numéro');
    await press(page, 'Envoyer un essai');
    assert.equal(await trial.getAttribute('aria-invalid'), 'true');
    assert.equal(await trial.inputValue(), 'pas un numéro');
    await trial.fill('06 39 98 12 34');
    await press(page, 'Envoyer un essai');
    assert.match(await notice(page), /essai part/);
    assert.match(await latest(page), /XX34/);
    await page.goto(`${house.home}${channels}/sms`);
    await page.getByLabel('Votre message').fill(`Votre pièce est arrivée (${how}).`);
    await page.locator('#message-a').fill('06 39 98 43 21');
    await press(page, 'Envoyer le message');
    assert.match(await notice(page), /message part/);
    assert.match(await latest(page), new RegExp(`pièce est arrivée \\(${how}\\)`));
    await page.getByText('30 derniers jours').waitFor();
    await page.goto(`${house.home}${channels}/sms`);
    assert.equal(await chip(page), 'En service');
    await pressAndConfirm(page, 'Désactiver', scripts);
    assert.match(await notice(page), /plus rien n’en part/);
    assert.equal(await chip(page), 'Désactivé');
    await page.context().close();
  });

  test(`the words of a message are seen, counted, refused and changed ${how} scripts`, async () => {
    const page = await house.open(templates, { scripts });
    await page.locator('#sms').getByRole('link', { name: 'Rappel de la veille' }).click();
    const text = page.getByLabel('Texte');
    const words = 'À demain, {date}, {heure}. {cabinet}';
    await text.fill('Demain {heure} chez {cabinet}, {inconnu} !');
    await press(page, 'Voir l’aperçu');
    assert.equal(await text.getAttribute('aria-invalid'), 'true');
    assert.match(await page.locator('#texte-erreur').innerText(), /\{inconnu\}.*caractère 32/);
    await press(page, 'Enregistrer');
    assert.match(await page.locator('#texte-erreur').innerText(), /inconnu/);
    await text.fill('À demain {heure}, {cabinet}.');
    await press(page, 'Enregistrer');
    assert.match(await page.locator('#texte-erreur').innerText(), /manque \{date\}/);
    await text.fill(words);
    await press(page, 'Voir l’aperçu');
    assert.match(await page.locator('.preview').innerText(), /Cabinet Lefèvre/);
    assert.match(await page.locator('.preview').innerText(), /1\sSMS facturé/);
    await text.fill(`${words} 😀`);
    await press(page, 'Voir l’aperçu');
    assert.match(await page.locator('.preview').innerText(), /alphabet long à cause de .*«\s😀\s»/u);
    if (scripts) await assertAccessible(page, 'a preview');
    await text.fill(words);
    await press(page, 'Enregistrer');
    assert.match(await notice(page), /enregistré/);
    assert.equal(await text.inputValue(), words);
    await press(page, 'Revenir au texte d’origine');
    assert.notEqual(await text.inputValue(), words);
    await page.context().close();
  });
}

/** A patient's page: makes an appointment, moves it, and follows the link of the notice. */
async function link(page, hour, phone) {
  await page.goto(`${house.home}/app/rendez-vous/nouveau`);
  await page.getByLabel('Nom', { exact: true }).fill('Camille Lefèvre');
  await page.getByLabel('Téléphone').fill(phone);
  await page.getByLabel('Jour', { exact: true }).fill('2026-12-08');
  await page.getByLabel('Heure', { exact: true }).fill(hour);
  await press(page, 'Inscrire');
  const visit = page.url().split('?')[0];
  await page.getByText('Déplacer', { exact: true }).first().click();
  await page.getByLabel('Jour', { exact: true }).fill('2026-12-09');
  await press(page, 'Déplacer');
  assert.match(await notice(page), /déplacé/);
  const [, path] = /\/r\/([\w-]+)/.exec(await latest(page));
  return { path: `/r/${path}`, visit };
}

test('the link of a message changes nothing when it is opened, and does what its buttons say', async () => {
  const page = await textMessages();
  const stranger = { cookies: [], scripts: false };
  const first = await link(page, '10:00', '06 39 98 12 34');
  for (let scan = 0; scan < 3; scan += 1) assert.equal((await fetch(`${house.home}${first.path}`)).status, 200);
  await house.walk('link', { open: first.path }, stranger);
  const patient = await house.open(first.path, stranger);
  assert.match(await patient.locator('main').innerText(), /mercredi\s9\sdécembre\sà\s10\sh/);
  await press(patient, 'Je viendrai');
  assert.match(await patient.locator('h1').innerText(), /Merci/);
  await patient.goto(`${house.home}${first.path}`);
  await press(patient, 'Demander un autre horaire');
  assert.match(await patient.locator('main').innerText(), /reste prévu/);
  await page.goto(`${house.home}/app/messages`);
  await page.locator('main', { hasText: 'Camille Lefèvre' }).waitFor();
  await patient.goto(`${house.home}${first.path}`);
  await press(patient, 'Annuler le rendez-vous');
  assert.match(await patient.locator('h1').innerText(), /annulé/);
  await page.goto(first.visit);
  await page.locator('.chip', { hasText: 'Annulé' }).first().waitFor();
  await house.walk('link', { over: first.path }, stranger);
  const second = await link(page, '11:00', '06 39 98 43 21');
  await patient.goto(`${house.home}${second.path}`);
  await press(patient, 'Ne plus recevoir de messages');
  assert.match(await patient.locator('main').innerText(), /ne recevrez plus/);
  const bent = await fetch(`${house.home}/r/nimporte-quoi`);
  assert.equal(bent.status, 410);
  await patient.context().close();
  await page.context().close();
});

test('a secretary reads the channels and changes nothing', async () => {
  const cookies = await house.enter('alix@example.fr');
  const page = await house.open(`${channels}/sms`, { cookies });
  assert.equal(await page.locator('main form').count(), 0);
  await page.getByText('responsable').waitFor();
  const context = page.context();
  const headers = { origin: house.home };
  const answer = await context.request.post(`${house.home}${channels}/sms/etat`, { form: { etat: 'off' }, headers });
  assert.equal(answer.status(), 403);
  await context.close();
});

test('every page fits and is accessible, in both lights', async () => {
  await house.walk('channels', {
    list: channels,
    'sms-on': `${channels}/sms`,
    log: `${channels}/envois`,
    templates,
    template: `${templates}/sms?evenement=reminder_24h`,
    'template-mail': `${templates}/email?evenement=confirmation`,
    greeting: '/app/reglages/accueil',
    members: '/app/reglages/membres',
    notices: '/app/reglages/avis',
    sessions: '/app/reglages/sessions',
    password: '/app/reglages/mot-de-passe',
  });
});
