// Numbers: however many ask, whenever the process dies, one is paid for, and it is answered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Call, bookSomething } from '../lib/call.mjs';
import { eventually, onEveryDatabase, openHouse } from '../lib/house.mjs';
import { openProviders } from '../lib/providers.mjs';

const bare = (name, more = '') => `
name = "${name}"
agents = ["appointment"]
[booking]
notice_minutes = 0
horizon_days = 30
[[hours]]
days = ["mon-fri"]
from = "09:00"
to = "18:00"
${more}`;

/** Some minutes after the house's Monday morning. */
const later = (minutes) => ({ UWI_CLOCK: new Date(Date.parse('2026-11-23T09:00:00+01:00') + minutes * 60_000).toISOString() });

async function openShop(t, kind) {
  const providers = await openProviders(t);
  const house = await openHouse(t, kind, providers.env);
  return { providers, house };
}

function client(server, token) {
  return async (method, path, body, headers = {}) => {
    const answer = await fetch(`${server.home}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: body && JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  };
}

const listed = async (house, options) =>
  (await house.done(['number', 'list', '--json'], options)).split('\n').filter(Boolean).map((line) => JSON.parse(line));

/** Every number that is paid for is one of ours that works, and the other way round. */
async function booksBalance(house, providers, count, options) {
  const ours = await listed(house, options);
  assert.deepEqual(ours.map(({ status }) => status), Array(count).fill('active'));
  assert.deepEqual(ours.map(({ phone_number: number }) => number).sort(), (await providers.owned()).sort());
}

onEveryDatabase('numbers', (kind) => {
  test('fifty wishes for one agent at two instances: one number', async (t) => {
    const { providers, house } = await openShop(t, kind);
    const tenant = await house.apply(bare('Cabinet Martin'));
    const token = await house.token(tenant, 'agents:write');
    const servers = [house.server, await house.serve()];
    const asks = servers.map((server) => client(server, token));
    const made = await asks[0]('POST', '/api/agents', { agent_name: 'Accueil', provision_phone: false });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const path = `/api/agents/${made.body.agent_id}/phone-number`;
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => asks[index % 2]('POST', path, { area_code: '212' })),
    );
    const got = answers.filter(({ status }) => status === 201);
    assert.equal(got.length, 1, JSON.stringify(answers.map(({ body }) => body.error?.code)));
    for (const { status, body } of answers.filter((answer) => answer !== got[0])) {
      assert.equal(status, 409, JSON.stringify(body));
      assert.match(body.error.code, /^(PROVISIONING_IN_PROGRESS|NUMBER_EXISTS)$/);
    }
    assert.deepEqual(await providers.owned(), [got[0].body.phone_number]);
    await booksBalance(house, providers, 1);
  });

  test('killed at every provider call, before and after it is carried out: one number', async (t) => {
    const { providers, house } = await openShop(t, kind);
    const tenant = await house.apply(bare('Cabinet Martin'));
    const token = await house.token(tenant, 'agents:write');
    let minutes = 0;
    let server = house.server;
    const agent = async () => {
      const made = await client(server, token)('POST', '/api/agents', { agent_name: 'Accueil', provision_phone: false });
      assert.equal(made.status, 201, JSON.stringify(made.body));
      return made.body.agent_id;
    };
    const ask = async (id) => client(server, token)('POST', `/api/agents/${id}/phone-number`, { area_code: '212' });
    // A server that starts looks after everything first.
    const quiet = async () => {
      let seen = -1;
      await eventually('the first round is over', async () => {
        const count = (await providers.requests()).length;
        await new Promise((resolve) => setTimeout(resolve, 400));
        const still = count === seen && (await providers.requests()).length === count;
        seen = count;
        return still;
      }, 20_000);
    };
    const forget = async (id) => {
      const gone = await client(server, token)('DELETE', `/api/agents/${id}/phone-number?now=true`);
      assert.equal(gone.status, 200, JSON.stringify(gone.body));
      assert.equal((await client(server, token)('DELETE', `/api/agents/${id}`)).status, 200);
    };
    // The steps are those that the code takes: counted in one that is not disturbed.
    await quiet();
    const first = await agent();
    const before = (await providers.requests()).length;
    assert.equal((await ask(first)).status, 201);
    const steps = (await providers.requests()).slice(before);
    assert.ok(steps.length >= 6, JSON.stringify(steps));
    await forget(first);
    for (let step = 0; step < steps.length; step += 1) {
      for (const trouble of ['hang', 'slow']) {
        const id = await agent();
        const asked = (await providers.requests()).length;
        await providers.misbehave({ do: trouble, millis: 60_000, after: step });
        const answer = ask(id).catch(() => null);
        await eventually(`step ${step} is reached`, async () => (await providers.requests()).length > asked + step, 20_000);
        // Carried out, when it is the answer that is late.
        if (trouble === 'slow') await new Promise((resolve) => setTimeout(resolve, 100));
        await server.kill();
        await answer;
        await providers.behave();
        const what = `${trouble} at ${steps[step].method} ${steps[step].path}`;
        // Twice, since the provider's list is believed when it says so twice.
        for (let round = 0; round < 2; round += 1) {
          minutes += 65;
          await house.uwi(['number', 'reconcile'], { env: later(minutes) });
        }
        const own = (await listed(house, { env: later(minutes) })).filter(({ agent_id: owner }) => owner === id);
        assert.ok(own.length <= 1, what);
        assert.deepEqual((await providers.owned()).length, own.filter(({ phone_number: number }) => number).length, what);
        assert.ok(own.every(({ status }) => status === 'active'), `${what}: ${JSON.stringify(own)}`);
        server = await house.serve(later(minutes));
        await quiet();
        // Before anything was bought the wish is given up or goes on; either way it can be had.
        if (own.length === 0) assert.equal((await ask(id)).status, 201, what);
        await booksBalance(house, providers, 1, { env: later(minutes) });
        await forget(id);
      }
    }
    assert.deepEqual(await providers.owned(), []);
  });

  test('by the API alone: from nothing to a call that is answered, and back to nothing', async (t) => {
    const { providers, house } = await openShop(t, kind);
    const tenant = await house.apply(bare('Cabinet Martin'));
    const ask = client(house.server, await house.token(tenant, 'agents:write'));
    const made = await ask('POST', '/api/agents', { agent_name: 'Accueil', area_code: '212' }, { 'idempotency-key': 'premier-numero' });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    await answered(house, providers, made.body.phone_number);
    const staff = client(house.server, await house.token(1, 'admin'));
    const gone = await staff('DELETE', `/api/v1/tenants/${tenant}`);
    assert.deepEqual([gone.status, gone.body.phone_numbers], [200, 1]);
    assert.equal((await ask('GET', '/api/agents')).status, 401);
    await released(house, providers);
  });

  test('what somebody has set otherwise at the provider is told, and set right when asked for', async (t) => {
    const { providers, house } = await openShop(t, kind);
    const tenant = await house.apply(bare('Cabinet Martin'));
    await house.done(['number', 'provision', '--tenant', String(tenant), '--area-code', '212', '--country', 'US']);
    const [{ phone_number: number, agent_id: agent }] = await listed(house);
    const doctor = async () => {
      const { checks } = JSON.parse((await house.uwi(['doctor', '--json'])).stdout);
      return checks.filter(({ name }) => name === 'drift').map(({ level, ...check }) => [level, JSON.stringify(check)]);
    };
    await house.done(['number', 'reconcile']);
    assert.deepEqual((await listed(house)).map(({ drift }) => drift), [[]]);
    assert.deepEqual((await doctor()).map(([level]) => level), ['ok']);
    await providers.set(number, { VoiceUrl: 'https://elsewhere.example/voice' });
    await house.done(['number', 'reconcile']);
    assert.deepEqual((await listed(house)).map(({ drift }) => drift), [['/voice_url']]);
    const row = (await house.done(['number', 'list'])).split('\n').find((line) => line.includes(agent));
    assert.match(row, /\/voice_url/);
    const [[level, told], ...more] = await doctor();
    assert.deepEqual([level, more], ['wrong', []]);
    assert.ok(told.includes('/voice_url') && told.includes('number reconcile --repair'), told);
    assert.match(await house.done(['number', 'reconcile', '--repair']), /set right: 1/);
    assert.deepEqual((await listed(house)).map(({ drift }) => drift), [[]]);
    assert.deepEqual((await doctor()).map(([now]) => now), ['ok']);
  });

  test('by a file alone: from nothing to a call that is answered, and back to nothing', async (t) => {
    const { providers, house } = await openShop(t, kind);
    const file = bare('Cabinet Martin', '[[agent]]\nname = "Accueil"\narea_code = "212"\ncountry = "US"\nprovision = true\n');
    const tenant = await house.apply(file);
    const [{ phone_number: number }] = await listed(house);
    // The same file again changes nothing.
    assert.equal(await house.apply(file), tenant);
    await booksBalance(house, providers, 1);
    await answered(house, providers, number);
    await house.done(['tenant', 'delete', String(tenant), '--yes']);
    await released(house, providers);
  });
});

const BOOKING = ['Bonjour, je voudrais un rendez-vous', 'Camille Lefèvre', 'le plus tôt possible', 'le premier', 'oui'];

/** Somebody dials the number and gets an appointment of that tenant: by the
 * agent's own webhooks, and by way of the telephone company. */
async function answered(house, providers, number) {
  const call = new Call(house.server, { to: number });
  assert.equal((await call.begin()).status, 200);
  const said = await bookSomething(call);
  assert.match(said.at(-1), /confirmé/i);
  await call.end();
  const booked = () => house.count('rendez_vous', "status = 'confirmed' AND tenant_id > 1");
  assert.equal(await booked(), 1);
  const placed = await providers.call({ to: number, from: '+33639981235', says: [...BOOKING, 'non merci, au revoir'] });
  const told = JSON.stringify(placed.lines);
  assert.deepEqual(placed.lines[0], { what: 'agent', provider: 'vapi' }, told);
  assert.equal(placed.lines.filter(({ what }) => what === 'failed').length, 0, told);
  assert.ok(placed.lines.some(({ what, text }) => what === 'heard' && /confirmé/i.test(text)), told);
  assert.equal(await booked(), 2, told);
  const [row] = await house.db.sql(
    `SELECT call_status, to_number, duration_seconds FROM call_logs WHERE call_sid = '${placed.call}'`,
  );
  assert.deepEqual([row?.call_status, row?.to_number, row?.duration_seconds], ['completed', number, placed.seconds]);
}

/** A day later nothing is paid for any more. */
async function released(house, providers) {
  assert.equal((await providers.owned()).length, 1, 'a day of grace');
  const tomorrow = { env: later(26 * 60) };
  await house.done(['number', 'reconcile'], tomorrow);
  assert.deepEqual(await providers.owned(), []);
  assert.equal(await providers.assistants(), 0);
  assert.deepEqual(await listed(house, tomorrow), []);
}
