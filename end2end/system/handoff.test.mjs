// Passing to a human: nobody picks up, the caller comes back, the practice knows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Call } from '../lib/call.mjs';
import { onEveryDatabase, openHouse } from '../lib/house.mjs';
import { signedIn } from '../lib/session.mjs';

const today = async (house, person) => (await person.get('/app')).text.replaceAll(/[\u00a0\u202f]/g, ' ');

/** A caller who is being passed on; Vapi offers the tool for it. */
async function passed(house) {
  const call = new Call(house.server);
  await call.begin();
  const { text } = await call.post('/api/vapi/chat/completions', {
    model: 'receptionist-fr',
    stream: true,
    messages: [...call.messages, { role: 'user', content: 'je voudrais parler à quelqu’un' }],
    tools: [{ type: 'function', function: { name: 'transferCall', parameters: { type: 'object', properties: {} } } }],
    call: call.call,
    phoneNumber: call.phoneNumber,
  });
  assert.match(text, /transferCall/);
  call.messages.push(
    { role: 'user', content: 'je voudrais parler à quelqu’un' },
    { role: 'assistant', content: 'Je vous passe le cabinet, ne quittez pas.' },
  );
  return call;
}

onEveryDatabase('passing to a human', (kind) => {
  test('nobody picks up: the caller comes back, leaves a message, the practice finds it', async (t) => {
    const house = await openHouse(t, kind);
    const call = await passed(house);
    const back = 'Personne n\'a pu répondre. Voulez-vous laisser un message, pour qu\'on vous rappelle ?';
    call.messages.push({ role: 'assistant', content: back });
    assert.match(await call.say('oui'), /sujet/);
    await call.say('c’est pour une attestation de présence');
    await call.say('Camille Lefèvre');
    assert.match(await call.say('oui'), /rappel est bien transmise/);
    await call.end();
    assert.equal(await house.count('tickets'), 1);
    assert.equal(await house.count('ivr_events', "event = 'transferred_human'"), 1);
    assert.equal(await house.count('ivr_events', "event = 'transfer_failed'"), 1);
    const person = await signedIn(house.server, house.server.login);
    const page = await today(house, person);
    assert.match(page, /Vous attendent/);
    assert.match(page, /transfert sans réponse/);
    assert.match(page, /attestation de présence/);
    const told = /href="(\/app\/appels\/[^"]+)"/.exec(page)?.[1];
    assert.match((await person.get(told)).text, /Personne n’a décroché/);
  });

  test('who hangs up while it rings is to be called back, once, however often it is told', async (t) => {
    const house = await openHouse(t, kind);
    const other = await house.serve();
    const call = await passed(house);
    await Promise.all(
      Array.from({ length: 6 }, (_, index) => {
        const there = new Call(index % 2 ? other : house.server, { id: call.call.id });
        return there.hook('end-of-call-report', {
          endedReason: 'customer-ended-call',
          artifact: { transfers: [{ status: 'no-answer' }] },
          analysis: {},
        });
      }),
    );
    const tickets = await house.db.sql('SELECT category, cause, customer_phone, status FROM tickets');
    assert.deepEqual(tickets, [{ category: 'callback', cause: 'transfer_failed', customer_phone: '+33639981234', status: 'open' }]);
    assert.equal(await house.count('ivr_events', "event = 'transfer_failed'"), 1);
    const [{ outcome }] = await house.db.sql('SELECT outcome FROM call_logs');
    assert.equal(outcome, 'transfer_failed');
    const page = await today(house, await signedIn(house.server, house.server.login));
    assert.match(page, /transfert sans réponse/);
  });

  test('an emergency waits before everything else, without its words', async (t) => {
    const house = await openHouse(t, kind);
    const call = new Call(house.server);
    assert.match(await call.say('mon mari ne respire plus'), /^Raccrochez et appelez/);
    const page = await today(house, await signedIn(house.server, house.server.login));
    assert.match(page, /Urgence reconnue/);
    assert.doesNotMatch(page, /respire/);
  });
});
