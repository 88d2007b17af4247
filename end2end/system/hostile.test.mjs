// Bad input: a stable answer, never a 5xx, never half a row.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Call, bookSomething } from '../lib/call.mjs';
import { onEveryDatabase, openHouse } from '../lib/house.mjs';
import { mutant, randomFrom } from '../lib/mutate.mjs';

const CHAT = '/api/vapi/chat/completions';
const HOOK = '/api/vapi/webhook';
const TOOL = '/api/vapi/tool';
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const MUTANTS = Number(process.env.UWI_MUTANTS ?? 400);

const post = async (server, path, body, headers = { 'content-type': 'application/json' }) => {
  const answer = await fetch(`${server.home}${path}`, { method: 'POST', headers, body });
  return { status: answer.status, text: await answer.text() };
};

/** The server is well and nothing of the bad input has been kept. */
async function unharmed(house, context) {
  await bookSomething(new Call(house.server));
  const orphans = [
    'SELECT call_id FROM call_turns WHERE call_id NOT IN (SELECT call_id FROM conversations)',
    'SELECT call_id FROM ivr_events WHERE call_id NOT IN (SELECT call_sid FROM call_logs)',
    'SELECT call_id FROM conversations WHERE call_id NOT IN (SELECT call_id FROM call_directory)',
    'SELECT call_sid FROM call_logs WHERE call_sid NOT IN (SELECT call_id FROM call_directory)',
    'SELECT id FROM rendez_vous WHERE call_id IS NOT NULL AND call_id NOT IN (SELECT call_sid FROM call_logs)',
    "SELECT id FROM rendez_vous WHERE status = 'confirmed' AND id NOT IN (SELECT appointment_id FROM appointment_claims)",
  ];
  for (const query of orphans) assert.deepEqual(await house.db.sql(query), [], `${context}: ${query}`);
  assert.doesNotMatch(house.server.log(), /PANIC|panicked/, context);
}

const history = (...texts) => texts.map((content) => ({ role: 'user', content }));
const turn = (id, messages, more = {}) => JSON.stringify({ model: 'm', stream: true, messages, call: { id }, phoneNumber: { number: '+33939240575' }, ...more });

onEveryDatabase('bad input', (kind) => {
  test('what is no JSON is a stable refusal', async (t) => {
    const house = await openHouse(t, kind);
    const bodies = ['', ' ', '{', 'null', '[]', '"text"', '7', 'NaN', '{"messages":', '{"a":1}{"b":2}', '<xml/>', '\u0000', '{"message":null}', Buffer.from([0xff, 0xfe, 0x00]), Buffer.from('{"messages":[{"role":"user","content":"\xe9t\xe9"}],"call":{"id":"latin"}}', 'latin1')];
    for (const path of [CHAT, HOOK, TOOL]) {
      for (const body of bodies) {
        const { status, text } = await post(house.server, path, body);
        assert.ok(status === 200 || status === 400 || status === 422, `${path} ${String(body)}: ${status}`);
        if (status !== 200) assert.match(JSON.parse(text).error.code, /^[A-Z_]+$/);
      }
    }
    for (const table of ['call_logs', 'call_turns', 'conversations', 'ivr_events']) assert.equal(await house.count(table), 0, table);
    await unharmed(house, 'no JSON');
  });

  test('what is too large is refused with 413, what is just not is read', async (t) => {
    const house = await openHouse(t, kind);
    const large = turn('large', history('a'.repeat(9 * 1024 * 1024)));
    for (const path of [CHAT, HOOK, TOOL]) {
      const answer = await post(house.server, path, large).catch((error) => ({ status: `closed: ${error.cause?.code}` }));
      assert.equal(answer.status, 413, path);
    }
    const chunked = await fetch(`${house.server.home}${HOOK}`, {
      method: 'POST',
      duplex: 'half',
      body: new ReadableStream({
        pull(stream) {
          this.sent = (this.sent ?? 0) + 1;
          if (this.sent > 9) stream.close();
          else stream.enqueue(new Uint8Array(1024 * 1024).fill(32));
        },
      }),
    }).catch((error) => ({ status: error.cause?.code }));
    assert.ok([413, 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(chunked.status), String(chunked.status));
    const fits = await post(house.server, CHAT, turn('fits', history(`Bonjour ${'euh '.repeat(1_500_000)}`)));
    assert.equal(fits.status, 200);
    await unharmed(house, 'large');
  });

  test('wrong types where texts, numbers and lists are expected are lived with', async (t) => {
    const house = await openHouse(t, kind);
    const odd = [null, true, 0, -1, 1e308, 9007199254740993, '', 'texte', [], {}, [[]], { id: {} }, [null]];
    for (const [index, value] of odd.entries()) {
      const bodies = [
        { messages: value, call: { id: `odd-${index}` } },
        { messages: [value], call: { id: `odd-m-${index}` } },
        { messages: [{ role: value, content: value }], call: { id: `odd-c-${index}` } },
        { messages: history('Bonjour'), call: value },
        { messages: history('Bonjour'), call: { id: value } },
        { messages: history('Bonjour'), call: { id: `odd-p-${index}`, customer: value }, phoneNumber: value, customer: value },
        { messages: history('Bonjour'), call: { id: `odd-t-${index}` }, tools: value, stream: value, model: value, temperature: value },
      ];
      for (const body of bodies) {
        const answer = await post(house.server, CHAT, JSON.stringify(body));
        assert.ok(answer.status < 500, `${JSON.stringify(body)}: ${answer.status} ${answer.text}`);
      }
      const hooks = [
        { message: value },
        { message: { type: value, call: { id: `odd-h-${index}` } } },
        { message: { type: 'status-update', status: value, call: value, phoneNumber: value, customer: value, timestamp: value } },
        { message: { type: 'status-update', status: 'in-progress', call: { id: `odd-s-${index}`, customer: { number: value } }, phoneNumber: { number: value } } },
        { message: { type: 'end-of-call-report', call: { id: `odd-e-${index}` }, phoneNumber: { number: '+33939240575' }, endedReason: value, cost: value, durationSeconds: value, startedAt: value, endedAt: value, artifact: value, analysis: value } },
        { message: { type: 'tool-calls', call: { id: `odd-l-${index}` }, phoneNumber: { number: '+33939240575' }, toolCallList: value, toolCalls: value, toolWithToolCallList: value } },
        { message: { type: 'tool-calls', call: { id: `odd-a-${index}` }, phoneNumber: { number: '+33939240575' }, toolCallList: [{ id: 'x', function: { name: 'book', arguments: value } }, value] } },
        { message: { type: 'transfer-destination-request', call: value, phoneNumber: value } },
      ];
      for (const body of hooks) {
        for (const path of [HOOK, TOOL]) {
          const answer = await post(house.server, path, JSON.stringify(body));
          assert.ok(answer.status < 500, `${JSON.stringify(body)}: ${answer.status} ${answer.text}`);
        }
      }
    }
    await unharmed(house, 'odd types');
  });

  test('unknown messages get the empty answer', async (t) => {
    const house = await openHouse(t, kind);
    for (const type of ['brand-new', 'x'.repeat(10_000), 'status-update\u0000', 'é', '../..', "'; DROP TABLE call_logs; --"]) {
      const { status, text } = await post(house.server, HOOK, JSON.stringify({ message: { type, call: { id: 'unknown-type' } } }));
      assert.equal(status, 200, type);
      assert.deepEqual(JSON.parse(text), {});
    }
    assert.equal(await house.count('call_logs'), 0);
    await unharmed(house, 'unknown');
  });

  test('deep nesting, endless histories and long words are bounded', async (t) => {
    const house = await openHouse(t, kind);
    const deep = `${'{"message":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    const array = `{"messages":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    for (const path of [CHAT, HOOK]) {
      for (const body of [deep, array]) assert.ok((await post(house.server, path, body)).status < 500, path);
    }
    const endless = Array.from({ length: 60_000 }, (_, index) => ({ role: index % 2 ? 'assistant' : 'user', content: `mot ${index}` }));
    const began = Date.now();
    assert.equal((await post(house.server, CHAT, turn('endless', endless))).status, 200);
    for (const text of ['a'.repeat(1_000_000), 'zéro '.repeat(100_000), '0'.repeat(500_000), 'lundi mardi '.repeat(50_000), '😀'.repeat(100_000), 'é́'.repeat(100_000), '\u202e'.repeat(1000), 'demain à 99999999999999999999 heures', "dans 99999999999 ans", 'le 31 février 99999']) {
      assert.equal((await post(house.server, CHAT, turn(`long-${text.length}`, history(text)))).status, 200);
    }
    assert.ok(Date.now() - began < 20_000, `bounded work, not ${Date.now() - began} ms`);
    await unharmed(house, 'bounds');
  });

  test('null characters and half characters are heard, not choked on', async (t) => {
    const house = await openHouse(t, kind);
    const nasty = ['\u0000', 'Bonjour\u0000', '\u0000je voudrais\u0000un rendez-vous', '\ufffe\uffff', '\u001b[31m', '\r\n\r\n'];
    for (const [index, text] of nasty.entries()) {
      const call = new Call(house.server, { id: `null-${index}` });
      assert.ok((await call.say(text)).length > 0);
      await call.say('Je voudrais un rendez-vous le plus tôt possible');
      await call.say(`Camille\u0000 Lefèvre`);
      await call.say('le premier');
      await call.say('oui');
      assert.equal((await call.end()).status, 200);
      assert.equal(await house.count('call_turns', `call_id = 'null-${index}'`), 5);
    }
    const raw = '{"messages":[{"role":"user","content":"Bonjour \\ud800 \\u0000"}],"call":{"id":"half"},"phoneNumber":{"number":"+33939240575"}}';
    assert.ok((await post(house.server, CHAT, raw)).status < 500);
    const places = (value) => ({
      message: {
        type: 'end-of-call-report', endedReason: value, call: { id: 'null-end', customer: { number: value } }, phoneNumber: { number: '+33939240575' }, customer: { number: value, name: value },
        artifact: { transcript: value, recordingUrl: `https://x/${value}` }, analysis: { summary: value }, durationSeconds: value,
      },
    });
    assert.equal((await post(house.server, HOOK, JSON.stringify(places('a\u0000b')))).status, 200);
    const identifiers = ['\u0000', 'a\u0000b', 'x'.repeat(100_000), '../../etc', "' OR 1=1 --", 'é'.repeat(500)];
    for (const id of identifiers) {
      assert.ok((await post(house.server, CHAT, turn(id, history('Bonjour')))).status < 500);
      assert.equal((await post(house.server, HOOK, JSON.stringify({ message: { type: 'status-update', status: 'in-progress', call: { id }, phoneNumber: { number: '+33939240575' } } }))).status, 200);
    }
    const tool = (args) => JSON.stringify({ message: { type: 'tool-calls', call: { id: 'null-tool' }, phoneNumber: { number: '+33939240575' }, toolCallList: [{ id: 'a\u0000', function: { name: 'take_message', arguments: args } }] } });
    for (const args of [{ message: 'a\u0000b', name: '\u0000', phone: '\u0000' }, '{"message":"a\\u0000b"}', '\u0000']) {
      assert.equal((await post(house.server, TOOL, tool(args))).status, 200);
    }
    assert.doesNotMatch(house.server.log(), /could not be stored/, 'Postgres holds no NUL: it must not get one');
    await unharmed(house, 'null');
  });

  test('the API and the pages refuse in their own way', async (t) => {
    const house = await openHouse(t, kind);
    const token = await house.token(1, 'read,write');
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const appointments = [
      '{', '[]', '{}', '{"name":7}', '{"name":"","start":"2026-11-24T10:00"}', '{"name":"Hugo Perrin","start":"hier"}',
      '{"name":"Hugo\\u0000","phone":"0639981234","start":"2026-11-24T10:00"}', '{"name":"Hugo Perrin","phone":"x","start":"2026-11-24T10:00"}',
      '{"name":"Hugo Perrin","phone":"0639981234","start":"99999-01-01T00:00"}', '{"name":"Hugo Perrin","phone":"0639981234","start":"2026-03-29T02:30"}',
      `{"name":"${'x'.repeat(100_000)}","phone":"0639981234","start":"2026-11-24T10:00"}`,
    ];
    for (const body of appointments) {
      const { status, text } = await post(house.server, '/api/v1/appointments', body, headers);
      assert.ok(status >= 400 && status < 500, `${body.slice(0, 80)}: ${status}`);
      assert.match(JSON.parse(text).error.code, /^[A-Z_]+$/);
    }
    assert.equal(await house.count('rendez_vous'), 0);
    const paths = ['/api/v1/snapshot?period=ever', '/api/v1/appointments?from=x&to=y', '/api/v1/appointments?from=0000-00-00', '/api/v1/calls/%00', '/api/v1/calls/..%2f..', '/api/v1/calls/nobody', '/api/v1/nothing', '/app/appels/%00', '/login/%00', '/%ff', '/api/v1/calls?limit=-1', '/api/v1/calls?limit=999999999999999999999', '/api/v1/calls?cursor=%00'];
    for (const path of paths) {
      const answer = await fetch(`${house.server.home}${path}`, { headers, redirect: 'manual' });
      assert.ok(answer.status < 500, `${path}: ${answer.status}`);
    }
    for (const [path, method] of [[CHAT, 'GET'], [HOOK, 'DELETE'], ['/api/v1/snapshot', 'POST']]) {
      assert.equal((await fetch(`${house.server.home}${path}`, { method, headers })).status, 405, path);
    }
    await unharmed(house, 'API');
  });

  test(`${MUTANTS} mutated fixtures harm nothing`, async (t) => {
    const house = await openHouse(t, kind);
    const folder = join(root, 'src', 'vendors', 'tests', 'fixtures', 'vapi');
    const files = [];
    for (const [under, path] of [['', HOOK], ['custom-llm', CHAT]]) {
      for (const name of (await readdir(join(folder, under))).filter((file) => file.endsWith('.json')).sort()) {
        files.push({ name, path, text: await readFile(join(folder, under, name), 'utf8') });
      }
    }
    const random = randomFrom(20261123);
    for (let round = 0; round < MUTANTS; round += 8) {
      const batch = Array.from({ length: 8 }, () => {
        const { name, path, text } = files[random(files.length)];
        return { name, path: path === HOOK && random(4) === 0 ? TOOL : path, body: mutant(text, random) };
      });
      const answers = await Promise.all(batch.map(({ path, body }) => post(house.server, path, body)));
      for (const [index, { status, text }] of answers.entries()) {
        assert.ok(status < 500, `${batch[index].name}: ${status} ${text}\n${batch[index].body}`);
        assert.ok(status < 300 || /"code"/.test(text), `${batch[index].name}: ${status} ${text}`);
      }
    }
    const faults = house.server.log().split('\n').filter((line) => /ERROR|could not be stored/.test(line));
    assert.deepEqual(faults, []);
    await unharmed(house, 'mutants');
  });
});
