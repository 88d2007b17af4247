// A house as a browser sees it: one server, one tenant, somebody who has signed in.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { launch, signIn, visitor } from './browser.mjs';
import { startServer, uwi } from './server.mjs';
import { walk } from './walk.mjs';

/**
 * The scene of a test file. `env` is the server's, `tenant` a file of
 * `uwi tenant apply`, `email` who signs in: one of its people, or the test
 * tenant's when there is none. `ready` makes what the tests find.
 */
export function scene(options = {}) {
  const made = new Scene();
  before(() => made.begin(options));
  after(() => made.end());
  return made;
}

class Scene {
  async begin({ env, tenant, email, ready }) {
    this.server = await startServer(env);
    this.browser = await launch();
    if (tenant) this.tenant = await this.apply(tenant);
    this.cookies = await this.enter(email);
    await ready?.();
  }

  async end() {
    await this.browser?.close();
    await this.server?.stop();
  }

  /** The same house at another time: one more server on its database, `end` it too. */
  async again(env) {
    const other = new Scene();
    const { UWI_LISTEN, ...settings } = this.server.env;
    other.server = await startServer({ ...settings, ...env });
    other.browser = await launch();
    other.cookies = this.cookies;
    return other;
  }

  get home() {
    return this.server.home;
  }

  /** A command of the product; it must succeed, and gives what it printed. */
  async uwi(...args) {
    const { code, stdout, stderr } = await uwi(this.server, args);
    assert.equal(code, 0, `uwi ${args.join(' ')}: ${stderr}${stdout}`);
    return stdout.trim();
  }

  /** `uwi tenant apply`; gives the tenant's id. */
  async apply(toml) {
    const folder = await mkdtemp(join(tmpdir(), 'uwi-tenant-'));
    const file = join(folder, 'tenant.toml');
    await writeFile(file, toml);
    const printed = await this.uwi('tenant', 'apply', file);
    await rm(folder, { recursive: true });
    return Number(printed);
  }

  /** Signs somebody in; gives the cookies. */
  async enter(email) {
    const link = email ? await this.uwi('login-link', email) : this.server.login;
    const context = await visitor(this.browser);
    await signIn(context, link);
    const cookies = await context.cookies();
    await context.close();
    return cookies;
  }

  /** A browser of the person who has signed in; `cookies: []` is a stranger's. */
  async context({ cookies = this.cookies, ...options } = {}) {
    const context = await visitor(this.browser, options);
    await context.addCookies(cookies);
    return context;
  }

  /** A page in a browser of its own; close it with `page.context().close()`. */
  async open(path, options) {
    const context = await this.context(options);
    const page = await context.newPage();
    const answer = await page.goto(`${this.home}${path}`);
    assert.equal(answer.status(), 200, path);
    return page;
  }

  /** Every page fits and is accessible, in both lights: see `walk`. */
  walk(prefix, pages, options) {
    const context = (seen) => this.context({ cookies: options?.cookies, ...seen });
    return walk(context, this.home, { prefix, pages, ...options });
  }
}
