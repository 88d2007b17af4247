// The qualification and the support agents: from the telephone's wire to rows and pages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Call } from '../lib/call.mjs';
import { onEveryDatabase, openHouse, practice } from '../lib/house.mjs';
import { signedIn } from '../lib/session.mjs';

const NUMBER = '+33199001122';

const QUESTIONS = `
[[question]]
id = "projet"
ask = "Souhaitez-vous acheter ou louer ?"
kind = "choice"
options = [{ label = "Acheter", points = 50 }, "Louer"]
field = "interest_type"
required = true
[[question]]
id = "budget"
ask = "Quel est votre budget ?"
kind = "amount"
field = "budget_max"
ranges = [{ from = 200000, points = 50 }]
[[member]]
email = "ines@example.fr"
role = "owner"
`;

const agency = () =>
  practice('Agence des Lices', NUMBER, QUESTIONS).replace(
    'agents = ["appointment"]',
    'agents = ["appointment", "qualification", "support"]',
  );

async function house(t, kind) {
  const open = await openHouse(t, kind);
  open.tenant = await open.apply(agency());
  return open;
}

async function talk(open, lines) {
  const call = new Call(open.server, { to: NUMBER });
  await call.begin();
  const said = [];
  for (const line of lines) said.push(await call.say(line));
  await call.end();
  return { call, said };
}

const PROJECT = [
  'Bonjour, je cherche à acheter une maison',
  'entre deux cents et deux cent cinquante mille euros',
  'Camille Lefèvre',
  'oui',
  'non merci',
];
const TROUBLE = ['Bonjour, il y a une fuite et plus rien ne marche', 'Hugo Perrin', 'oui', 'non merci'];

onEveryDatabase('a call that qualifies or asks for help', (kind) => {
  test('a qualification call becomes a prospect, with its score and its answers', async (t) => {
    const open = await house(t, kind);
    const { call, said } = await talk(open, PROJECT);
    assert.match(said[0], /Quel est votre budget \?/, 'what was said early is not asked again');
    assert.match(said[3], /demande est bien transmise/);
    assert.match(said[3], /rendez-vous/);
    const [row] = await open.db.sql('SELECT name, phone, interest_type, budget_min, budget_max, qualification_score, qualification_status, call_id FROM prospects');
    assert.deepEqual(row, {
      name: 'Camille Lefèvre',
      phone: '+33639981234',
      interest_type: 'Acheter',
      budget_min: 200_000,
      budget_max: 250_000,
      qualification_score: 100,
      qualification_status: 'qualified',
      call_id: call.call.id,
    });
    const [log] = await open.db.sql('SELECT outcome, qualified_prospect_created, ticket_created, actions_performed FROM call_logs');
    assert.equal(log.outcome, 'prospect_created');
    assert.deepEqual([log.qualified_prospect_created, log.ticket_created], [1, 0]);
    assert.deepEqual(JSON.parse(log.actions_performed).map(({ action }) => action), ['prospect_created']);
    assert.equal(await open.count('ivr_events', "event = 'user_abandon'"), 0);
  });

  test('a support call becomes a ticket, and its reference is told', async (t) => {
    const open = await house(t, kind);
    const { said } = await talk(open, TROUBLE);
    const reference = /référence ((?:[A-Z0-9], )+\d)/.exec(said[2])?.[1].replaceAll(', ', '');
    assert.ok(reference, said[2]);
    const [row] = await open.db.sql('SELECT reference, category, priority, status, customer_name, description FROM tickets');
    assert.equal(row.reference, reference);
    assert.deepEqual([row.category, row.priority, row.status, row.customer_name], ['technique', 'urgent', 'open', 'Hugo Perrin']);
    assert.match(row.description, /fuite/);
    const second = await talk(open, TROUBLE);
    assert.doesNotMatch(second.said[2], new RegExp(reference.split('').join(', ')));
    assert.equal(await open.count('tickets'), 2);
  });

  test('the practice sees both on its pages, and nobody else does', async (t) => {
    const open = await house(t, kind);
    await talk(open, PROJECT);
    await talk(open, TROUBLE);
    const link = await open.done(['login-link', 'ines@example.fr']);
    const pages = await signedIn(open.server, link);
    const list = await pages.get('/app/prospects');
    assert.equal(list.status, 200);
    assert.match(list.text, /Camille Lefèvre/);
    assert.match(list.text, /Qualifié/);
    const path = /href="(\/app\/prospects\/[0-9a-f-]+)"/.exec(list.text)[1];
    const one = await pages.get(path);
    assert.match(one.text, /Quel est votre budget/);
    assert.match(one.text, /250.000/);
    const messages = await pages.get('/app/messages');
    assert.match(messages.text, /réf\. /);
    assert.match(messages.text, /Urgent/);
    assert.match(messages.text, /Technique/);
    const other = await signedIn(open.server, await open.done(['login-link', 'staff@example.fr']));
    assert.equal((await other.get(path)).status, 404);
  });

  test('a file whose questions cannot be asked is refused, with the field', async (t) => {
    const open = await house(t, kind);
    const broken = agency().replace('options = [{ label = "Acheter", points = 50 }, "Louer"]', 'options = ["Acheter"]');
    await assert.rejects(open.apply(broken), /question\[0\]\.options: a choice needs at least two/);
  });
});
