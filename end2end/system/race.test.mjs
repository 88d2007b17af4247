// Many callers, one free slot.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Call } from '../lib/call.mjs';
import { onEveryDatabase, openHouse, practice } from '../lib/house.mjs';

const CALLERS = 40;
const NUMBER = '+33199001122';
/** One half-hour on one day, today: the house's clock stands on that Monday. */
const oneSlot = practice('Cabinet du Créneau', NUMBER, `
[booking]
notice_minutes = 0
horizon_days = 1
[[hours]]
days = ["mon"]
from = "14:00"
to = "14:30"
`);

/** Says what an eager caller says until the call has an end for them. */
async function insist(call) {
  const answers = [await call.say('Bonjour, je voudrais prendre un rendez-vous')];
  for (let turn = 0; turn < 7; turn += 1) {
    const last = answers.at(-1);
    if (/confirmé/i.test(last)) break;
    let reply = 'le plus tôt possible';
    if (/se termine par/i.test(last)) reply = 'oui';
    else if (/quel nom|votre nom/i.test(last)) reply = 'Camille Lefèvre';
    else if (/14 h/.test(last)) reply = 'oui, celui de 14 heures';
    answers.push(await call.say(reply));
  }
  return answers;
}

const from = (index) => `+336399800${String(index).padStart(2, '0')}`;

onEveryDatabase('a race for a slot', (kind) => {
  for (const instances of [1, 2]) {
    test(`${CALLERS} callers at ${instances} instance(s) want the only one: one gets it`, async (t) => {
      const house = await openHouse(t, kind);
      await house.apply(oneSlot);
      const servers = [house.server];
      while (servers.length < instances) servers.push(await house.serve());
      const calls = Array.from({ length: CALLERS }, (_, index) => {
        const server = servers[index % instances];
        return new Call(server, { to: NUMBER, from: from(index), id: `race-${index}` });
      });
      const told = await Promise.all(calls.map(insist));
      const winners = told.flatMap((answers, index) => (answers.some((said) => /confirmé/i.test(said)) ? [index] : []));
      const booked = await house.db.sql('SELECT call_id, customer_phone, rdv_date, rdv_time FROM rendez_vous');
      assert.equal(booked.length, 1);
      assert.deepEqual(winners.map((index) => calls[index].call.id), [booked[0].call_id]);
      assert.equal(booked[0].rdv_date, '2026-11-23');
      assert.equal(booked[0].rdv_time, '14:00');
      assert.equal(booked[0].customer_phone, from(winners[0]));
      assert.equal(await house.count('ivr_events', "event = 'booking_confirmed'"), 1);
      assert.equal(told.filter((answers) => answers.some((said) => /technique/.test(said))).length, 0);
      for (const answers of told) assert.ok(answers.every((said) => said.length > 5));
    });
  }

  test('forty programs ask for one hour: one appointment, the others a conflict', async (t) => {
    const house = await openHouse(t, kind);
    const tenant = await house.apply(oneSlot);
    const token = await house.token(tenant, 'appointments:write,appointments:read');
    const ask = (index) =>
      fetch(`${house.server.home}/api/v1/appointments`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Hugo Perrin', phone: from(index), start: '2026-11-23T14:00' }),
      }).then(async (answer) => ({ status: answer.status, body: await answer.json() }));
    const answers = await Promise.all(Array.from({ length: CALLERS }, (_, index) => ask(index)));
    const statuses = answers.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [201, ...Array(CALLERS - 1).fill(409)]);
    assert.equal(await house.count('rendez_vous'), 1);
  });
});
