/**
 * The example clients against a small server on the loopback interface. The Python one runs if the interpreter (variable
 * `PYTHON`, default `python3`) has the package `openai`; otherwise it is only compiled.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { OpenAiServerOptions } from '../support/openai-server';
import { OpenAiServer } from '../support/openai-server';

const FOLDER = join(__dirname, '../../examples/openai-client');
const PYTHON = process.env.PYTHON ?? 'python3';
const has = (code: string): boolean => spawnSync(PYTHON, ['-c', code]).status === 0;
const hasPython = has('pass');
const hasPackage = hasPython && has('import openai');

const CLIENTS: Readonly<Record<string, readonly string[]>> = {
  'chat.ts': [process.execPath, '--import', 'tsx', join(FOLDER, 'chat.ts')],
  ...(hasPackage && { 'chat.py': [PYTHON, join(FOLDER, 'chat.py')] }),
};
if (!hasPackage) process.stdout.write(`chat.py is not run: ${PYTHON} has no package openai\n`);

jest.setTimeout(60_000);

/** A started client: what it has written, and how it ends. */
class Run {
  public stdout = '';
  public stderr = '';
  private readonly child: ChildProcess;

  public constructor(command: readonly string[], url: string, args: readonly string[], key = '') {
    const [program = '', ...rest] = command;
    const env = { ...process.env, OPENAI_BASE_URL: url, OPENAI_API_KEY: key };
    this.child = spawn(program, [...rest, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 50_000 });
    this.child.stdout?.on('data', (text) => (this.stdout += String(text)));
    this.child.stderr?.on('data', (text) => (this.stderr += String(text)));
  }

  /** Waits until the client has written this. */
  public async wrote(text: string): Promise<void> {
    while (this.stdout !== text) {
      if (this.child.exitCode !== null) throw new Error(`ended with "${this.stdout}", not "${text}": ${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  public async ended(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, 'close');
    return this.child.exitCode;
  }
}

describe.each(Object.entries(CLIENTS))('%s', (_, command) => {
  let server: OpenAiServer;
  afterEach(() => server.close());

  async function run(behaviour: OpenAiServerOptions, args: readonly string[] = [], key?: string): Promise<Run> {
    server = await OpenAiServer.start(behaviour);
    return new Run(command, server.url, args, key);
  }

  async function failure(behaviour: OpenAiServerOptions, args: readonly string[] = [], key?: string) {
    const client = await run(behaviour, ['--retries=0', ...args], key);
    expect(await client.ended()).toBe(1);
    return client.stderr.trim();
  }

  test('writes each token when it arrives', async () => {
    const release: (() => void)[] = [];
    const held = [0, 1, 2].map((index) => new Promise<void>((resolve) => (release[index] = resolve)));
    const client = await run({ beforeToken: async (index) => held[index] });
    for (const [index, text] of ['Hello', 'Hello,', 'Hello, world'].entries()) {
      // The server does not send the next token before this one was seen.
      release[index]?.();
      await client.wrote(index < 2 ? text : `${text}\n`);
    }
    expect(await client.ended()).toBe(0);
  });

  test('asks for the first model that is listed, and for the given prompt', async () => {
    const client = await run({ models: ['first', 'second'] }, ['How', 'are you?']);
    expect(await client.ended()).toBe(0);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/models',
      'POST /v1/chat/completions',
    ]);
    expect(server.requests[1]?.body).toEqual({
      model: 'first',
      messages: [{ role: 'user', content: 'How are you?' }],
      stream: true,
    });
    expect(server.requests[1]?.headers['x-gateway-model-name']).toBe('first');
  });

  test('sends the headers that routes read', async () => {
    const args = ['--model=llama', '--prompt-class=long', '--tier=gold', 'Hi'];
    const client = await run({ key: 'secret' }, args, 'secret');
    expect(await client.ended()).toBe(0);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer secret',
      'x-gateway-model-name': 'llama',
      'x-prompt-class': 'long',
      'x-sla-tier': 'gold',
    });
  });

  test('sends no header that is not set', async () => {
    const client = await run({}, ['Hi']);
    expect(await client.ended()).toBe(0);
    const names = server.requests.flatMap(({ headers }) => Object.keys(headers));
    expect(names.filter((name) => name.startsWith('x-') && !name.startsWith('x-stainless'))).toEqual([
      'x-gateway-model-name',
    ]);
  });

  test('tries again while no replica is ready', async () => {
    const client = await run({ gateway: { status: 503, times: 2 } }, ['--model=llama', 'Hi']);
    expect(await client.ended()).toBe(0);
    expect(client.stdout).toBe('Hello, world\n');
    expect(server.requests).toHaveLength(3);
  });

  test('fails with a wrong key', async () => {
    const message = await failure({ key: 'secret' }, ['Hi'], 'wrong');
    expect(message).toMatch(/^the key is refused \(.*401.*\): set OPENAI_API_KEY to the key of the stack$/);
    expect(message).not.toContain('wrong');
  });

  test('fails when no model is listed', async () => {
    expect(await failure({ models: [] })).toBe(
      'GET /v1/models lists no model: set --model, or check to which stack the route leads',
    );
  });

  test('fails outside the routed paths', async () => {
    expect(await failure({ gateway: { status: 404, times: 1 } })).toMatch(
      /^not found \(.*404.*\): the model has another name, or no route has this host, path and headers/,
    );
  });

  test('fails for a model that the stack does not have', async () => {
    expect(await failure({}, ['--model=other'])).toMatch(/^not found \(.*The model `other` does not exist/);
  });

  test('fails when no replica becomes ready', async () => {
    expect(await failure({ gateway: { status: 503, times: 1 } })).toMatch(
      /^no replica is ready \(.*503.*\): the stack/,
    );
  });

  test('fails when nothing listens', async () => {
    server = await OpenAiServer.start();
    const { url } = server;
    await server.close();
    const client = new Run(command, url, ['--retries=0']);
    expect(await client.ended()).toBe(1);
    expect(client.stderr.trim()).toBe(
      `no answer from ${url}: Connection error. Check OPENAI_BASE_URL and the port-forward`,
    );
  });

  test.each(['silent', 'cut'] as const)('fails when the gateway cuts the stream (%s)', async (end) => {
    const client = await run({ end }, ['--retries=0']);
    expect(await client.ended()).toBe(1);
    expect(client.stdout).toBe('Hello, world\n');
    expect(client.stderr.trim()).toBe(
      'the stream ended before the answer was complete: check the timeouts of the route',
    );
  });

  test.each(['--patience=soon', '--retries=many', '--prompt-class=medium'])('refuses %s', async (option) => {
    const client = await run({}, [option]);
    expect(await client.ended()).toBe(2);
    expect(client.stderr).toContain(option.slice(0, option.indexOf('=')));
    expect(server.requests).toEqual([]);
  });

  test('fails when the next token does not arrive in time', async () => {
    const never = new Promise<void>(() => undefined);
    const client = await run({ beforeToken: async (index) => (index === 1 ? never : undefined) }, ['--patience=1']);
    expect(await client.ended()).toBe(1);
    expect(client.stdout).toBe('Hello\n');
    expect(client.stderr.trim()).toBe('no token for 1 s: the stack is overloaded, or set --patience');
  });
});

(hasPython ? test : test.skip)('chat.py compiles', () => {
  const code = 'import sys; compile(open(sys.argv[1]).read(), sys.argv[1], "exec")';
  const { stderr, status } = spawnSync(PYTHON, ['-c', code, join(FOLDER, 'chat.py')]);
  expect(stderr.toString()).toBe('');
  expect(status).toBe(0);
});
