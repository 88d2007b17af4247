// The simulated providers in a process of their own: they outlive whoever asks them.
import assert from 'node:assert/strict';
import { freshDatabase } from './database.mjs';
import { eventually } from './house.mjs';
import { startServer } from './server.mjs';

const account = {
  TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000001',
  TWILIO_AUTH_TOKEN: 'simulated-twilio-token',
  VAPI_API_KEY: 'simulated-vapi-key',
};

/** Starts them; `env` is what a house needs to be their customer. */
export async function openProviders(t) {
  const db = await freshDatabase('sqlite');
  const server = await startServer({ DATABASE_URL: db.url });
  t.after(async () => {
    await server.kill();
    await db.drop();
  });
  const known = () => db.sql('SELECT base_url FROM simulators');
  const [{ base_url: base }] = await eventually('the simulators are there', async () => {
    const rows = await known();
    return rows.length > 0 && rows;
  }, 20_000);
  const home = base.replace(/\/$/, '');
  const sim = async (method, path, body) => {
    const answer = await fetch(`${home}/_sim/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
    return answer.status === 204 ? null : answer.json();
  };
  const twilio = async (path, fields) => {
    const { TWILIO_ACCOUNT_SID: user, TWILIO_AUTH_TOKEN: token } = account;
    const answer = await fetch(`${home}/2010-04-01/Accounts/${user}/${path}`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}` },
      body: new URLSearchParams(fields),
    });
    const told = await answer.json();
    assert.ok(answer.ok, JSON.stringify(told));
    return told;
  };
  return {
    env: { ...account, TWILIO_BASE_URL: home, VAPI_BASE_URL: home },
    /** What was asked of them so far, without the bodies. */
    requests: () => sim('GET', 'requests'),
    misbehave: (trouble) => sim('POST', 'troubles', trouble),
    behave: () => sim('DELETE', 'troubles'),
    /** The numbers that the account pays for. */
    owned: async () => (await sim('GET', 'state')).twilio.numbers.map(([, number]) => number.phone_number),
    /** How many numbers were ever bought. */
    purchases: async () => (await sim('GET', 'state')).twilio.purchases,
    /** Buys a number by hand, as in the provider's console. */
    buy: async (area) => (await twilio('IncomingPhoneNumbers.json', { AreaCode: area })).phone_number,
    /** Sets a number otherwise, as in the provider's console. */
    set: async (number, fields) => {
      const known = (await sim('GET', 'state')).twilio.numbers;
      const [sid] = known.find(([, { phone_number: own }]) => own === number);
      return twilio(`IncomingPhoneNumbers/${sid}.json`, fields);
    },
    /** The assistants that somebody made. */
    assistants: async () => (await sim('GET', 'state')).vapi.assistants.length,
    /** Calls a number, as the telephone network does. */
    call: (script) => sim('POST', 'calls', script),
  };
}
