// A wire between the product and its database that a test can cut or hold.
import { createConnection, createServer } from 'node:net';

/** Passes connections on to a Postgres; gives its own address for the same database. */
export async function openWire(url) {
  const target = new URL(url);
  const pairs = new Set();
  let state = 'whole';
  const server = createServer((near) => {
    near.on('error', () => {});
    if (state === 'cut') return near.destroy();
    const far = createConnection(Number(target.port || 5432), target.hostname);
    const pair = { near, far };
    pairs.add(pair);
    for (const [one, other] of [[near, far], [far, near]]) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        other.destroy();
        pairs.delete(pair);
      });
      one.pipe(other);
    }
    if (state === 'held') hold(pair);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = new URL(url);
  own.hostname = '127.0.0.1';
  own.port = String(server.address().port);
  const hold = ({ near, far }) => {
    near.pause();
    far.pause();
  };
  return {
    url: own.href,
    /** The server is gone: connections break, new ones are refused. */
    cut() {
      state = 'cut';
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
    },
    /** The server is stopped: connections stay and nothing comes through. */
    hold() {
      state = 'held';
      pairs.forEach(hold);
    },
    mend() {
      state = 'whole';
      for (const { near, far } of pairs) {
        near.resume();
        far.resume();
      }
    },
    close() {
      this.cut();
      server.close();
    },
  };
}
