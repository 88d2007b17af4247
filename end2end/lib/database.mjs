// A database of its own for a test, and a prompt to look into it.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const many = { maxBuffer: 64 * 1024 * 1024 };

export const kinds = ['sqlite', 'postgres'];

/** The Postgres that `./test` starts; development may name its own. */
export function postgresUrl() {
  const url = process.env.TEST_POSTGRES_URL;
  if (!url) throw new Error('TEST_POSTGRES_URL is not set: ./test starts a Postgres and sets it');
  return url;
}

/** An empty database; `sql` runs statements at its prompt and gives the rows of a query. */
export function freshDatabase(kind) {
  return kind === 'sqlite' ? freshSqlite() : freshPostgres();
}

async function freshSqlite() {
  const folder = await mkdtemp(join(tmpdir(), 'uwi-system-'));
  const file = join(folder, 'uwi.db');
  const shell = async (...args) => (await run('sqlite3', ['-cmd', '.timeout 5000', ...args], many)).stdout;
  return {
    kind: 'sqlite',
    url: `sqlite://${file}`,
    file,
    routeKey: 'did_key',
    sql: async (text) => JSON.parse((await shell('-json', file, text)) || '[]'),
    dump: () => shell(file, '.dump'),
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function freshPostgres() {
  const base = postgresUrl();
  const name = `system_${randomUUID().replaceAll('-', '')}`;
  const shell = async (url, text) => (await run('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c', text, url], many)).stdout;
  await shell(base, `CREATE DATABASE ${name}`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  const sql = async (text) => {
    if (!/^\s*select/i.test(text)) return shell(url.href, text).then(() => []);
    const rows = await shell(url.href, `SELECT coalesce(json_agg(found), '[]') FROM (${text}) found`);
    return JSON.parse(rows);
  };
  return {
    kind: 'postgres',
    url: url.href,
    routeKey: 'key',
    sql,
    dump: async () => (await run('pg_dump', ['--inserts', url.href], many)).stdout,
    drop: () => shell(base, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}
