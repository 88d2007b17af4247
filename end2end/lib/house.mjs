// A house of a test: one database, the servers on it, its command line.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe } from 'node:test';
import { fileURLToPath } from 'node:url';
import { heard, spoken } from './call.mjs';
import { freshDatabase, kinds } from './database.mjs';
import { startServer, uwi } from './server.mjs';

/** A Monday morning on which everybody works. */
export const MONDAY = '2026-11-23T09:00:00+01:00';

const servers = [];

/** The same tests on every database; afterwards the logs are looked through. */
export function onEveryDatabase(subject, tests) {
  for (const kind of kinds) describe(`${subject} (${kind})`, () => tests(kind));
  after(assertDiscreet);
}

/** An open house: its first server runs. Closed by itself when the test ends. */
export async function openHouse(t, kind, env = {}) {
  const house = new House(await freshDatabase(kind), env);
  t.after(() => house.close());
  house.server = await house.serve();
  return house;
}

class House {
  constructor(db, env) {
    this.db = db;
    this.env = { DATABASE_URL: db.url, UWI_CLOCK: MONDAY, STAFF_EMAILS: 'staff@example.fr', ...env };
    this.running = [];
  }

  /** One more instance. */
  async serve(env = {}) {
    const server = await startServer({ ...this.env, ...env });
    this.running.push(server);
    servers.push(server);
    return server;
  }

  /** A command of the product on this house's database. */
  uwi(args, { env = {}, input = '', signal } = {}) {
    const settings = { ...this.server?.env, ...this.env, ...env };
    return uwi({ env: settings }, args, input, signal);
  }

  /** The same; it must succeed, and gives what it printed. */
  async done(args, options) {
    const { code, stdout, stderr } = await this.uwi(args, options);
    assert.equal(code, 0, `uwi ${args.join(' ')}: ${stderr}${stdout}`);
    return stdout.trim();
  }

  /** `uwi tenant apply`; gives the tenant's id. */
  async apply(toml, options) {
    const folder = await mkdtemp(join(tmpdir(), 'uwi-tenant-'));
    const file = join(folder, 'tenant.toml');
    await writeFile(file, toml);
    const printed = await this.done(['tenant', 'apply', file], options);
    await rm(folder, { recursive: true });
    return Number(printed);
  }

  async token(tenant, scope) {
    return this.done(['token', 'create', '--tenant', String(tenant), '--scope', scope]);
  }

  /** The figures of a tenant as the API tells them. */
  async snapshot(tenant, period, server = this.server) {
    this.tokens ??= {};
    this.tokens[tenant] ??= await this.token(tenant, 'read');
    const answer = await fetch(`${server.home}/api/v1/snapshot?period=${period}`, {
      headers: { authorization: `Bearer ${this.tokens[tenant]}` },
    });
    assert.equal(answer.status, 200, await answer.clone().text());
    return answer.json();
  }

  count(table, where = '1 = 1') {
    return this.db.sql(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).then(([{ n }]) => n);
  }

  async close() {
    await Promise.all(this.running.map((server) => server.kill()));
    await this.db.drop();
  }
}

/** A practice of its own, open all week. */
export function practice(name, number, more = '') {
  return `
name = "${name}"
timezone = "Europe/Paris"
address = "12 rue des Lilas, 35000 Rennes"
agents = ["appointment"]
${more.includes('[booking]') ? '' : '[booking]\nnotice_minutes = 0\nhorizon_days = 30'}
${more.includes('[[hours]]') ? '' : '[[hours]]\ndays = ["mon-fri"]\nfrom = "09:00"\nto = "18:00"'}
${more}
[[calendar]]
name = "Agenda"
[[service]]
name = "Consultation"
minutes = 30
[[number]]
e164 = "${number}"
`;
}

/** Asks again and again until something holds. */
export async function eventually(what, holds, deadline = 3_000) {
  const late = Date.now() + deadline;
  for (;;) {
    const found = await holds();
    if (found) return found;
    if (Date.now() > late) assert.fail(`not within ${deadline} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A message of Vapi's, as it is kept in the project. */
export async function fixture(name) {
  return JSON.parse(await readFile(join(root, 'src', 'vendors', 'tests', 'fixtures', 'vapi', name), 'utf8'));
}

/** No log of this file's servers tells who called or what was said; no caller
 * ever heard more than two digits of a telephone number. */
function assertDiscreet() {
  for (const server of servers) {
    const log = server.log();
    const numbers = log.match(/(?:\+|00)?(?:33|0)[\s.-]?(?:6[\s.-]?39[\s.-]?98|1[\s.-]?99[\s.-]?00)[\s.-]?\d\d/g);
    assert.equal(numbers, null, `a number in a log: ${numbers}`);
    assert.doesNotMatch(log, /Lefèvre|Perrin|Camille|Hugo/, 'a name in a log');
    const told = spoken.find((text) => text.length > 11 && log.includes(text));
    assert.equal(told, undefined, 'words of a caller in a log');
    const repeated = heard.find((text) => text.length > 11 && log.includes(text));
    assert.equal(repeated, undefined, 'words of the assistant in a log');
    assert.doesNotMatch(log, /PANIC|panicked/);
  }
  for (const text of heard) {
    const digits = text.replaceAll(/\d{1,2} h(?: \d\d)?/g, '').match(/(?:\d[\s.-]?){6,}/g);
    assert.equal(digits, null, `digits read aloud: ${text}`);
  }
}
