// The command line, while a server runs and while none does.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Call, bookSomething } from '../lib/call.mjs';
import { eventually, onEveryDatabase, openHouse, practice } from '../lib/house.mjs';
import { signedIn } from '../lib/session.mjs';

const NUMBER = '+33199001122';
const BOOKING = ['Bonjour, je voudrais prendre un rendez-vous', '= none', 'Camille Lefèvre, le plus tôt possible', 'le premier', 'oui', '= booking_confirmed'];

/** Plays a script against the house. */
async function play(t, house, lines, ...more) {
  const folder = await mkdtemp(join(tmpdir(), 'uwi-script-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'script.txt');
  await writeFile(file, lines.join('\n'));
  return house.uwi(['call', '--script', file, ...more]);
}

const parsed = (stdout) => stdout.trim().split('\n').map((line) => JSON.parse(line));

onEveryDatabase('commands', (kind) => {
  test('a call from a script books, and says whether what was expected came', async (t) => {
    const house = await openHouse(t, kind);
    const met = await play(t, house, BOOKING);
    assert.equal(met.code, 0, met.stdout + met.stderr);
    assert.match(met.stdout, /confirmé/i);
    assert.equal(await house.count('rendez_vous'), 1);
    assert.equal(await house.count('call_logs', 'ended_at IS NOT NULL'), 1);
    const unmet = await play(t, house, ['Bonjour', '= booking_confirmed']);
    assert.equal(unmet.code, 1, unmet.stdout);
    const surprised = await play(t, house, [...BOOKING.slice(0, -1), '= none']);
    assert.equal(surprised.code, 1, surprised.stdout);
    const abandoned = await play(t, house, ['euh', '= user_abandon']);
    assert.equal(abandoned.code, 0, abandoned.stdout);
    const hidden = await play(t, house, [...BOOKING.slice(0, 4), '06 39 98 56 78', 'oui', '= booking_confirmed'], '--from', 'hidden');
    assert.equal(hidden.code, 0, hidden.stdout);
  });

  test('its JSON is one document per line', async (t) => {
    const house = await openHouse(t, kind);
    const { code, stdout } = await play(t, house, BOOKING, '--json');
    assert.equal(code, 0);
    const lines = parsed(stdout);
    assert.ok(lines.some(({ who, text }) => who === 'uwi' && /confirmé/i.test(text)));
    assert.deepEqual(lines.filter(({ expected }) => expected).map(({ expected, met }) => [expected, met]), [['none', true], ['booking_confirmed', true]]);
  });

  test('wrong use is 2, no server is 3, a refusal is 1', async (t) => {
    const house = await openHouse(t, kind);
    const code = async (...args) => (await house.uwi(args)).code;
    assert.equal(await code('--help'), 0);
    assert.equal(await code('no-such-command'), 2);
    assert.equal(await code('call', '--script', '/nowhere/at/all'), 2);
    assert.equal((await play(t, house, ['Bonjour', '= no_such_event'])).code, 2);
    assert.equal(await code('call', '--from', 'pas un numéro'), 2);
    assert.equal((await play(t, house, ['Bonjour'], '--server', 'http://127.0.0.1:9')).code, 3);
    assert.equal(await code('login-link', 'nobody@example.fr'), 1);
    assert.equal(await code('route', 'set', 'abc', '--tenant', '1'), 1);
    assert.equal(await code('route', 'set', NUMBER, '--tenant', '99'), 1);
    assert.equal(await code('appointment', 'cancel', 'nothing'), 1);
    assert.equal((await house.uwi(['tenant', 'list'], { env: { UWI_CLOCK: 'yesterday' } })).code, 2);
    assert.equal((await house.uwi(['tenant', 'list'], { env: { DATABASE_URL: 'mysql://x' } })).code, 2);
    assert.equal((await house.uwi(['serve'])).code, 3, 'the port is taken');
    const invalid = practice('Cabinet', NUMBER).replace('minutes = 30', 'minutes = 7');
    await assert.rejects(house.apply(invalid), /1 !== 0|uwi tenant apply/);
    await assert.rejects(house.apply('name = '), /uwi tenant apply/);
    assert.equal(await house.count('tenants'), 1);
  });

  test('work on the database while the server runs, and it sees the change', async (t) => {
    const house = await openHouse(t, kind);
    const tenant = await house.apply(practice('Cabinet des Lilas', NUMBER));
    assert.equal(await house.apply(`id = ${tenant}\n${practice('Cabinet des Lilas', NUMBER)}`), tenant, 'twice is once');
    const token = await house.token(tenant, 'read');
    const listed = async () => {
      const answer = await fetch(`${house.server.home}/api/v1/appointments`, { headers: { authorization: `Bearer ${token}` } });
      return (await answer.json()).appointments;
    };
    await house.done(['appointment', 'add', '--tenant', String(tenant), '--name', 'Hugo Perrin', '--phone', '06 39 98 12 34', '--start', '2026-11-23T10:00']);
    const [added] = await eventually('the appointment', async () => ((await listed()).length === 1 ? listed() : null), 1_000);
    const again = await house.uwi(['appointment', 'add', '--tenant', String(tenant), '--name', 'Camille Lefèvre', '--start', '2026-11-23T10:00']);
    assert.equal(again.code, 1, 'that hour is taken');
    const asked = new Call(house.server, { to: NUMBER });
    await asked.say('Bonjour, je voudrais prendre un rendez-vous');
    const offered = await asked.say("Camille Lefèvre, aujourd'hui à 10 heures");
    assert.match(offered, /10 h n'est pas libre/, offered);
    await house.done(['appointment', 'cancel', added.id, '--tenant', String(tenant)]);
    const rows = parsed(await house.done(['appointment', 'list', '--tenant', String(tenant), '--json']));
    assert.ok(JSON.stringify(rows).includes('cancelled') || !JSON.stringify(rows).includes('confirmed'), JSON.stringify(rows));
    await house.done(['migrate']);
    await house.done(['migrate']);
    await house.done(['route', 'ensure-test']);
    assert.ok(parsed(await house.done(['route', 'list', '--json'])).length === 2);
    assert.ok(parsed(await house.done(['tenant', 'list', '--json'])).length === 2);
    const link = await house.done(['login-link', 'staff@example.fr']);
    assert.equal((await (await signedIn(house.server, link)).get('/app')).status, 200);
    const demo = new Call(house.server);
    await bookSomething(demo);
    await demo.end();
    await house.done(['tenant', 'reset-sandbox']);
    assert.equal(await house.count('rendez_vous', 'tenant_id = 1'), 0);
    assert.equal(await house.count('call_turns', "tenant_id = 1 AND heard <> '' AND heard NOT LIKE '[%'"), 0);
    assert.equal(await house.count('ivr_events', "event = 'booking_confirmed'"), 1, 'events stay');
  });

  test('understand answers line by line, also bad ones', async (t) => {
    const house = await openHouse(t, kind);
    const input = `${JSON.stringify({ text: 'je voudrais un rendez-vous demain à 14 heures', now: '2026-11-23T09:00', tz: 'Europe/Paris' })}\nno json\n${JSON.stringify({ text: '', now: null, tz: 'Europe/Paris' })}\n`;
    const { code, stdout } = await house.uwi(['understand'], { input });
    assert.equal(code, 0);
    const [first, bad, silence] = parsed(stdout);
    assert.deepEqual(first.intents, ['book']);
    assert.equal(first.when[0].from, '2026-11-24T14:00');
    assert.ok(bad.error);
    assert.deepEqual(silence.intents, []);
  });

  test('the doctor is content with a new house and names what is wrong', async (t) => {
    const house = await openHouse(t, kind);
    const { checks } = JSON.parse((await house.uwi(['doctor', '--json'])).stdout);
    assert.ok(checks.every(({ name, level, found }) => name && level && found));
    assert.ok(checks.some(({ name, level }) => name === 'test-route' && level === 'ok'));
    const seed = await house.uwi(['doctor'], { env: { USE_PG_EVENTS: 'true', PG_EVENTS_URL: 'postgres://x' } });
    assert.match(seed.stdout, /PG_EVENTS_URL/);
    await house.db.sql("INSERT INTO tenants (tenant_id, name, settings, created_at, updated_at) VALUES (77, 'Cabinet sans numéro', '{\"name\":\"Cabinet sans numéro\"}', 0, 0)");
    const lonely = await house.uwi(['doctor']);
    assert.equal(lonely.code, 1);
    assert.match(lonely.stdout, /77/);
  });

  test('the clock travels, for the server and for commands', async (t) => {
    const house = await openHouse(t, kind);
    const tenant = await house.apply(practice('Cabinet des Lilas', NUMBER));
    await bookSomething(new Call(house.server, { to: NUMBER }));
    assert.equal(await house.count('rendez_vous', "rdv_date = '2026-11-23'"), 1);
    const add = (start, clock) => house.uwi(['appointment', 'add', '--tenant', String(tenant), '--name', 'Hugo Perrin', '--start', start], { env: { UWI_CLOCK: clock } });
    assert.equal((await add('2026-12-01T10:00', '2026-12-01T11:00:00+01:00')).code, 1, 'it is past');
    assert.equal((await add('2026-12-01T10:00', '2026-12-01T08:00:00+01:00')).code, 0);
    await house.server.kill();
    house.env.UWI_CLOCK = '2026-12-24T08:00:00+01:00';
    house.server = await house.serve();
    const call = new Call(house.server, { to: NUMBER });
    await bookSomething(call);
    const dates = (await house.db.sql(`SELECT rdv_date FROM rendez_vous WHERE call_id = '${call.call.id}'`)).map((row) => row.rdv_date);
    assert.deepEqual(dates, ['2026-12-24']);
    // The provider's own times set nothing.
    const [{ started_at: started }] = await house.db.sql(`SELECT started_at FROM call_logs WHERE call_sid = '${call.call.id}'`);
    assert.ok(Math.abs(Number(started) - Date.parse('2026-12-24T08:00:00+01:00')) < 120_000);
  });
});
