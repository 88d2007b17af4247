// A client from nothing to a call answered on its own number, by pages alone;
// then everything that it has is given back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, assertFits, picture, visitor } from './lib/browser.mjs';
import { bookSomething, Call } from './lib/call.mjs';
import { scene } from './lib/scene.mjs';
import { startServer } from './lib/server.mjs';

const house = scene({ env: { UWI_CLOCK: '2026-11-23T09:00:00+01:00' } });
const looks = (name, path) => house.walk('opening', { [name]: path });

for (const scripts of [true, false]) {
  const name = scripts ? 'Cabinet Perrin' : 'Cabinet Aubert';
  test(`a client is opened ${scripts ? 'with' : 'without'} scripts until its own line answers`, async () => {
    const page = await house.open('/admin', { scripts });
    const go = (button) => page.getByRole('button', { name: button }).click();
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
    await page.goto(`${house.home}/admin`);
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
    const call = new Call(house.server, { to: dialled });
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
    await page.context().close();
    await giveBack(owner, scripts);
  });
}

/** Its owner deletes the assistant; the number is in its grace period, then gone. */
async function giveBack(owner, scripts) {
  const page = await house.open('/app/reglages/agents', { scripts, cookies: await house.enter(owner) });
  await page.locator('.lines-of a').click();
  await page.getByRole('link', { name: 'Supprimer…' }).click();
  await page.getByRole('button', { name: 'Supprimer l’assistant' }).click();
  await page.getByText('L’assistant est supprimé').waitFor();
  await page.goto(`${house.home}/app/reglages/numeros`);
  assert.equal(await page.locator('.numbers .chip', { hasText: 'Libéré' }).count(), 1);
  await page.context().close();
}

test('the public house with simulators says so on every page', async () => {
  const open = await startServer({
    UWI_SIMULATORS: 'on', WEBHOOK_BASE_URL: 'https://voix.example.fr', STAFF_EMAILS: 'staff@example.fr',
    VAPI_WEBHOOK_SECRET: 'whsec-demo-0123456789',
  });
  try {
    const context = await visitor(house.browser, { width: 360 });
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
