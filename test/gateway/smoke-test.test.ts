import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Chart, Testing } from 'cdk8s';
import {
  Accelerator,
  GatewayImplementation,
  GpuModel,
  Model,
  ModelGateway,
  ModelRoutes,
  PromptLength,
  RouteTarget,
  SecretKey,
  SmokeTest,
  VllmInferenceStack,
} from '../../lib';
import { MODEL } from './pods';
import { endpointOf } from './scenario';
import { SCENARIOS } from './scenarios';
import { lengthsScenario } from './scenarios/examples';

const run = promisify(execFile);
const { port } = endpointOf(SCENARIOS, lengthsScenario);

/** The script of the Job for routes like those of the example, at the gateway of this machine. */
function script(host: string): string {
  const chart = new Chart(Testing.app(), 'smoke', { namespace: 'llm' });
  const stack = new VllmInferenceStack(chart, 'Stack', {
    name: 'qwen',
    model: Model.of(MODEL),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    engine: { maxModelLen: 4096 },
    apiKey: SecretKey.of('clients', 'key'),
    network: { clientNamespaces: ['envoy-gateway-system'] },
  });
  const to = [RouteTarget.stack(stack)];
  new ModelRoutes(chart, 'Routes', {
    name: 'qwen',
    gateway: ModelGateway.existing({ name: 'public', implementation: GatewayImplementation.envoyGateway() }),
    hostnames: [host],
    routes: [{ promptLength: PromptLength.SHORT, to }, { to }],
    smokeTest: SmokeTest.job({ url: `http://${host}`, connectTo: `127.0.0.1:${port}` }),
  });
  const job = (Testing.synth(chart) as Job[]).find(({ kind }) => kind === 'Job');
  return job?.spec.template.spec.containers[0]?.command[2] ?? '';
}

interface Job {
  readonly kind: string;
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly { command: string[] }[] } } };
}

const execute = (text: string) => run('sh', ['-c', text], { env: { ...process.env, API_KEY_1: 'secret' } });

test('the smoke test of ModelRoutes passes through the gateway', async () => {
  const { stdout } = await execute(script('llm.example.com'));
  const url = 'http://llm.example.com/v1';
  expect(stdout.trim().split('\n')).toEqual(
    ['routes[0]', 'routes[1]'].flatMap((route) => [
      `ok     ${route}: GET ${url}/models lists ${MODEL}`,
      `ok     ${route}: POST ${url}/completions streams 3 events`,
    ]),
  );
});

test('the smoke test fails at a hostname without a route', async () => {
  const short = script('other.example.com').replace(/route_timeout=\d+/, 'route_timeout=1');
  await expect(execute(short)).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('FAILED routes[0]: GET http://other.example.com/v1/models: HTTP 404') as string,
  });
});
