// Files of numbers: wherever the power is cut, the same file again does what is
// left; no number twice, none lost.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually, MONDAY, onEveryDatabase, openHouse } from '../lib/house.mjs';
import { openProviders } from '../lib/providers.mjs';

const LINES = 3;
/** Every how many calls of the provider the power is cut; prime to those of a line. */
const STRIDE = 5;

const json = (text) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line));

/** A house, its providers, a folder for files, and a clock that goes on. */
async function openShop(t, kind) {
  const providers = await openProviders(t);
  const house = await openHouse(t, kind, providers.env);
  // It has looked after everything once and asks nobody before an hour is over.
  await eventually('the first round is over', async () => {
    const count = (await providers.requests()).length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    return count > 0 && (await providers.requests()).length === count;
  }, 20_000);
  const folder = await mkdtemp(join(tmpdir(), 'uwi-bulk-'));
  t.after(() => rm(folder, { recursive: true }));
  let minutes = 0;
  let tenants = 0;
  const clock = () => ({ UWI_CLOCK: new Date(Date.parse(MONDAY) + minutes * 60_000).toISOString() });
  const shop = { providers, house, file: join(folder, 'numbers.csv') };
  shop.write = (header, lines) => writeFile(shop.file, `${header}\n${lines.join('\n')}\n`);
  /** Each file is for a tenant of its own. */
  shop.tenant = () => house.apply(`name = "Cabinet ${(tenants += 1)}"\n`);
  /** The power is cut when the provider is asked for the `step`th time. */
  shop.cut = async (args, step, trouble) => {
    const before = (await providers.requests()).length;
    const power = new AbortController();
    await providers.misbehave({ do: trouble, millis: 60_000, after: step });
    const run = house.uwi(args, { env: clock(), signal: power.signal });
    let over = false;
    run.then(() => (over = true));
    await eventually(`call ${step}`, async () => over || (await providers.requests()).length > before + step, 20_000);
    // Carried out, when it is the answer that is late.
    if (trouble === 'slow') await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(over, false, `to be cut at ${step}, it ran to its end`);
    power.abort();
    await run;
    await providers.behave();
  };
  /** The same file again, an hour later each time: what is not sure at once is the next time. */
  shop.again = async (args, what) => {
    for (let round = 0; round < 3; round += 1) {
      // The first hour is over: whoever held a line has let go of it.
      minutes += 65;
      const { code, stdout, stderr } = await house.uwi([...args, '--json'], { env: clock() });
      const results = json(stdout).map(({ result }) => result);
      assert.equal(results.length, LINES, `${what}: ${stderr}`);
      if (code === 0) return results;
      assert.ok(results.every((result) => ['got', 'had', 'waits'].includes(result)), `${what}: ${stdout}`);
    }
    return assert.fail(`${what}: never done`);
  };
  /** Every number of the account is one of ours that works, and the other way round. */
  shop.balanced = async (count, what) => {
    const ours = json(await house.done(['number', 'list', '--json'], { env: clock() }));
    assert.deepEqual(ours.map(({ status }) => status), Array(count).fill('active'), what);
    assert.deepEqual(ours.map(({ phone_number: number }) => number).sort(), (await providers.owned()).sort(), what);
    assert.equal(await providers.purchases(), count, `${what}: paid for twice`);
  };
  return shop;
}

/** Runs `lines`' file whole once to learn its calls, then cut at every `STRIDE`th of them. */
async function cutEverywhere(shop, args, fresh) {
  await fresh();
  const begun = (await shop.providers.requests()).length;
  await shop.again(args, 'undisturbed');
  const calls = (await shop.providers.requests()).length - begun;
  assert.ok(calls >= 4 * LINES, `${calls} calls`);
  let count = LINES;
  await shop.balanced(count, 'undisturbed');
  for (let step = 0, turn = 0; step < calls; step += STRIDE, turn += 1) {
    const trouble = turn % 2 === 0 ? 'hang' : 'slow';
    const what = `${trouble} at call ${step} of ${calls}`;
    await fresh();
    await shop.cut(args, step, trouble);
    await shop.again(args, what);
    count += LINES;
    await shop.balanced(count, what);
    assert.deepEqual(await shop.again(args, what), Array(LINES).fill('had'), what);
  }
}

onEveryDatabase('a file of numbers', (kind) => {
  test('whose purchase is cut anywhere is finished by the same file', async (t) => {
    const shop = await openShop(t, kind);
    const fresh = async () => {
      const tenant = await shop.tenant();
      const token = await shop.house.token(tenant, 'agents:write');
      const lines = [];
      for (let line = 0; line < LINES; line += 1) {
        const answer = await fetch(`${shop.house.server.home}/api/agents`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ agent_name: 'Accueil', provision_phone: false }),
        });
        assert.equal(answer.status, 201);
        lines.push(`${tenant},212,US,${(await answer.json()).agent_id}`);
      }
      await shop.write('tenant,area_code,country,agent', lines);
    };
    await cutEverywhere(shop, ['number', 'provision', '--file', shop.file], fresh);
  });

  test('whose take-over is cut anywhere is finished by the same file', async (t) => {
    const shop = await openShop(t, kind);
    const fresh = async () => {
      const tenant = await shop.tenant();
      const lines = [];
      for (let line = 0; line < LINES; line += 1) lines.push(`${tenant},${await shop.providers.buy('212')},`);
      await shop.write('tenant,number,agent', lines);
    };
    await cutEverywhere(shop, ['number', 'import', '--file', shop.file], fresh);
  });
});
