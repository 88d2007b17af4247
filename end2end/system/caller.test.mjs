// Who calls: from whichever webhook, in whatever order, never told to anybody.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Call } from '../lib/call.mjs';
import { onEveryDatabase, openHouse, practice } from '../lib/house.mjs';

const CALLER = '+33639981234';
const OTHER = '+33639985678';
const NUMBER = '+33199001122';

const storedCaller = async (house, call) =>
  (await house.db.sql(`SELECT from_number FROM call_logs WHERE call_sid = '${call.call.id}'`)).map((row) => row.from_number);

const lines = (house, code, call) =>
  house.server.log().split('\n').filter((line) => line.includes(code) && line.includes(call.call.id));

/** A call whose turns do not say who calls; its webhooks do. */
function mute(house, options = {}) {
  const call = new Call(house.server, { to: NUMBER, ...options });
  const customer = call.call.customer;
  delete call.call.customer;
  const hook = call.hook.bind(call);
  call.hook = (type, fields = {}) => {
    const told = { ...call.call, ...(fields.nested === false ? {} : { customer }) };
    return hook(type, { call: told, ...(fields.beside ? { customer } : {}), ...fields.fields });
  };
  return call;
}

/** Leads a call to its question for a number; gives that question. */
async function contactQuestion(call) {
  await call.say('Bonjour, je voudrais prendre un rendez-vous');
  await call.say('Camille Lefèvre, le plus tôt possible');
  return call.say('le premier');
}

const hooks = [
  ['status-update', { fields: { status: 'in-progress' } }],
  ['status-update', { nested: false, beside: true, fields: { status: 'in-progress' } }],
  ['assistant.started', {}],
  ['assistant-request', {}],
  ['status_update', { fields: { status: 'in-progress' } }],
];

async function house(t, kind) {
  const open = await openHouse(t, kind, { UWI_LOG: 'json' });
  await open.apply(practice('Cabinet des Lilas', NUMBER));
  return open;
}

onEveryDatabase("the caller's number", (kind) => {
  test('is taken from each webhook that carries it, before the first turn or after it', async (t) => {
    const open = await house(t, kind);
    for (const [type, shape] of hooks) {
      for (const first of [true, false]) {
        const call = mute(open);
        if (!first) await call.say('Bonjour');
        assert.equal((await call.hook(type, shape)).status, 200);
        assert.deepEqual(await storedCaller(open, call), [CALLER], `${type} ${first}`);
        const persisted = lines(open, 'CALLER_ID_PERSISTED', call);
        assert.equal(persisted.length, 1, `${type} ${first}: ${persisted}`);
        assert.match(persisted[0], /\+33XXXXXX34/);
        assert.equal(JSON.parse(persisted[0]).msg_type.replace('_', '-'), type.replace('_', '-'));
        const question = await contactQuestion(call);
        assert.equal(question.includes('se termine par 34'), true, `${type} ${first}: ${question}`);
        assert.equal(lines(open, 'CALLER_ID_FOUND', call).length, 1);
      }
    }
  });

  test('is filled once: neither repeated nor replaced', async (t) => {
    const open = await house(t, kind);
    const call = mute(open);
    for (let time = 0; time < 3; time += 1) await call.hook('status-update', { fields: { status: 'in-progress' } });
    await Promise.all(hooks.map(([type, shape]) => call.hook(type, shape)));
    const liar = new Call(open.server, { id: call.call.id, to: NUMBER, from: OTHER });
    await liar.begin();
    await liar.hook('assistant.started');
    assert.deepEqual(await storedCaller(open, call), [CALLER]);
    assert.equal(lines(open, 'CALLER_ID_PERSISTED', call).length, 1);
    assert.match(await contactQuestion(call), /se termine par 34/);
    await liar.end();
    assert.deepEqual(await storedCaller(open, call), [CALLER]);
    assert.equal(await open.count('call_logs'), 1);
    assert.equal(await open.count('ivr_events', "event = 'call_started'"), 1);
  });

  test('comes with the turn itself too', async (t) => {
    const open = await house(t, kind);
    const call = new Call(open.server, { to: NUMBER });
    assert.match(await contactQuestion(call), /se termine par 34/);
    assert.deepEqual(await storedCaller(open, call), [CALLER]);
  });

  test('that arrives in the middle of the call is used from the next turn on', async (t) => {
    const open = await house(t, kind);
    const call = mute(open);
    await call.say('Bonjour, je voudrais prendre un rendez-vous');
    await call.say('Camille Lefèvre, le plus tôt possible');
    await call.hook('assistant.started');
    assert.match(await call.say('le premier'), /se termine par 34/);
  });

  test('that is hidden is asked for', async (t) => {
    const open = await house(t, kind);
    for (const from of [null, '', 'anonymous', 'Anonymous', 'unavailable', 'restricted', 'unknown', '+266696687', '0639', '+3312', 'sip:anonymous@anonymous.invalid', NUMBER]) {
      const call = new Call(open.server, { to: NUMBER, from });
      await call.begin();
      const question = await contactQuestion(call);
      assert.match(question, /Je n'ai pas votre numéro qui s'affiche\. Pouvez-vous me le donner \?/, `${from}: ${question}`);
      assert.deepEqual(await storedCaller(open, call), [null], `${from}`);
      assert.equal(lines(open, 'CALLER_ID_PERSISTED', call).length, 0);
      assert.equal(lines(open, 'CALLER_ID_NOT_FOUND', call).length, 1);
      const said = [await call.say('06 39 98 56 78')];
      if (!/confirmé/i.test(said.at(-1))) said.push(await call.say('oui'));
      assert.match(said.at(-1), /confirmé/i, said.join('\n'));
    }
    assert.equal(await open.count('rendez_vous', `customer_phone = '${OTHER}'`), 12);
  });

  test('of another country is as good', async (t) => {
    const open = await house(t, kind);
    for (const [from, last] of [['+14155550123', '23'], ['+442079460958', '58']]) {
      const call = new Call(open.server, { to: NUMBER, from });
      await call.begin();
      assert.match(await contactQuestion(call), new RegExp(`se termine par ${last}`));
      const [line] = lines(open, 'CALLER_ID_PERSISTED', call);
      assert.match(line, new RegExp(`\\+\\d{1,2}XXXXXX${last}`));
      assert.ok(!line.includes(from));
    }
  });

  test('that is not theirs is replaced by what they say', async (t) => {
    const open = await house(t, kind);
    const call = new Call(open.server, { to: NUMBER });
    assert.match(await contactQuestion(call), /J'ai un numéro qui se termine par 34\. C'est bien le vôtre \? Dites oui ou non\./);
    assert.match(await call.say('non'), /Pas de souci\. Quel est le meilleur numéro pour vous joindre \?/);
    const said = [await call.say('zéro six trente-neuf quatre-vingt-dix-huit cinquante-six soixante-dix-huit')];
    if (!/confirmé/i.test(said.at(-1))) said.push(await call.say('oui'));
    assert.match(said.at(-1), /confirmé/i, said.join('\n'));
    assert.equal(await open.count('rendez_vous', `customer_phone = '${OTHER}'`), 1);
    assert.deepEqual(await storedCaller(open, call), [CALLER]);
  });

  test('that is theirs is noted as the seed words it', async (t) => {
    const open = await house(t, kind);
    const call = new Call(open.server, { to: NUMBER });
    await contactQuestion(call);
    assert.match(await call.say('oui'), /Parfait, c'est noté\./);
    assert.equal(await open.count('rendez_vous', `customer_phone = '${CALLER}'`), 1);
    const [line] = lines(open, 'CALLER_ID_FOUND', call);
    for (const field of ['last2', 'next', 'context', 'CONTACT_CONFIRM']) assert.ok(line.includes(field), line);
  });
});
