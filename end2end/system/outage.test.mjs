// The database goes away during a call: the caller hears a sentence, nothing
// is said to be booked that is not, and the call goes on when it is back.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Call, bookSomething } from '../lib/call.mjs';
import { eventually, onEveryDatabase, openHouse } from '../lib/house.mjs';
import { startServer, uwi } from '../lib/server.mjs';
import { openWire } from '../lib/wire.mjs';

const PATIENCE = 15_000;

/** A turn that must be answered with a sentence, soon, and never with a booking. */
async function spokenDuringOutage(call, messages) {
  const began = Date.now();
  const { status, said } = await call.ask(messages);
  assert.equal(status, 200);
  assert.ok(said.length > 10, 'a sentence');
  assert.doesNotMatch(said, /confirmé|c'est noté|transmis/i);
  assert.ok(Date.now() - began < PATIENCE, `the caller waited ${Date.now() - began} ms`);
  return said;
}

/** A call whose next word books. */
async function onTheBrink(server) {
  const call = new Call(server);
  await call.begin();
  await call.say('Bonjour, je voudrais prendre un rendez-vous');
  await call.say('Camille Lefèvre, le plus tôt possible');
  assert.match(await call.say('le premier'), /se termine par 34/);
  return { call, last: [...call.messages, { role: 'user', content: 'oui' }] };
}

/** Once it is back, the same turn books, once. */
async function goesOn(house, call, last) {
  const { said } = await eventually('the call goes on', async () => {
    const answer = await call.ask(last);
    return /confirmé/i.test(answer.said) ? answer : null;
  }, PATIENCE);
  assert.match(said, /confirmé/i);
  assert.equal(await house.count('rendez_vous', "status = 'confirmed'"), 1);
  assert.equal(await house.count('ivr_events', "event = 'booking_confirmed'"), 1);
  assert.equal(await house.count('call_turns', `call_id = '${call.call.id}'`), 4);
  await call.end();
  assert.equal(await house.count('ivr_events', "event = 'user_abandon'"), 0);
}

/** While the database is away, everything else answers too. */
async function restAnswers(server) {
  const ready = await fetch(`${server.home}/health/ready`);
  assert.equal(ready.status, 503);
  assert.equal((await fetch(`${server.home}/health/live`)).status, 200);
  const stranger = new Call(server);
  assert.equal((await stranger.begin()).status, 200);
  const { status, text } = await stranger.hook('assistant-request');
  assert.equal(status, 200);
  const answer = JSON.parse(text);
  assert.ok(answer.error || answer.assistant, text);
}

describe('a Postgres that goes away', () => {
  for (const how of ['cut', 'hold']) {
    test(`(${how}) costs a sentence, not the call`, async (t) => {
      const house = await openHouse(t, 'postgres');
      const wire = await openWire(house.db.url);
      t.after(() => wire.close());
      const server = await house.serve({ DATABASE_URL: wire.url });
      const { call, last } = await onTheBrink(server);
      wire[how]();
      await spokenDuringOutage(call, last);
      await spokenDuringOutage(new Call(server), [{ role: 'user', content: 'Bonjour, je voudrais prendre un rendez-vous' }]);
      await restAnswers(server);
      assert.equal(await house.count('rendez_vous'), 0);
      wire.mend();
      await goesOn(house, call, last);
      await eventually('ready again', async () => (await fetch(`${server.home}/health/ready`)).status === 200, PATIENCE);
    });
  }

  test('and comes back with new connections is used at once', async (t) => {
    const house = await openHouse(t, 'postgres');
    const { call, last } = await onTheBrink(house.server);
    await house.db.sql("SELECT count(pg_terminate_backend(pid)) AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
    await goesOn(house, call, last);
    const other = await onTheBrink(house.server);
    await house.done(['route', 'set', '+33199001122', '--tenant', '1']);
    await eventually('what others change is noticed again', async () => {
      const asked = new Call(house.server, { to: '+33199001122' });
      return /assistant/.test((await asked.hook('assistant-request')).text) && (await house.count('call_logs')) > 0;
    });
    await other.call.end();
  });

  test('in the middle of a commit never confirms what is not there', async (t) => {
    const house = await openHouse(t, 'postgres');
    const wire = await openWire(house.db.url);
    t.after(() => wire.close());
    const server = await house.serve({ DATABASE_URL: wire.url });
    const brinks = [];
    for (let index = 0; index < 6; index += 1) brinks.push(await onTheBrink(server));
    const answers = brinks.map(({ call, last }) => call.ask(last));
    await Promise.race(answers);
    wire.cut();
    const told = await Promise.all(answers);
    const booked = (await house.db.sql('SELECT call_id FROM rendez_vous')).map((row) => row.call_id);
    for (const [index, { said }] of told.entries()) {
      if (/confirmé/i.test(said)) assert.ok(booked.includes(brinks[index].call.call.id), said);
    }
    wire.mend();
    await eventually('the server is back', async () => (await fetch(`${server.home}/health/ready`)).status === 200, PATIENCE);
    for (const { call, last } of brinks) await eventually('an answer', async () => !/technique/.test((await call.ask(last)).said), PATIENCE);
    const doubled = await house.db.sql("SELECT call_id FROM rendez_vous WHERE status = 'confirmed' GROUP BY call_id HAVING count(*) > 1");
    assert.deepEqual(doubled, []);
  });

  test('is an exit code 3 for commands', async (t) => {
    const house = await openHouse(t, 'postgres');
    const wire = await openWire(house.db.url);
    wire.close();
    for (const args of [['tenant', 'list'], ['migrate'], ['rebuild-counters'], ['serve']]) {
      assert.equal((await house.uwi(args, { env: { DATABASE_URL: wire.url } })).code, 3, args.join(' '));
    }
  });
});

describe('a SQLite file that cannot be written', () => {
  test('because somebody else holds it: a sentence, then the call goes on', async (t) => {
    const house = await openHouse(t, 'sqlite');
    const { call, last } = await onTheBrink(house.server);
    const prompt = spawn('sqlite3', [house.db.file], { stdio: ['pipe', 'pipe', 'inherit'] });
    prompt.stdin.write('.timeout 5000\nBEGIN EXCLUSIVE;\nSELECT 1;\n');
    await once(prompt.stdout, 'data');
    await spokenDuringOutage(call, last);
    const { status } = await call.hook('end-of-call-report', { call: { id: 'somebody-else' }, endedReason: 'customer-ended-call' });
    assert.equal(status, 200);
    prompt.stdin.end('ROLLBACK;\n.quit\n');
    await once(prompt, 'exit');
    await goesOn(house, call, last);
  });

  test('because the disk is full: it says so, and nothing is half there', { skip: process.getuid() !== 0 && 'needs root to mount a small disk' }, async (t) => {
    const disk = await mkdtemp(join(tmpdir(), 'uwi-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk]);
    let server;
    t.after(async () => {
      await server?.kill();
      execFileSync('umount', ['-l', disk]);
      await rm(disk, { recursive: true, force: true });
    });
    const file = join(disk, 'uwi.db');
    server = await startServer({ DATABASE_URL: `sqlite://${file}`, UWI_CLOCK: '2026-11-23T09:00:00+01:00' });
    const { call, last } = await onTheBrink(server);
    const ballast = join(disk, 'ballast');
    await writeFile(ballast, Buffer.alloc(4 * 1024 * 1024)).catch((error) => assert.equal(error.code, 'ENOSPC'));
    const count = (table) => Number(execFileSync('sqlite3', ['-readonly', file, `SELECT count(*) FROM ${table}`]).toString());
    // A write-ahead log that is already large has some room left: fill that too.
    const full = await eventually('the disk is full', async () => {
      const filler = new Call(server);
      const { said } = await filler.ask([{ role: 'user', content: 'Bonjour, une question '.repeat(200) }]);
      return /technique/.test(said);
    }, PATIENCE);
    assert.ok(full);
    await spokenDuringOutage(call, last);
    assert.match(server.log(), /full/i);
    assert.equal(count('rendez_vous'), 0);
    await rm(ballast);
    const { said } = await eventually('there is room again', async () => {
      const answer = await call.ask(last);
      return /confirmé/i.test(answer.said) ? answer : null;
    }, PATIENCE);
    assert.match(said, /confirmé/i);
    assert.equal(count('rendez_vous'), 1);
    await bookSomething(new Call(server));
  });

  test('or is none, is an exit code of its own', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'uwi-none-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const broken = join(folder, 'broken.db');
    await writeFile(broken, 'this is no database '.repeat(500));
    const env = { PATH: process.env.PATH, HOME: process.env.HOME };
    for (const url of [`sqlite://${broken}`, 'sqlite:///proc/nowhere/uwi.db', 'mysql://localhost/x']) {
      const { code, stderr } = await uwi({ env: { ...env, DATABASE_URL: url } }, ['tenant', 'list']);
      assert.ok([1, 2, 3].includes(code), `${url}: ${code}`);
      assert.ok(stderr.length > 10);
      assert.doesNotMatch(stderr, /panicked/);
    }
  });
});

onEveryDatabase('after an outage', (kind) => {
  test('the counters equal the events', async (t) => {
    const house = await openHouse(t, kind);
    await bookSomething(new Call(house.server));
    const told = (await house.done(['rebuild-counters', '--json'])).split('\n').map((line) => JSON.parse(line));
    assert.ok(told.every(({ equal }) => equal), JSON.stringify(told));
  });
});
