// A client from nothing to a call answered on its own number, by pages alone;
// then everything that it has is given back, until the provider has it again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFits, launch, picture, signIn, visitor } from './lib/browser.mjs';
import { bookSomething, Call } from './lib/call.mjs';
import { freshDatabase } from './lib/database.mjs';
import { eventually, MONDAY } from './lib/house.mjs';
import { startServer, uwi } from './lib/server.mjs';
import { walk } from './lib/walk.mjs';

let database;
let server;
let browser;
let cookies;
let hours = 0;

before(async () => {
  database = await freshDatabase('sqlite');
  browser = await launch();
  await open();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await database?.drop();
});

/** Starts the server at the hour that it is by now, and signs our staff in. */
async function open() {
  const now = new Date(Date.parse(MONDAY) + hours * 3_600_000).toISOString();
  server = await startServer({ UWI_CLOCK: now, DATABASE_URL: database.url });
  const context = await visitor(browser);
  await signIn(context, server.login);
  cookies = await context.cookies();
  await context.close();
}

/** A day and two hours go by. */
async function aDayLater() {
  await server.stop();
  hours += 26;
  await open();
}

/** What the simulated providers have of this house: numbers that are paid for, assistants. */
async function provided() {
  const [row] = await eventually('the simulators say where they are', async () => {
    const rows = await database.sql('SELECT base_url FROM simulators');
    return rows.length > 0 && rows;
  });
  const state = await (await fetch(`${row.base_url.replace(/\/$/, '')}/_sim/state`)).json();
  return {
    numbers: state.twilio.numbers.map(([, number]) => number.phone_number),
    assistants: state.vapi.assistants.length,
  };
}

async function staff(options) {
  const context = await visitor(browser, options);
  await context.addCookies(cookies);
  return { context, page: await context.newPage() };
}

function looks(name, path) {
  const context = async (sight) => {
    const seen = await visitor(browser, sight);
    await seen.addCookies(cookies);
    return seen;
  };
  return walk(context, server.home, { prefix: 'opening', pages: { [name]: path } });
}

for (const scripts of [true, false]) {
  const name = scripts ? 'Cabinet Perrin' : 'Cabinet Aubert';
  test(`a client is opened ${scripts ? 'with' : 'without'} scripts until its own line answers`, async () => {
    const { context, page } = await staff({ scripts });
    const go = (button) => page.getByRole('button', { name: button }).click();
    await page.goto(`${server.home}/admin`);
    await page.getByRole('link', { name: 'Ouvrir un client' }).click();
    if (scripts) await looks('new', '/admin/clients/nouveau');
    await page.getByLabel('Nom').fill(name);
    await page.getByLabel('Métier').selectOption({ label: 'ostéopathe' });
    await go('Commencer');
    const base = new URL(page.url()).pathname.replace('/cabinet', '');
    await page.getByLabel('Adresse').fill('3 rue des Lilas, 35000 Rennes');
    await go('Enregistrer et continuer');
    await page.waitForURL('**/horaires');
    if (scripts) await looks('hours', `${base}/horaires`);
    // Left here, and taken up again.
    await page.goto(`${server.home}/admin`);
    await page.getByRole('link', { name }).click();
    await page.getByRole('link', { name: 'Continuer' }).click();
    await page.waitForURL('**/horaires');
    for (const next of ['services', 'questions', 'numero']) {
      await go('Enregistrer et continuer');
      await page.waitForURL(`**/${next}`);
      if (scripts) await looks(next, `${base}/${next}`);
    }
    await go('Prendre ce numéro');
    await page.getByText('Renvoyer la ligne du cabinet').waitFor();
    if (scripts) await looks('number-ready', `${base}/numero`);
    const code = await page.locator('.codes code').first().innerText();
    const dialled = `+33${/^\*21\*0(\d{9})#$/.exec(code)[1]}`;
    await page.getByRole('link', { name: 'Continuer' }).click();
    await page.getByText('En attente de l’appel').waitFor();
    if (scripts) {
      await looks('call-waiting', `${base}/essai`);
      await page.waitForFunction(() => document.documentElement.dataset.connected === 'yes');
      await page.evaluate(() => (window.notReloaded = true));
    }
    const call = new Call(server, { to: dialled });
    await call.begin();
    const said = await bookSomething(call);
    assert.match(said.at(-1), /confirmé/i);
    await call.end();
    if (!scripts) await go('Vérifier');
    await page.getByText('la ligne répond').waitFor({ timeout: 5_000 });
    if (scripts) {
      assert.equal(await page.evaluate(() => window.notReloaded), true);
      await looks('call-arrived', `${base}/essai`);
    }
    await page.getByRole('link', { name: 'Continuer' }).click();
    const owner = `${scripts ? 'ines' : 'hugo'}@example.fr`;
    await page.getByLabel('Adresse de courriel').fill(owner);
    await go('Inviter');
    await page.getByText(owner).waitFor();
    if (scripts) await looks('people', `${base}/personnes`);
    await page.getByRole('link', { name: 'Voir où en est l’ouverture' }).click();
    await page.getByText('Tout est prêt').waitFor();
    if (scripts) {
      await looks('done', base);
      await looks('clients', '/admin');
    }
    await context.close();
    await giveBack(owner, dialled, scripts);
  });
}

/** Its owner gives the number up, takes it back once, gives it up again; a day
 * later the provider has it, and the assistant goes too. */
async function giveBack(owner, dialled, scripts) {
  const enter = async () => {
    const link = await uwi(server, ['login-link', owner]);
    const context = await visitor(browser, { scripts });
    const page = await signIn(context, link.stdout.trim());
    await page.goto(`${server.home}/app/reglages/numeros`);
    return { context, page };
  };
  const giveUp = async (page) => {
    await page.getByRole('link', { name: /^Libérer le / }).click();
    await page.getByRole('button', { name: 'Libérer le numéro' }).click();
    await page.getByText('Libéré, récupérable').waitFor();
  };
  const today = await enter();
  await giveUp(today.page);
  assert.doesNotMatch(await answer(dialled), /rue des Lilas/, 'given up, it answers for nobody');
  await today.page.getByRole('button', { name: /Annuler la libération/ }).click();
  await today.page.getByText('Le numéro est repris').waitFor();
  assert.match(await answer(dialled), /rue des Lilas/, 'taken back, it answers again');
  await giveUp(today.page);
  assert.deepEqual((await provided()).numbers, [dialled], 'paid for while it can be taken back');
  await today.context.close();
  await aDayLater();
  await eventually('the number is back at the provider', async () => (await provided()).numbers.length === 0, 20_000);
  const { context, page } = await enter();
  assert.equal(await page.locator('.numbers li').count(), 0);
  await page.goto(`${server.home}/app/reglages/agents`);
  await page.locator('.lines-of a').click();
  await page.getByRole('link', { name: 'Supprimer…' }).click();
  await page.getByRole('button', { name: 'Supprimer l’assistant' }).click();
  await page.getByText('L’assistant est supprimé').waitFor();
  assert.deepEqual(await provided(), { numbers: [], assistants: 0 });
  await context.close();
}

/** What somebody hears who calls and asks for the address. */
async function answer(dialled) {
  const call = new Call(server, { to: dialled });
  await call.begin();
  const said = await call.say('Quelle est votre adresse ?');
  await call.end();
  return said;
}

test('the public house with simulators says so on every page', async () => {
  const open = await startServer({
    UWI_SIMULATORS: 'on', WEBHOOK_BASE_URL: 'https://voix.example.fr', STAFF_EMAILS: 'staff@example.fr',
    VAPI_WEBHOOK_SECRET: 'whsec-demo-0123456789',
  });
  try {
    const context = await visitor(browser, { width: 360 });
    const page = await context.newPage();
    for (const path of ['/', '/login', '/mentions-legales', '/nulle-part']) {
      await page.goto(`${open.home}${path}`);
      assert.match(await page.locator('.banner').innerText(), /sont simulés/, path);
      await assertFits(page, path);
    }
    await assertAccessible(page, 'banner');
    await picture(page, 'opening-banner');
    await context.close();
  } finally {
    await open.stop();
  }
});
