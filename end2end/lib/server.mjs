// A server of its own for each test file: its own database, its own port.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const binary = process.env.UWI_BINARY ?? join(root, 'target', 'debug', 'uwi');

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Starts `uwi serve`; resolves when it has printed its lines (in public only where it is). */
export async function startServer(env = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'uwi-end2end-'));
  const port = await freePort();
  const settings = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    UWI_LISTEN: `127.0.0.1:${port}`,
    DATABASE_URL: `sqlite://${join(folder, 'uwi.db')}`,
    ...env,
  };
  const child = spawn(binary, ['serve'], { env: settings, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.on('data', (piece) => (log += piece));
  const printed = {};
  await new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`no start within 20 s\n${log}`));
    }, 20_000);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the server stopped with ${code}\n${log}`));
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, key, value] = /^(home|login|call): (.+)$/.exec(line) ?? [];
      if (key) printed[key] = value;
      const open = settings.WEBHOOK_BASE_URL || settings.SMTP_URL;
      if (printed.home && (open || (printed.login && printed.call))) {
        clearTimeout(late);
        resolve();
      }
    });
  });
  child.removeAllListeners('exit');
  const gone = new Promise((resolve) => child.once('exit', resolve));
  return {
    home: printed.home.replace(/\/$/, ''),
    login: printed.login,
    env: settings,
    log: () => log,
    /** Ends it at once, as a power cut does; what it wrote stays. */
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a command of the product against a server's database; `signal` ends it
 * at once, as a power cut does. */
export function uwi(server, args, input = '', signal = undefined) {
  return new Promise((resolve) => {
    const child = spawn(binary, args, { env: server.env, stdio: ['pipe', 'pipe', 'pipe'], signal, killSignal: 'SIGKILL' });
    // One that is ended says so besides.
    child.on('error', () => {});
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (piece) => (stdout += piece));
    child.stderr.on('data', (piece) => (stderr += piece));
    child.once('exit', (code) => resolve({ code, stdout, stderr }));
    // A command that reads nothing may have ended already.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
