import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Delivery, PrometheusAuthentication, PrometheusServer, Scaling, SecretKey, Signal } from '../../lib';
import type { Any } from '../world/world-api';
import { type Certificate, makeCertificate } from './certificate';
import { GuardedPrometheus } from './guarded-prometheus';
import { LiveStack, NAMESPACE, type Options } from './live-stack';
import { type LiveWorld, startLiveWorld } from './live-world';

const TOKEN = 'token-of-the-test';
const ENGINE_KEY = SecretKey.of('of-the-engine', 'key');
const tokenOf = (secret: string): SecretKey => SecretKey.of(secret, 'token');

let world: LiveWorld;
let prometheus: GuardedPrometheus;
let certificate: Certificate;
let folder: string;
let stack: LiveStack;

beforeAll(async () => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  folder = mkdtempSync(join(tmpdir(), 'guarded-'));
  certificate = makeCertificate(folder);
  prometheus = new GuardedPrometheus(certificate, TOKEN);
  await prometheus.listen();
  world = await startLiveWorld([NAMESPACE]);
  await world.apply([secretOf('prometheus')]);
});

afterEach(() => stack.remove());

afterAll(async () => {
  prometheus?.close();
  await world?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const secretOf = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: NAMESPACE },
  stringData: { token: TOKEN, ca: readFileSync(certificate.certificate, 'utf8'), key: 'x' },
});

/** Deploys a stack whose scaler asks with this authentication. */
async function deploy(name: string, authentication: PrometheusAuthentication, more: Options = {}): Promise<void> {
  stack = new LiveStack(world, name, {
    delivery: Delivery.rollingUpdate(),
    scaling: Scaling.keda({
      minReplicas: 2,
      maxReplicas: 9,
      speed: { scaleUpPods: 9 },
      signals: [Signal.inFlightRequests({ perReplica: 10 })],
      prometheus: PrometheusServer.at(prometheus.address, { authentication }),
    }),
    ...more,
  });
  await stack.deploy('v1');
}

const listOf = async (api: string, kind: string): Promise<Any[]> =>
  (await world.api.get(`/apis/${api}/namespaces/${NAMESPACE}/${kind}`)).items;

const isOfStack = ({ spec }: Any): boolean => spec.scaleTargetRef.name === stack.name;

/** The autoscaler, if KEDA has made one. */
const autoscaler = async (): Promise<Any> =>
  (await listOf('autoscaling/v2', 'horizontalpodautoscalers')).find(isOfStack);

/** A condition of the ScaledObject. */
async function condition(type: string): Promise<Any> {
  const { status } = (await listOf('keda.sh/v1alpha1', 'scaledobjects')).find(isOfStack);
  return status?.conditions?.find((each: Any) => each.type === type) ?? {};
}

test('a token and the certificate of a private authority reach Prometheus, and the stack follows the demand', async () => {
  const authentication = PrometheusAuthentication.bearer(tokenOf('prometheus'), {
    ca: SecretKey.of('prometheus', 'ca'),
  });
  await deploy('trusted', authentication);
  await world.until('two replicas', async () => stack.pods().filter(({ ready }) => ready).length === 2);
  for (const { metrics } of stack.pods()) metrics.waiting = 25;
  await world.until('five replicas', async () => stack.pods().length === 5);
  expect(await condition('Ready')).toMatchObject({ status: 'True' });
  expect(prometheus.requests.allowed).toBeGreaterThan(0);
  expect(prometheus.requests.refused).toBe(0);
  expect(prometheus.endedHandshakes).toEqual([]);
});

test.each([
  { what: 'no certificate', name: 'distrusted', options: {} },
  // KEDA takes a key that is missing as an empty one.
  { what: 'a certificate that is missing', name: 'unfound', options: { ca: SecretKey.of('prometheus', 'unknown') } },
])('fails with $what: KEDA ends the handshake, and its token is not sent', async ({ name, options }) => {
  const { allowed, refused } = prometheus.requests;
  const ended = prometheus.endedHandshakes.length;
  await deploy(name, PrometheusAuthentication.bearer(tokenOf('prometheus'), options));
  await world.until('KEDA has ended a handshake', async () => prometheus.endedHandshakes.length > ended);
  for (const reason of prometheus.endedHandshakes) expect(reason).toMatch(/BAD_CERTIFICATE|UNKNOWN_CA/);
  expect(prometheus.requests).toEqual({ allowed, refused });
  // The number of replicas stays, by the emitted fallback: only it shows the failure.
  await world.until('the fallback is active', async () => (await condition('Fallback')).status === 'True');
  expect(await condition('Ready')).toMatchObject({ status: 'True' });
});

describe.each([
  {
    owner: 'the engine',
    secret: ENGINE_KEY.secretName,
    authentication: PrometheusAuthentication.bearer(tokenOf('prometheus'), { ca: SecretKey.of('prometheus', 'ca') }),
    more: { secretEnv: { KEY_OF_THE_TEST: ENGINE_KEY } },
    message: /error resolving secrets for ScaleTarget/,
  },
  {
    owner: 'the TriggerAuthentication',
    secret: 'of-the-scaler',
    authentication: PrometheusAuthentication.bearer(tokenOf('of-the-scaler'), { ca: SecretKey.of('prometheus', 'ca') }),
    more: {},
    message: /bearer token=<empty> is required/,
  },
])('while a Secret of $owner is missing', ({ secret, authentication, more, message }) => {
  test('KEDA makes no autoscaler, and makes it soon after the Secret exists', async () => {
    await deploy(secret, authentication, more);
    await world.until('KEDA has judged', async () => (await condition('Ready')).status === 'False');
    expect(await condition('Ready')).toMatchObject({
      reason: 'ScaledObjectCheckFailed',
      message: expect.stringMatching(message),
    });
    expect(await autoscaler()).toBeUndefined();
    await world.apply([secretOf(secret)]);
    await world.until('the autoscaler is made', async () => (await autoscaler()) !== undefined);
    await world.until('the ScaledObject is ready', async () => (await condition('Ready')).status === 'True');
  });
});
