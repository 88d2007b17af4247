// Calls by way of the telephone company: a number is got, called, answered; the
// agent breaks off, and nobody is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, onEveryDatabase, openHouse, practice } from '../lib/house.mjs';

const ROUTED = '+33199001122';
const COLLEAGUE = '+33199004567';

/** Where the simulated providers of a house are. */
async function company(open) {
  const found = await eventually('the simulators say where they are', async () => {
    const [row] = await open.db.sql('SELECT base_url FROM simulators');
    return row?.base_url;
  });
  return found.replace(/\/$/, '');
}

async function post(url, body, headers = {}) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : null };
}

/** A practice whose own number was bought by the API. */
async function provisioned(t, kind, more = '') {
  const open = await openHouse(t, kind);
  open.tenant = await open.apply(practice('Cabinet des Lilas', ROUTED, more));
  open.company = await company(open);
  const token = await open.token(open.tenant, 'write');
  const wanted = { agent_name: 'Accueil', language: 'fr', area_code: '01', country: 'FR' };
  const made = await post(`${open.server.home}/api/agents`, wanted, { authorization: `Bearer ${token}` });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  open.number = made.body.phone_number;
  open.ring = async (says, script = {}) => {
    const placed = await post(`${open.company}/_sim/calls`, { to: open.number, from: '+33639981234', says, ...script });
    assert.equal(placed.status, 200, JSON.stringify(placed.body));
    return placed.body;
  };
  open.breaks = (on) => post(`${open.company}/_sim/troubles`, { do: 'error', status: 503, on });
  return open;
}

const heard = (call) => call.lines.filter(({ what }) => what === 'heard').map(({ text }) => text);
const log = async (open) =>
  open.db.sql(
    'SELECT call_sid, call_status, duration_seconds, ended_at, forwarded_from, to_number, outcome, ended_reason, ticket_created FROM call_logs',
  );

onEveryDatabase('a call by way of the telephone company', (kind) => {
  test('a number is bought, called, and answered by its agent: one call, complete', async (t) => {
    const open = await provisioned(t, kind);
    const call = await open.ring(['Quels sont vos horaires ?', 'Merci, au revoir'], { forwarded_from: COLLEAGUE });
    assert.deepEqual(call.lines[0], { what: 'agent', provider: 'vapi' });
    assert.match(heard(call)[0], /Cabinet des Lilas, bonjour\. Je suis un assistant vocal automatique/);
    assert.equal(call.lines.filter(({ what }) => what === 'failed').length, 0, JSON.stringify(call.lines));
    assert.doesNotMatch(heard(call).join(' '), /désolé/);
    const rows = await log(open);
    assert.equal(rows.length, 1, JSON.stringify(rows));
    assert.equal(rows[0].call_sid, call.call);
    assert.equal(rows[0].call_status, 'completed');
    assert.equal(rows[0].duration_seconds, call.seconds);
    assert.equal(rows[0].to_number, open.number);
    assert.equal(rows[0].forwarded_from, COLLEAGUE);
    assert.equal(rows[0].outcome, 'question_answered');
    assert.ok(rows[0].ended_at);
    assert.equal(await open.count('ivr_events', "event = 'call_started'"), 1);
    assert.equal(await open.count('tickets'), 0);
  });

  test('the agent does not answer: an apology, a message, a callback, and the call is complete', async (t) => {
    const open = await provisioned(t, kind);
    await open.breaks('POST /call');
    const call = await open.ring(['C’est pour décaler mon rendez-vous de jeudi', 'Camille Lefèvre', 'oui', 'non merci, au revoir']);
    const words = heard(call).join('\n');
    assert.match(words, /Je suis désolé, nous avons un souci technique/);
    assert.match(words, /rappel est bien transmise/);
    const [row] = await open.db.sql('SELECT category, cause, customer_name, customer_phone, description FROM tickets');
    assert.deepEqual(
      [row.category, row.cause, row.customer_name, row.customer_phone],
      ['callback', 'agent_failed', 'Camille Lefèvre', '+33639981234'],
    );
    assert.match(row.description, /jeudi/);
    const rows = await log(open);
    assert.equal(rows.length, 1);
    assert.deepEqual([rows[0].call_status, rows[0].outcome, rows[0].ticket_created], ['completed', 'message_taken', 1]);
    assert.equal(rows[0].duration_seconds, call.seconds);
  });

  test('the agent is gone and the caller hangs up: a callback waits all the same', async (t) => {
    const open = await provisioned(t, kind);
    await open.db.sql("UPDATE agents SET provider_agent_id = 'gone'");
    const call = await open.ring([]);
    assert.match(heard(call)[0], /souci technique/);
    assert.equal(await open.count('tickets', "cause = 'agent_failed' AND status = 'open'"), 1);
    const rows = await log(open);
    assert.deepEqual([rows.length, rows[0].call_status], [1, 'completed']);
  });

  test('an agent at ElevenLabs takes the call, and its report completes it', async (t) => {
    const open = await provisioned(t, kind);
    const brain = { url: `${open.server.home}/api/vapi`, model_id: 'receptionist-fr' };
    const agent = { first_message: 'Cabinet des Lilas, bonjour. Je suis un assistant vocal automatique.', prompt: { llm: 'custom-llm', custom_llm: brain } };
    const made = await post(`${open.company}/v1/convai/agents/create`, { name: 'Accueil', conversation_config: { agent } }, { 'xi-api-key': 'simulated-elevenlabs-key' });
    assert.equal(made.status, 200, JSON.stringify(made.body));
    await open.db.sql(`UPDATE agents SET provider = 'elevenlabs', provider_agent_id = '${made.body.agent_id}'`);
    await post(`${open.company}/_sim/reports`, { url: `${open.server.home}/api/webhooks/elevenlabs` });
    const plain = await open.ring(['Quels sont vos horaires ?']);
    assert.deepEqual(plain.lines[0], { what: 'agent', provider: 'elevenlabs' });
    const [first] = await log(open);
    assert.deepEqual([first.call_sid, first.call_status], [plain.call, 'completed']);
    assert.match(first.ended_reason, /remote party/);
    assert.equal(await open.count('call_logs'), 1);
  });

  test('reports that come twice, late or in the wrong order change nothing', async (t) => {
    const open = await provisioned(t, kind);
    for (const reports of ['twice', 'out-of-order', 'late']) {
      const call = await open.ring(['Merci, au revoir'], { reports });
      const ended = await eventually(`the end of the call (${reports})`, async () => {
        const rows = await open.db.sql(`SELECT call_status, duration_seconds, ended_at FROM call_logs WHERE call_sid = '${call.call}'`);
        assert.equal(rows.length, 1);
        return rows[0].ended_at && rows[0];
      });
      assert.deepEqual([ended.call_status, ended.duration_seconds], ['completed', call.seconds], reports);
    }
    assert.equal(await open.count('ivr_events', "event = 'call_started'"), 3);
  });

  test('without an agent the human is rung; nobody picks up, a callback waits', async (t) => {
    const open = await openHouse(t, kind);
    const transfer = `[transfer]\nnumber = "${COLLEAGUE}"`;
    await open.apply(practice('Cabinet des Lilas', ROUTED, transfer));
    const script = ['call', '--phone', '--to', ROUTED];
    const missed = await open.uwi(script, { input: 'oui\nC’est pour une ordonnance\n' });
    assert.equal(missed.code, 0, missed.stderr);
    assert.match(missed.stdout, /rings \+33199004567: no-answer/);
    assert.match(missed.stdout, /Personne n'a pu répondre/);
    assert.equal(await open.count('tickets', "cause = 'transfer_failed'"), 1);
    const answered = await open.uwi([...script, '--picked-up'], { input: '' });
    assert.match(answered.stdout, /rings \+33199004567: completed/);
    assert.equal(await open.count('tickets'), 1);
    const rows = await log(open);
    assert.deepEqual(rows.map((row) => row.call_status), ['completed', 'completed']);
  });
});
