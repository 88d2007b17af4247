// Which number reaches whom, judged from the outside.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Call, bookSomething } from '../lib/call.mjs';
import { eventually, onEveryDatabase, openHouse, practice } from '../lib/house.mjs';
import { signedIn } from '../lib/session.mjs';

const LILAS = '+33199001122';
const ROSES = '+33199003344';
const UNKNOWN = '+33199009999';
const TEST = '+33939240575';

/** The first message of a number tells whose it is. */
async function greeting(server, to) {
  const call = new Call(server, { to });
  const { text } = await call.hook('assistant-request');
  const { assistant, error } = JSON.parse(text);
  return assistant ? assistant.firstMessage : `refused: ${error}`;
}

const spelled = (number) => {
  const national = `0${number.slice(3)}`;
  const pairs = national.match(/\d\d/g);
  return [
    number, national, pairs.join(' '), pairs.join('.'), pairs.join('-'), `00${number.slice(1)}`,
    `+33 (0)${national.slice(1)}`, `tel:${number}`, `sip:${number}@sip.example.fr`, `sips:${number}@sip.example.fr:5061;transport=tls`,
    `whatsapp:${number}`, number.slice(1), `+33 ${national.slice(1)}`,
  ];
};

async function twoPractices(t, kind, env) {
  const house = await openHouse(t, kind, env);
  const lilas = await house.apply(practice('Cabinet des Lilas', LILAS));
  const roses = await house.apply(practice('Cabinet des Roses', ROSES));
  return { house, lilas, roses };
}

const route = (db, number, tenant) =>
  db.kind === 'sqlite'
    ? `INSERT OR REPLACE INTO tenant_routing (channel, did_key, tenant_id, created_at) VALUES ('vocal', '${number}', ${tenant}, datetime('now'))`
    : `INSERT INTO tenant_routing (channel, key, tenant_id, is_active, updated_at) VALUES ('vocal', '${number}', ${tenant}, TRUE, now())
       ON CONFLICT (channel, key) DO UPDATE SET tenant_id = EXCLUDED.tenant_id, is_active = TRUE, updated_at = now()`;

onEveryDatabase('routing', (kind) => {
  test('every usual spelling of a dialled number reaches its tenant', async (t) => {
    const { house } = await twoPractices(t, kind);
    for (const to of spelled(LILAS)) {
      assert.match(await greeting(house.server, to), /Cabinet des Lilas/, to);
      const call = new Call(house.server, { to });
      assert.match(await call.say('Quelle est votre adresse ?'), /rue des Lilas/, to);
    }
    for (const to of spelled(TEST)) assert.doesNotMatch(await greeting(house.server, to), /Lilas|Roses|refused/, to);
    assert.equal(await house.count('call_logs', 'unrouted = 1'), 0);
  });

  test('every usual spelling makes the same route, by command and by API', async (t) => {
    const { house, lilas, roses } = await twoPractices(t, kind);
    const staff = await signedIn(house.server, house.server.login);
    const spellings = spelled(LILAS);
    for (const [index, key] of spellings.entries()) {
      const tenant = index % 2 ? lilas : roses;
      const answer = await staff.post('/api/admin/routing', { channel: 'vocal', key, tenant_id: tenant });
      assert.ok([200, 201].includes(answer.status), `${key}: ${answer.status}`);
      await house.done(['route', 'set', key, '--tenant', String(tenant)]);
    }
    assert.equal(await house.count('tenant_routing', `${house.db.routeKey} = '${LILAS}'`), 1);
    assert.equal(await house.count('tenant_routing'), 3);
  });

  test('the test number goes to the test tenant, for whoever asks otherwise', async (t) => {
    const { house, lilas } = await twoPractices(t, kind);
    const staff = await signedIn(house.server, house.server.login);
    for (const key of spelled(TEST)) {
      const answer = await staff.post('/api/admin/routing', { channel: 'vocal', key, tenant_id: lilas });
      assert.equal(answer.status, 409, key);
      assert.equal(answer.body.error_code, 'TEST_NUMBER_IMMUTABLE');
      assert.equal(answer.body.error.code, 'TEST_NUMBER_IMMUTABLE');
      assert.equal(typeof answer.body.error.message, 'string');
    }
    const own = await staff.post('/api/admin/routing', { channel: 'vocal', key: TEST, tenant_id: 1 });
    assert.equal(own.status, 200);
    const bad = await staff.post('/api/admin/routing', { channel: 'vocal', key: 'un numéro', tenant_id: lilas });
    assert.equal(bad.status, 422);
    const nobody = await fetch(`${house.server.home}/api/admin/routing`, { method: 'POST', body: '{}' });
    assert.equal(nobody.status, 401);
    await house.apply(`${practice('Cabinet des Lilas', LILAS)}\n[[member]]\nemail = "camille@example.fr"\nrole = "owner"`);
    const link = await house.done(['login-link', 'camille@example.fr']);
    const member = await signedIn(house.server, link);
    const refused = await member.post('/api/admin/routing', { channel: 'vocal', key: TEST, tenant_id: lilas });
    assert.equal(refused.status, 403);
    assert.equal((await house.uwi(['route', 'set', TEST, '--tenant', String(lilas)])).code, 1);
    assert.equal(await house.count('tenant_routing', `${house.db.routeKey} = '${TEST}' AND tenant_id = 1`), 1);
  });

  test('nobody at an SQL prompt takes the test number away', async (t) => {
    const { house, lilas } = await twoPractices(t, kind);
    const { db } = house;
    const key = db.routeKey;
    const attacks = [
      route(db, TEST, lilas),
      `UPDATE tenant_routing SET tenant_id = ${lilas} WHERE ${key} = '${TEST}'`,
      `UPDATE tenant_routing SET tenant_id = ${lilas}`,
      `UPDATE tenant_routing SET ${key} = '+33199005566' WHERE ${key} = '${TEST}'`,
      `UPDATE tenant_routing SET channel = 'sms' WHERE ${key} = '${TEST}'`,
      `DELETE FROM tenant_routing WHERE ${key} = '${TEST}'`,
      'DELETE FROM tenant_routing',
      `UPDATE route_guard SET tenant_id = ${lilas}`,
      'DELETE FROM route_guard',
      `INSERT INTO route_guard VALUES (2, '${LILAS}', ${lilas})`,
    ];
    const sqlite = [
      `REPLACE INTO tenant_routing (channel, did_key, tenant_id, created_at) VALUES ('vocal', '${TEST}', ${lilas}, '')`,
      `UPDATE OR REPLACE tenant_routing SET did_key = '${TEST}' WHERE did_key = '${LILAS}'`,
      `INSERT OR REPLACE INTO route_guard VALUES (1, '${TEST}', ${lilas})`,
      `INSERT INTO tenant_routing VALUES ('sms', '${TEST}', ${lilas}, '')`,
    ];
    const postgres = [
      `UPDATE tenant_routing SET is_active = false WHERE key = '${TEST}'`,
      'UPDATE tenant_routing SET is_active = false',
      'DELETE FROM tenants WHERE tenant_id = 1',
      'TRUNCATE tenant_routing',
      'TRUNCATE tenant_routing CASCADE',
      'TRUNCATE tenants CASCADE',
      'TRUNCATE route_guard',
      `INSERT INTO tenant_routing (channel, key, tenant_id) VALUES ('sms', '${TEST}', ${lilas})`,
      `INSERT INTO tenant_routing (channel, key, tenant_id) VALUES ('vocal', '${TEST}', ${lilas}) ON CONFLICT (channel, key) DO UPDATE SET tenant_id = ${lilas}`,
    ];
    for (const attack of [...attacks, ...(kind === 'sqlite' ? sqlite : postgres)]) {
      await assert.rejects(db.sql(attack), /TEST_NUMBER_IMMUTABLE|constraint|foreign key/i, attack);
    }
    assert.equal(await house.count('tenant_routing', `${key} = '${TEST}' AND tenant_id = 1`), 1);
    assert.equal(await house.count('tenant_routing'), 3);
    await db.sql(route(db, TEST, 1));
    assert.doesNotMatch(await greeting(house.server, TEST), /Lilas|Roses|refused/);
    assert.doesNotMatch(await greeting(await house.serve(), TEST), /Lilas|Roses|refused/);
  });

  test('another test number in the environment refuses to start', async (t) => {
    const { house, lilas } = await twoPractices(t, kind);
    for (const env of [{ TEST_VOCAL_NUMBER: '+33199005566' }, { TEST_TENANT_ID: String(lilas) }]) {
      const { code, stderr } = await house.uwi(['serve'], { env: { ...env, UWI_LISTEN: '127.0.0.1:0' } });
      assert.notEqual(code, 0);
      assert.match(stderr, /TEST_VOCAL_NUMBER|TEST_TENANT_ID/);
    }
  });

  test('a running server sees a changed route within a second', async (t) => {
    const { house, lilas, roses } = await twoPractices(t, kind);
    const servers = [house.server, await house.serve()];
    const all = (name) => async () => {
      const said = await Promise.all(servers.map((server) => greeting(server, LILAS)));
      return said.every((text) => text.includes(name));
    };
    await eventually('the first route', all('Cabinet des Lilas'), 1_000);
    await house.done(['route', 'set', LILAS, '--tenant', String(roses)]);
    await eventually('a route set by the command', all('Cabinet des Roses'), 1_000);
    await house.db.sql(route(house.db, LILAS, lilas));
    await eventually('a route set at an SQL prompt', all('Cabinet des Lilas'), 1_000);
    const staff = await signedIn(house.server, house.server.login);
    await staff.post('/api/admin/routing', { channel: 'vocal', key: LILAS, tenant_id: roses });
    await eventually('a route set through the API', all('Cabinet des Roses'), 1_000);
    const away = kind === 'sqlite' ? 'DELETE FROM tenant_routing' : 'UPDATE tenant_routing SET is_active = false';
    await house.db.sql(`${away} WHERE ${house.db.routeKey} = '${LILAS}'`);
    const neutral = async () => {
      const said = await Promise.all(servers.map((server) => greeting(server, LILAS)));
      return said.every((text) => !/Lilas|Roses/.test(text));
    };
    await eventually('a route taken away', neutral, 1_000);
  });

  test('changed settings are heard within a second', async (t) => {
    const { house } = await twoPractices(t, kind);
    const server = await house.serve();
    assert.match(await greeting(server, LILAS), /Cabinet des Lilas/);
    const [{ tenant_id: id }] = await house.db.sql("SELECT tenant_id FROM tenants WHERE name = 'Cabinet des Lilas'");
    await house.apply(`id = ${id}\n${practice('Cabinet des Tilleuls', LILAS)}`);
    for (const seen of [house.server, server]) {
      await eventually('the new name', async () => (await greeting(seen, LILAS)).includes('Tilleuls'), 1_000);
    }
  });

  test("a call to nobody's number is neutral, takes a message and books nothing", async (t) => {
    const { house } = await twoPractices(t, kind, { DEFAULT_TENANT_ID: '1' });
    const [{ name }] = await house.db.sql('SELECT name FROM tenants WHERE tenant_id = 1');
    for (const to of [UNKNOWN, '+15005550006', undefined, 'pas un numéro']) {
      const call = new Call(house.server, { to });
      if (to === undefined) call.phoneNumber = undefined;
      const said = [await greeting(house.server, to ?? null)];
      await call.begin();
      said.push(await call.say('Bonjour, je voudrais prendre un rendez-vous'));
      said.push(await call.say('Camille Lefèvre'));
      said.push(await call.say('le plus tôt possible'));
      said.push(await call.say('le premier'), await call.say('oui'), await call.say('Vous êtes quel cabinet ?'));
      await call.end();
      for (const text of said) {
        assert.ok(!text.includes(name) && !/Lilas|Roses|confirmé/i.test(text), `${to}: ${said.join('\n')}`);
        assert.doesNotMatch(text, /\d h \d\d|à \d+ h/, `no hour is offered: ${text}`);
      }
    }
    assert.equal(await house.count('rendez_vous'), 0);
    assert.ok((await house.count('call_logs', 'unrouted = 1')) >= 2);
    const [{ n }] = await house.db.sql("SELECT sum(count) AS n FROM incidents WHERE kind = 'unrouted_number'");
    assert.ok(n >= 2);
    const { checks } = JSON.parse((await house.uwi(['doctor', '--json'])).stdout);
    const told = checks.find((check) => /unrouted|XXXXXX99/i.test(JSON.stringify(check)));
    assert.ok(told && told.level !== 'ok', JSON.stringify(checks));
  });

  test("a message for nobody's number is taken", async (t) => {
    const { house } = await twoPractices(t, kind);
    const call = new Call(house.server, { to: UNKNOWN });
    const said = [await call.say('Bonjour, je voudrais laisser un message')];
    for (let turn = 0; turn < 6 && !/au revoir/.test(said.at(-1)); turn += 1) {
      let reply = 'non merci, au revoir';
      if (/quel est votre message/i.test(said.at(-1))) reply = "C'est pour dire que les clés sont chez la gardienne";
      else if (/nom/.test(said.at(-1))) reply = 'Camille Lefèvre';
      else if (/se termine par/.test(said.at(-1))) reply = 'oui';
      said.push(await call.say(reply));
    }
    const tickets = await house.db.sql('SELECT description, call_id FROM tickets');
    assert.equal(tickets.length, 1, said.join('\n'));
    assert.match(tickets[0].description, /clés/);
    assert.equal(tickets[0].call_id, call.call.id);
  });

  test('the tools of a model book nothing either on such a number', async (t) => {
    const { house } = await twoPractices(t, kind);
    const call = new Call(house.server, { to: UNKNOWN });
    await call.begin();
    const toolCallList = [{ id: 'tool-1', type: 'function', function: { name: 'book', arguments: { name: 'Camille Lefèvre', phone: '+33639981234', slot: '2026-11-24T10:00', start: '2026-11-24T10:00' } } }];
    const { status, text } = await call.hook('tool-calls', { toolCallList });
    assert.equal(status, 200);
    assert.doesNotMatch(text, /confirmé/i);
    assert.equal(await house.count('rendez_vous'), 0);
  });

  test('such calls can be refused', async (t) => {
    const { house } = await twoPractices(t, kind, { UWI_UNKNOWN_DID: 'refuse' });
    assert.match(await greeting(house.server, UNKNOWN), /refused/);
    const call = new Call(house.server, { to: UNKNOWN });
    await call.begin();
    const answer = await call.say('Bonjour');
    assert.ok(answer.length > 5);
    assert.doesNotMatch(answer, /Lilas|Roses|UWi/);
    await call.end();
    for (const table of ['call_logs', 'call_turns', 'conversations']) assert.equal(await house.count(table), 0, table);
    await bookSomething(new Call(house.server, { to: LILAS }));
  });
});
