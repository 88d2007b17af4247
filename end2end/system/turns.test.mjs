// One turn, one step: through power cuts, repeats, barge-ins and two instances.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Call, bookSomething } from '../lib/call.mjs';
import { onEveryDatabase, openHouse } from '../lib/house.mjs';

const turnsOf = (house, call) =>
  house.db.sql(`SELECT turn, revision, heard, said FROM call_turns WHERE call_id = '${call.call.id}' ORDER BY turn, revision`);

const user = (content) => ({ role: 'user', content });
const assistant = (content) => ({ role: 'assistant', content });

onEveryDatabase('turns', (kind) => {
  test('a call goes on after the process was killed in mid-sentence', async (t) => {
    const house = await openHouse(t, kind);
    const call = new Call(house.server);
    await call.begin();
    await call.say('Bonjour, je voudrais prendre un rendez-vous');
    const offered = await call.say('Camille Lefèvre, le plus tôt possible');
    // The next turn is on its way when the power goes.
    const chosen = [...call.messages, user('le premier')];
    const lost = call.ask(chosen).catch(() => null);
    await house.server.kill();
    await lost;
    call.server = await house.serve();
    const again = await call.ask(chosen);
    assert.equal(again.status, 200);
    assert.match(again.said, /se termine par 34/, `after « ${offered} »`);
    call.messages = [...chosen, assistant(again.said)];
    assert.match(await call.say('oui'), /confirmé/i);
    await call.end();
    assert.equal(await house.count('rendez_vous'), 1);
    assert.equal(await house.count('call_logs'), 1);
    assert.equal(await house.count('ivr_events', "event = 'booking_confirmed'"), 1);
    assert.equal(await house.count('ivr_events', "event = 'call_started'"), 1);
    const turns = await turnsOf(house, call);
    assert.deepEqual(turns.map(({ turn, revision }) => [turn, revision]), [[1, 0], [2, 0], [3, 0], [4, 0]]);
  });

  test('what was confirmed before a power cut is there after it', async (t) => {
    const house = await openHouse(t, kind);
    const call = new Call(house.server);
    await bookSomething(call);
    await house.server.kill();
    assert.equal(await house.count('rendez_vous', "status = 'confirmed'"), 1);
    call.server = await house.serve();
    const confirmed = call.messages.at(-1).content;
    const { said } = await call.ask(call.messages.slice(0, -1));
    assert.equal(said, confirmed);
    assert.equal(await house.count('rendez_vous'), 1);
  });

  test('twenty requests of one turn are one step with one answer', async (t) => {
    const house = await openHouse(t, kind);
    const call = new Call(house.server);
    const messages = [assistant('Bonjour.'), user('Je voudrais un rendez-vous')];
    const answers = await Promise.all(Array.from({ length: 20 }, () => call.ask(messages)));
    assert.equal(new Set(answers.map(({ said }) => said)).size, 1, JSON.stringify(answers));
    assert.equal((await turnsOf(house, call)).length, 1);
    assert.equal(await house.count('call_logs'), 1);
    assert.equal(await house.count('ivr_events', "event = 'call_started'"), 1);
  });

  test('the turn that books, sent twenty times at once, books once', async (t) => {
    const house = await openHouse(t, kind);
    const call = new Call(house.server);
    await call.say('Bonjour, je voudrais prendre un rendez-vous');
    await call.say('Camille Lefèvre, le plus tôt possible');
    await call.say('le premier');
    const last = [...call.messages, user('oui')];
    const answers = await Promise.all(Array.from({ length: 20 }, () => call.ask(last)));
    for (const { said } of answers) assert.match(said, /confirmé/i);
    assert.equal(new Set(answers.map(({ said }) => said)).size, 1);
    assert.equal(await house.count('rendez_vous'), 1);
    assert.equal(await house.count('ivr_events', "event = 'booking_confirmed'"), 1);
  });

  test('a barge-in is heard instead, from before the turn', async (t) => {
    const house = await openHouse(t, kind);
    const call = new Call(house.server);
    await call.say('Bonjour, je voudrais prendre un rendez-vous');
    const before = call.messages;
    await call.ask([...before, user('Camille')]);
    const longer = await call.ask([...before, user('Camille Lefèvre, le plus tôt possible')]);
    assert.match(longer.said, /\d h/, longer.said);
    const turns = await turnsOf(house, call);
    assert.deepEqual(turns.map(({ turn, revision }) => [turn, revision]), [[1, 0], [2, 0], [2, 1]]);
    // Sent again, the stored answer; the words that were overtaken have none of their own any more.
    const repeated = await call.ask([...before, user('Camille Lefèvre, le plus tôt possible')]);
    assert.equal(repeated.said, longer.said);
    assert.equal((await turnsOf(house, call)).length, 3);
  });

  test('a barge-in into the turn that booked does not book again', async (t) => {
    const house = await openHouse(t, kind);
    const call = new Call(house.server);
    await bookSomething(call);
    const history = call.messages.slice(0, -2);
    const answer = await call.ask([...history, user('oui oui, c’est ça, merci')]);
    assert.equal(answer.status, 200);
    assert.equal(await house.count('rendez_vous'), 1);
    assert.equal(await house.count('ivr_events', "event = 'booking_confirmed'"), 1);
  });

  test('an earlier turn gets the answer that it got', async (t) => {
    const house = await openHouse(t, kind);
    const call = new Call(house.server);
    const first = await call.say('Vous êtes ouverts le samedi ?');
    await call.say('Quelle est votre adresse ?');
    await call.say('Je voudrais un rendez-vous');
    const answer = await call.ask([assistant('Bonjour.'), user('Vous êtes ouverts le samedi ?')]);
    assert.equal(answer.said, first);
    const reworded = await call.ask([assistant('Bonjour.'), user('Vous êtes ouverts le dimanche ?')]);
    assert.equal(reworded.said, first);
    assert.equal((await turnsOf(house, call)).length, 3);
  });

  test('two instances on one database answer a turn once', async (t) => {
    const house = await openHouse(t, kind);
    const servers = [house.server, await house.serve()];
    const call = new Call(house.server);
    for (const text of ['Bonjour, je voudrais prendre un rendez-vous', 'Camille Lefèvre, le plus tôt possible', 'le premier', 'oui']) {
      const messages = [...call.messages, user(text)];
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) => {
          const here = new Call(servers[index % 2], { id: call.call.id });
          return here.ask(messages);
        }),
      );
      assert.equal(new Set(answers.map(({ said }) => said)).size, 1, answers.map(({ said }) => said).join('\n'));
      call.messages = [...messages, assistant(answers[0].said)];
    }
    assert.match(call.messages.at(-1).content, /confirmé/i);
    assert.equal((await turnsOf(house, call)).length, 4);
    assert.equal(await house.count('rendez_vous'), 1);
    assert.equal(await house.count('call_logs'), 1);
  });

  test('a call may change the instance at every turn', async (t) => {
    const house = await openHouse(t, kind);
    const servers = [house.server, await house.serve()];
    const call = new Call(house.server);
    const answers = [];
    for (const text of ['Bonjour, je voudrais prendre un rendez-vous', 'Camille Lefèvre, le plus tôt possible', 'le premier', 'oui']) {
      call.server = servers[answers.length % 2];
      answers.push(await call.say(text));
    }
    assert.match(answers.at(-1), /confirmé/i, answers.join('\n'));
    assert.equal(await house.count('rendez_vous'), 1);
  });

  test('a request without a call id is answered, stored nowhere, and seen', async (t) => {
    const house = await openHouse(t, kind);
    for (const id of [undefined, '', null]) {
      const call = new Call(house.server);
      call.call.id = id;
      assert.equal((await call.begin()).status, 200);
      const answer = await call.say('Bonjour, je voudrais un rendez-vous');
      assert.ok(answer.length > 10, answer);
      assert.doesNotMatch(answer, /confirmé/i);
      await call.end();
    }
    for (const table of ['call_logs', 'conversations', 'call_turns', 'ivr_events', 'call_directory']) {
      assert.equal(await house.count(table), 0, table);
    }
    const { checks } = JSON.parse((await house.uwi(['doctor', '--json'])).stdout);
    const told = checks.find(({ name, found }) => /call.?id/i.test(name + found));
    assert.notEqual(told?.level, 'ok', JSON.stringify(checks));
    const [{ n }] = await house.db.sql("SELECT sum(count) AS n FROM incidents WHERE kind = 'missing_call_id'");
    assert.ok(n >= 3);
  });
});
