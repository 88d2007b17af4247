// The dashboard's figures, around midnights and changes of the clock.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Call, bookSomething } from '../lib/call.mjs';
import { eventually, onEveryDatabase, openHouse, practice } from '../lib/house.mjs';

const NUMBER = '+33199001122';
const week = '[[hours]]\ndays = ["mon-sun"]\nfrom = "00:00"\nto = "24:00"';

const figures = ({ calls_total, bookings_confirmed, transfers, abandons }) => [calls_total, bookings_confirmed, transfers, abandons];

/** The house at another time: everything stops and starts again there. */
async function travel(house, to) {
  await house.server.kill();
  house.env.UWI_CLOCK = to;
  house.server = await house.serve();
}

async function rebuilt(house) {
  const told = (await house.done(['rebuild-counters', '--json'])).split('\n').map((line) => JSON.parse(line));
  return told.every(({ equal }) => equal);
}

async function leave(server, to = NUMBER) {
  const call = new Call(server, { to });
  await call.begin();
  await call.say('euh');
  await call.end();
  return call;
}

onEveryDatabase('figures', (kind) => {
  test('a call counts once whatever is sent twice, and a booking stays one', async (t) => {
    const house = await openHouse(t, kind);
    const tenant = await house.apply(`${practice('Cabinet des Lilas', NUMBER)}\n[transfer]\nnumber = "+33199005566"`);
    const booked = new Call(house.server, { to: NUMBER });
    await booked.begin();
    await booked.begin();
    await bookSomething(booked);
    await booked.ask(booked.messages.slice(0, -1));
    await booked.say('Vous êtes ouverts le samedi ?');
    await booked.say('merci, au revoir');
    await booked.end();
    await booked.end();
    await booked.hook('end-of-call-report', { endedReason: 'silence-timed-out' });
    const passed = new Call(house.server, { to: NUMBER, from: '+33639985678' });
    await passed.begin();
    await passed.say('Je veux parler à quelqu’un');
    if ((await house.count('ivr_events', "event = 'transferred_human'")) === 0) await passed.say('oui, passez-moi une personne');
    await passed.end('assistant-forwarded-call');
    const left = await leave(house.server);
    await left.end();
    const asked = new Call(house.server, { to: NUMBER });
    await asked.begin();
    await asked.say('Quelle est votre adresse ?');
    await asked.end();
    const today = await house.snapshot(tenant, 'today');
    assert.deepEqual(figures(today), [4, 1, 1, 1]);
    assert.equal(today.tenant_id, tenant);
    assert.equal(today.last_booking.call_id, booked.call.id);
    assert.equal(today.last_call.call_id, asked.call.id);
    for (const period of ['7d', '30d']) assert.deepEqual(figures(await house.snapshot(tenant, period)), [4, 1, 1, 1]);
    assert.deepEqual(figures(await house.snapshot(1, 'today')), [0, 0, 0, 0], "another tenant's figures");
    assert.ok(await rebuilt(house));
    assert.deepEqual(figures(await house.snapshot(tenant, 'today')), [4, 1, 1, 1]);
  });

  test('a second booking in one call is a second booking', async (t) => {
    const house = await openHouse(t, kind);
    const tenant = await house.apply(practice('Cabinet des Lilas', NUMBER));
    const call = new Call(house.server, { to: NUMBER });
    await call.begin();
    await bookSomething(call);
    const said = [await call.say("Je voudrais aussi un rendez-vous pour mon fils Hugo Perrin")];
    for (const text of ['Hugo Perrin', 'le plus tôt possible', 'le premier', 'oui', 'oui']) {
      if (/confirmé/i.test(said.at(-1))) break;
      said.push(await call.say(text));
    }
    const booked = await house.count('rendez_vous', "status = 'confirmed'");
    assert.equal(booked, 2, said.join('\n'));
    assert.deepEqual(figures(await house.snapshot(tenant, 'today')), [1, 2, 0, 0]);
    assert.ok(await rebuilt(house));
  });

  test('days end at the midnight of the tenant, also when the clock changes', async (t) => {
    // The 25th of October 2026 has 25 hours in Paris.
    const house = await openHouse(t, kind, { UWI_CLOCK: '2026-10-24T23:59:00+02:00' });
    const paris = await house.apply(practice('Cabinet des Lilas', NUMBER, week));
    const far = await house.apply(practice('Cabinet du Lagon', '+33199003344', week).replace('Europe/Paris', 'Indian/Reunion'));
    await leave(house.server);
    await leave(house.server, '+33199003344');
    assert.deepEqual(figures(await house.snapshot(paris, 'today')), [1, 0, 0, 1]);
    await travel(house, '2026-10-25T00:00:30+02:00');
    assert.deepEqual(figures(await house.snapshot(paris, 'today')), [0, 0, 0, 0]);
    assert.deepEqual(figures(await house.snapshot(far, 'today')), [1, 0, 0, 1], 'it is two hours later there');
    await leave(house.server);
    await travel(house, '2026-10-25T02:30:00+01:00');
    await leave(house.server);
    await travel(house, '2026-10-25T23:59:00+01:00');
    await leave(house.server);
    const long = await house.snapshot(paris, 'today');
    assert.deepEqual(figures(long), [3, 0, 0, 3]);
    const hours = (Date.parse(long.to) - Date.parse(long.from)) / 3_600_000;
    assert.ok(hours === 25 || Number.isNaN(hours) || hours < 25.1, `${long.from} to ${long.to}`);
    await travel(house, '2026-10-26T00:00:30+01:00');
    assert.deepEqual(figures(await house.snapshot(paris, 'today')), [0, 0, 0, 0]);
    assert.deepEqual(figures(await house.snapshot(paris, '7d')), [4, 0, 0, 4]);
    assert.ok(await rebuilt(house));
  });

  test('a call belongs to the day on which it began, its booking to its own', async (t) => {
    const house = await openHouse(t, kind, { UWI_CLOCK: '2026-03-28T23:58:00+01:00' });
    const tenant = await house.apply(practice('Cabinet des Lilas', NUMBER, week));
    const call = new Call(house.server, { to: NUMBER });
    await call.begin();
    await call.say('Bonjour, je voudrais prendre un rendez-vous');
    await call.say('Camille Lefèvre, le plus tôt possible');
    await travel(house, '2026-03-29T00:01:00+01:00');
    call.server = house.server;
    await call.say('le premier');
    const said = await call.say('oui');
    assert.match(said, /confirmé/i);
    await call.end();
    assert.deepEqual(figures(await house.snapshot(tenant, 'today')), [0, 1, 0, 0]);
    assert.deepEqual(figures(await house.snapshot(tenant, '7d')), [1, 1, 0, 0]);
    const [{ rdv_time }] = await house.db.sql('SELECT rdv_time FROM rendez_vous');
    assert.doesNotMatch(rdv_time, /^02:/, 'an hour that this night does not have');
    assert.ok(await rebuilt(house));
  });

  test('seven and thirty days reach back as far as they say', async (t) => {
    const house = await openHouse(t, kind, { UWI_CLOCK: '2026-10-20T12:00:00+02:00' });
    const tenant = await house.apply(practice('Cabinet des Lilas', NUMBER, week));
    await leave(house.server);
    for (const [at, expected] of [['2026-10-26T12:00:00+01:00', [1, 1]], ['2026-10-27T12:00:00+01:00', [0, 1]], ['2026-11-18T12:00:00+01:00', [0, 1]], ['2026-11-19T12:00:00+01:00', [0, 0]]]) {
      await travel(house, at);
      const [seven, thirty] = [await house.snapshot(tenant, '7d'), await house.snapshot(tenant, '30d')];
      assert.deepEqual([seven.calls_total, thirty.calls_total], expected, at);
    }
  });

  test('a call that falls silent is closed after fifteen minutes, as if it had ended', async (t) => {
    const house = await openHouse(t, kind);
    const tenant = await house.apply(practice('Cabinet des Lilas', NUMBER));
    const silent = new Call(house.server, { to: NUMBER });
    await silent.begin();
    await silent.say('euh');
    const served = new Call(house.server, { to: NUMBER });
    await served.begin();
    await bookSomething(served);
    await travel(house, '2026-11-23T09:14:30+01:00');
    assert.equal(await house.count('call_logs', 'ended_at IS NULL'), 2);
    assert.deepEqual(figures(await house.snapshot(tenant, 'today')), [2, 1, 0, 0]);
    await travel(house, '2026-11-23T09:16:00+01:00');
    await eventually('both are closed', async () => (await house.count('call_logs', 'ended_at IS NULL')) === 0);
    assert.deepEqual(figures(await house.snapshot(tenant, 'today')), [2, 1, 0, 1]);
    silent.server = house.server;
    await silent.end();
    assert.deepEqual(figures(await house.snapshot(tenant, 'today')), [2, 1, 0, 1]);
    assert.ok(await rebuilt(house));
  });
});
