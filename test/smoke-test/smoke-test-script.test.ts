/** The emitted script, run by the shell and the curl of this machine against a server on the loopback interface. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SmokeTest } from '../../lib';
import type { SmokeTestTarget } from '../../lib/smoke-test/smoke-test-plan';
import { smokeTestScript } from '../../lib/smoke-test/smoke-test-script';
import type { OpenAiServerOptions } from '../support/openai-server';
import { OpenAiServer } from '../support/openai-server';
import { smokePlanWith, targetWith } from '../support/smoke-test';

jest.setTimeout(30_000);

const KEY = 'sk-0123456789';
const APIKEY = { secretName: 'clients', key: 'key' };

let server: OpenAiServer;
let tmp: string;
beforeEach(() => (tmp = mkdtempSync(join(tmpdir(), 'smoke-test-'))));
afterEach(async () => {
  await server.close();
  rmSync(tmp, { recursive: true });
});

interface Result {
  readonly status: number | null;
  /** Lines of the log, with URL in place of the server's. */
  readonly log: readonly string[];
}

/** Runs a script as the Job does, with its variables. */
async function execute(script: string, env: Readonly<Record<string, string>> = {}): Promise<Result> {
  const child = spawn('/bin/sh', ['-c', script], {
    env: { PATH: process.env.PATH, TMPDIR: tmp, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 25_000,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  const [status] = (await once(child, 'close')) as [number | null];
  return {
    status,
    log: text
      .trim()
      .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'URL')
      .split('\n'),
  };
}

const QUICK = { total: 2, route: 1, request: 3, pause: 0.2 };

/** The script for these routes of the server. */
const scriptFor = (targets: readonly Partial<SmokeTestTarget>[], times = QUICK): string => {
  const origin = new URL(server.url).origin;
  const planned = smokePlanWith(SmokeTest.job(), { targets: targets.map((each) => targetWith({ origin, ...each })) });
  return smokeTestScript({ ...planned, times });
};

async function run(
  behaviour: OpenAiServerOptions,
  target: Partial<SmokeTestTarget> = {},
  key = KEY,
  times = QUICK,
): Promise<Result> {
  server = await OpenAiServer.start(behaviour);
  return execute(scriptFor([target], times), { API_KEY_1: key });
}

describe('the script of a smoke test', () => {
  test('lists the models and streams a chat answer', async () => {
    expect(await run({ models: ['llama', 'llama-sql'] }, { models: ['llama', 'llama-sql'] })).toEqual({
      status: 0,
      log: [
        'ok     llama: GET URL/v1/models lists llama llama-sql',
        'ok     llama: POST URL/v1/chat/completions streams 3 events',
      ],
    });
    expect(server.requests[1]?.body).toMatchObject({ model: 'llama', max_tokens: 8, stream: true });
  });

  test('streams a completion of a base model', async () => {
    const { status, log } = await run({}, { task: 'completion' });
    expect([status, log[1]]).toEqual([0, 'ok     llama: POST URL/v1/completions streams 3 events']);
    expect(server.requests[1]?.body).toMatchObject({ prompt: 'Hello', stream: true });
  });

  test('asks for an embedding', async () => {
    const { status, log } = await run({}, { task: 'embedding' });
    expect([status, log[1]]).toEqual([0, 'ok     llama: POST URL/v1/embeddings has an embedding']);
  });

  test('only lists the models of other tasks', async () => {
    const { status, log } = await run({}, { task: 'models' });
    expect([status, log.length, server.requests.length]).toEqual([0, 1, 1]);
  });

  test('sends the key and what the route matches, with each request', async () => {
    const { status, log } = await run(
      { key: KEY, base: '/team/v1' },
      {
        apiKey: APIKEY,
        path: '/team/v1',
        headers: { 'X-Gateway-Model-Name': 'llama', 'x-sla-tier': "gold's $HOME $$ $(id)" },
      },
    );
    expect(status).toBe(0);
    for (const { headers } of server.requests) {
      expect(headers).toMatchObject({
        authorization: `Bearer ${KEY}`,
        'x-gateway-model-name': 'llama',
        'x-sla-tier': "gold's $HOME $$ $(id)",
      });
    }
    expect(server.requests).toHaveLength(2);
    expect(log.join('\n')).not.toContain(KEY);
  });

  test('reads no settings of curl from the image', async () => {
    writeFileSync(join(tmp, '.curlrc'), 'header = "x-settings: of the image"\n');
    server = await OpenAiServer.start({});
    expect((await execute(scriptFor([{}]), { HOME: tmp })).status).toBe(0);
    expect(server.requests.map(({ headers }) => headers['x-settings'])).toEqual([undefined, undefined]);
  });

  test('sends no key to a route without one', async () => {
    await run({});
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });

  test('asks the routes in order', async () => {
    server = await OpenAiServer.start({ models: ['a', 'b'] });
    const { status, log } = await execute(
      scriptFor([
        { name: 'one', models: ['a'], task: 'models' },
        { name: 'two', models: ['b'], task: 'models' },
      ]),
    );
    expect({ status, log }).toEqual({
      status: 0,
      log: ['ok     one: GET URL/v1/models lists a', 'ok     two: GET URL/v1/models lists b'],
    });
  });

  test('leaves no file behind', async () => {
    await run({ key: KEY }, { apiKey: APIKEY });
    expect(readdirSync(tmp)).toEqual([]);
  });

  test('connects to another address for a name that is not in DNS', async () => {
    server = await OpenAiServer.start();
    const connectTo = new URL(server.url).host;
    const planned = smokePlanWith(SmokeTest.job({ connectTo }), {
      targets: [targetWith({ origin: 'http://llm.invalid' })],
    });
    expect((await execute(smokeTestScript({ ...planned, times: QUICK }))).status).toBe(0);
    expect(server.requests[0]?.headers.host).toBe('llm.invalid');
  });

  test.each([503, 502, 504, 404, 429, 500])('waits while the gateway answers with %s', async (status) => {
    const result = await run({ gateway: { status, times: 2 } }, {}, KEY, { ...QUICK, total: 10, route: 10 });
    expect(result.status).toBe(0);
    // Once for each reason, not for each attempt.
    expect(result.log.filter((line) => line.startsWith('wait'))).toEqual([
      `wait   llama: GET URL/v1/models: HTTP ${status}: `,
    ]);
  });

  test('waits until something listens', async () => {
    server = await OpenAiServer.start();
    const script = scriptFor([{}], { ...QUICK, total: 20 });
    const port = Number(new URL(server.url).port);
    await server.close();
    const result = execute(script);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    server = await OpenAiServer.start({ port });
    const { status, log } = await result;
    expect(log[0]).toMatch(/^wait {3}llama: GET URL\/v1\/models: no answer: curl: \(7\) Failed to connect/);
    expect(status).toBe(0);
  });

  test('fails with a wrong key, at once and without printing it', async () => {
    expect(await run({ key: KEY }, { apiKey: APIKEY }, 'sk-wrong')).toEqual({
      status: 1,
      log: ['FAILED llama: GET URL/v1/models: HTTP 401, the key is refused: {"error":"Unauthorized"}'],
    });
    expect(server.requests).toHaveLength(1);
  });

  test('fails without printing an answer that has the key in it', async () => {
    const gateway = { status: 418, times: 1, body: `you sent: Bearer ${KEY}` };
    expect(await run({ gateway }, { apiKey: APIKEY })).toEqual({
      status: 1,
      log: ['FAILED llama: GET URL/v1/models: HTTP 418: (not shown: it has the key in it)'],
    });
  });

  test('fails when a model is missing', async () => {
    const { status, log } = await run({ models: ['llama-2'] });
    expect([status, log[0]]).toEqual([
      1,
      'FAILED llama: GET URL/v1/models: does not list llama: {"object":"list","data":[{"id":"llama-2","object":"model"}]}',
    ]);
  });

  test('fails when the gateway does not learn the route', async () => {
    const { status, log } = await run({ gateway: { status: 404, times: 99 } });
    expect([status, log.at(-1)]).toEqual([
      1,
      expect.stringMatching(/^FAILED llama: GET URL\/v1\/models: HTTP 404: , after \d+ s$/),
    ]);
  });

  test('fails when no replica becomes ready', async () => {
    const gateway = { status: 503, times: 99, body: 'no healthy upstream' };
    const { status, log } = await run({ gateway });
    expect([status, log.at(-1)]).toEqual([
      1,
      expect.stringMatching(/^FAILED llama: GET URL\/v1\/models: HTTP 503: no healthy upstream, after \d+ s$/),
    ]);
  });

  test('fails when nothing listens', async () => {
    server = await OpenAiServer.start();
    const script = scriptFor([{}]);
    await server.close();
    const { status, log } = await execute(script);
    expect([status, log.at(-1)]).toEqual([
      1,
      expect.stringMatching(/^FAILED llama: GET URL\/v1\/models: no answer: curl: \(7\) .* , after \d+ s$/),
    ]);
  });

  test('fails when the stream has no last event', async () => {
    const { status, log } = await run({ end: 'silent' });
    expect([status, log[1]]).toEqual([
      1,
      expect.stringMatching(
        /^FAILED llama: POST URL\/v1\/chat\/completions: the stream ended without \[DONE\] after 3 events: data: \{/,
      ),
    ]);
  });

  test('fails when the stream is cut', async () => {
    const { status, log } = await run({ end: 'cut' });
    expect([status, log[1]]).toEqual([
      1,
      expect.stringMatching(
        /^FAILED llama: POST URL\/v1\/chat\/completions: the answer was cut, curl: \(18\) .* after: data: \{/,
      ),
    ]);
  });

  test('fails when the stream does not end in time', async () => {
    const { status, log } = await run({
      beforeToken: async (index) => (index === 1 ? new Promise(() => {}) : undefined),
    });
    expect([status, log[1]]).toEqual([1, expect.stringContaining('the answer was cut, curl: (28) ')]);
  });

  test('fails when the stream has no event', async () => {
    const { status, log } = await run({ tokens: [] });
    expect([status, log[1]]).toEqual([1, expect.stringContaining('the stream has no event: data: [DONE]')]);
  });

  test('fails when the stream has an error', async () => {
    const { status, log } = await run({ tokens: [], streamError: 'EngineCore encountered an issue' });
    expect([status, log[1]]).toEqual([1, expect.stringContaining('the stream has an error: data: {"error":')]);
  });

  test('fails for the first route that fails, and asks no other', async () => {
    server = await OpenAiServer.start();
    const { status, log } = await execute(scriptFor([{ name: 'one', models: ['other'] }, { name: 'two' }]));
    expect([status, log.length]).toEqual([1, 1]);
    expect(log[0]).toMatch(/^FAILED one: GET URL\/v1\/models: does not list other/);
  });
});

describe('the text of the script', () => {
  /** What the kubelet would replace in the command of a container. */
  test('has nothing that the kubelet replaces', async () => {
    server = await OpenAiServer.start();
    const script = scriptFor([{ apiKey: APIKEY }]);
    expect(script).not.toContain('$$');
    expect(script).not.toMatch(/\$\(API_KEY_\d+\)/);
  });

  test('gives the key to no process as an argument', async () => {
    server = await OpenAiServer.start({ key: KEY });
    const bin = join(tmp, 'bin');
    mkdirSync(bin);
    // Each program notes its arguments, then does its work.
    for (const name of ['cat', 'curl', 'date', 'grep', 'head', 'mktemp', 'rm', 'sleep', 'tr']) {
      const program = join(bin, name);
      const { PATH } = process.env;
      writeFileSync(program, `#!/bin/sh\necho ${name} "$@" >>'${tmp}/calls'\nPATH='${PATH}' exec ${name} "$@"\n`);
      chmodSync(program, 0o755);
    }
    const env = { API_KEY_1: KEY, PATH: bin };
    expect((await execute(scriptFor([{ apiKey: APIKEY }]), env)).status).toBe(0);
    expect((await execute(scriptFor([{ apiKey: APIKEY, models: ['other'] }]), env)).status).toBe(1);
    const calls = readFileSync(join(tmp, 'calls'), 'utf8');
    expect(calls.split('\n').filter((line) => line.startsWith('curl '))).toHaveLength(3);
    expect(calls).not.toContain(KEY);
  });
});
