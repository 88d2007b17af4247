// On the open internet: who is let in, and what never stays behind.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { Call, bookSomething } from '../lib/call.mjs';
import { eventually, fixture, onEveryDatabase, openHouse } from '../lib/house.mjs';

const SECRET = 'whsec-system-0123456789abcdef';
const NEXT = 'whsec-system-next-0123456789';
const outside = { WEBHOOK_BASE_URL: 'https://voice.example.fr', UWI_CLOCK: undefined, STAFF_EMAILS: '' };
const guarded = { ...outside, VAPI_WEBHOOK_SECRET: `${SECRET},${NEXT}` };

const hooks = ['/api/vapi/chat/completions', '/api/vapi/webhook', '/api/vapi/tool'];

const send = async (server, path, headers = {}, body = '{"message":{"type":"hang","call":{"id":"public-1"}},"messages":[]}') => {
  const answer = await fetch(`${server.home}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await answer.text();
  return { status: answer.status, text };
};

const code = ({ text }) => JSON.parse(text).error?.code;

onEveryDatabase('in public', (kind) => {
  test('without a secret nobody is taken for Vapi', async (t) => {
    const { server } = await openHouse(t, kind, outside);
    for (const path of hooks) {
      const answer = await send(server, path, { 'x-vapi-secret': '' });
      assert.equal(answer.status, 503, path);
      assert.equal(code(answer), 'VAPI_NOT_CONFIGURED');
    }
    assert.equal(server.login, undefined, 'no link that signs in is printed in public');
  });

  test('what everybody can read of the simulators opens nothing', async (t) => {
    const house = await openHouse(t, kind, { ...outside, UWI_SIMULATORS: 'on' });
    const sid = 'SM00000000000000000000000000000002';
    const fields = { Body: 'STOP', From: '+33639981234', MessageSid: sid, To: '+33939240575' };
    const written = Object.entries(fields).flat().join('');
    for (const path of ['/api/webhooks/sms/incoming', '/api/webhooks/sms/status', '/api/webhooks/call/incoming']) {
      const signature = createHmac('sha1', 'simulated-twilio-token').update(`${outside.WEBHOOK_BASE_URL}${path}${written}`).digest('base64');
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature };
      const answer = await send(house.server, path, headers, new URLSearchParams(fields).toString());
      assert.deepEqual([answer.status, code(answer)], [503, 'TWILIO_NOT_CONFIGURED'], path);
    }
    const answer = await send(house.server, '/api/webhooks/whatsapp', {}, '{}');
    assert.deepEqual([answer.status, code(answer)], [503, 'WHATSAPP_NOT_CONFIGURED']);
    assert.equal(await house.count('hooks', "provider IN ('twilio', 'whatsapp')"), 0);
    assert.equal(await house.count('stop_list'), 0);
  });

  test('a proxy in front makes a private house public', async (t) => {
    const { server } = await openHouse(t, kind);
    const forwarded = [{ forwarded: 'for=203.0.113.9' }, { 'x-forwarded-for': '203.0.113.9' }, { 'x-forwarded-proto': 'https' }, { 'x-forwarded-host': 'localhost' }];
    for (const headers of forwarded) {
      const answer = await send(server, '/api/vapi/webhook', headers);
      assert.equal(answer.status, 503, JSON.stringify(headers));
      assert.equal(code(answer), 'VAPI_NOT_CONFIGURED');
    }
    assert.equal((await send(server, '/api/vapi/webhook')).status, 200);
  });

  test('a wrong secret is refused, and changes nothing', async (t) => {
    const house = await openHouse(t, kind, guarded);
    const wrong = [
      {}, { 'x-vapi-secret': 'wrong' }, { 'x-vapi-secret': SECRET.slice(0, -1) }, { 'x-vapi-secret': `${SECRET}x` },
      { authorization: 'Bearer wrong' }, { authorization: 'Basic d2g6d2g=' }, { 'x-vapi-secret': `${SECRET},${NEXT}` },
      { 'x-signature': 'sha256=00', 'x-timestamp': String(Date.now()) },
    ];
    for (const path of hooks) {
      for (const headers of wrong) assert.equal((await send(house.server, path, headers)).status, 401, `${path} ${JSON.stringify(headers)}`);
    }
    const call = new Call(house.server, { headers: { 'x-vapi-secret': 'wrong' } });
    await call.begin();
    assert.equal((await call.ask([{ role: 'user', content: 'Bonjour, un rendez-vous' }])).status, 401);
    assert.equal(await house.count('hooks', "provider = 'vapi'"), 0);
    for (const table of ['call_logs', 'conversations', 'call_turns']) assert.equal(await house.count(table), 0, table);
  });

  test('the secret, a bearer token or a signature lets in', async (t) => {
    const { server } = await openHouse(t, kind, guarded);
    const body = JSON.stringify({ message: { type: 'hang', call: { id: 'public-2' } }, messages: [{ role: 'user', content: 'Bonjour' }], call: { id: 'public-2' } });
    const stamp = String(Date.now());
    const sign = (algorithm, secret, text) => createHmac(algorithm, secret).update(text).digest('hex');
    const right = [
      { 'x-vapi-secret': SECRET }, { 'x-vapi-secret': NEXT }, { authorization: `Bearer ${SECRET}` }, { authorization: `bearer ${NEXT}` },
      { 'x-signature': sign('sha256', SECRET, `${stamp}.${body}`), 'x-timestamp': stamp },
      { 'x-vapi-signature': `sha256=${sign('sha256', NEXT, body)}` },
    ];
    for (const path of hooks) {
      for (const headers of right) assert.equal((await send(server, path, headers, body)).status, 200, `${path} ${JSON.stringify(headers)}`);
    }
    const old = String(Date.now() - 3_600_000);
    const replayed = { 'x-signature': sign('sha256', SECRET, `${old}.${body}`), 'x-timestamp': old };
    assert.equal((await send(server, hooks[1], replayed, body)).status, 401);
    const signedElsewhere = { 'x-signature': sign('sha256', SECRET, `${stamp}.${body}`), 'x-timestamp': stamp };
    assert.equal((await send(server, hooks[1], signedElsewhere, `${body} `)).status, 401);
  });

  test('no secret of anybody stays in the database or in the log', async (t) => {
    const house = await openHouse(t, kind, { ...guarded, UWI_LOG: 'json', VAPI_API_KEY: 'vapi-key-5f1d', ENCRYPTION_KEY: 'encrypt-0123456789-0123456789-01234' });
    const secrets = { twilioAuthToken: 'twilio-token-a1b2c3', apiKey: 'openai-key-d4e5f6', 'x-api-key': 'header-key-0a9b8c', credentials: [{ token: 'cred-token-7d6e5f' }] };
    const headers = { 'x-vapi-secret': SECRET };
    const call = new Call(house.server, { headers });
    call.phoneNumber = { ...call.phoneNumber, ...secrets };
    call.call.phoneNumber = call.phoneNumber;
    call.call.assistant = { model: { ...secrets, headers: { authorization: 'Bearer bearer-token-1c2d' } }, server: { secret: 'server-secret-3e4f', headers: secrets } };
    await call.begin();
    await bookSomething(call);
    const names = ['status-update.ringing.json', 'assistant-request.json', 'assistant.started.json', 'end-of-call-report.customer-ended-call.json', 'tool-calls.single.json', 'conversation-update.json'];
    for (const name of names) {
      const payload = await fixture(name);
      Object.assign(payload.message, { phoneNumber: { ...payload.message.phoneNumber, ...secrets }, secrets, assistant: { ...payload.message.assistant, ...secrets } });
      if (payload.message.call) payload.message.call.phoneNumber = { ...payload.message.call.phoneNumber, ...secrets };
      const { status } = await send(house.server, '/api/vapi/webhook', headers, JSON.stringify(payload));
      assert.equal(status, 200, name);
    }
    // Kept aside because it cannot be read as anything known.
    await send(house.server, '/api/vapi/webhook', headers, JSON.stringify({ message: { type: 'brand-new', call: 7, ...secrets, text: SECRET } }));
    await send(house.server, '/api/vapi/webhook', headers, JSON.stringify({ ...secrets, message: 'none' }));
    await send(house.server, '/api/vapi/webhook', headers, `{"twilioAuthToken":"twilio-token-a1b2c3", broken`);
    await call.end();
    const kept = { database: await house.db.dump(), log: house.server.log() };
    const forbidden = [SECRET, NEXT, 'twilio-token-a1b2c3', 'openai-key-d4e5f6', 'header-key-0a9b8c', 'cred-token-7d6e5f', 'bearer-token-1c2d', 'server-secret-3e4f', 'vapi-key-5f1d', 'encrypt-0123456789'];
    for (const [place, text] of Object.entries(kept)) {
      assert.ok(text.length > 300, `${place}: ${text}`);
      for (const secret of forbidden) assert.ok(!text.includes(secret), `${secret} in the ${place}`);
    }
    assert.equal(await house.count('rendez_vous'), 1);
  });

  test('the clock of the business is not set from outside', async (t) => {
    const house = await openHouse(t, kind, { ...guarded, UWI_CLOCK: '2030-12-24T09:00:00+01:00' });
    await eventually('it says so', () => /UWI_CLOCK/.test(house.server.log()));
    const call = new Call(house.server, { headers: { 'x-vapi-secret': SECRET } });
    await call.begin();
    const [{ started_at: started }] = await house.db.sql('SELECT started_at FROM call_logs');
    assert.ok(Math.abs(Number(started) - Date.now()) < 60_000);
  });
});
