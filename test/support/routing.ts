import { Chart, Testing } from 'cdk8s';
import type { GatewayImplementation, ModelRoutesProps, VllmInferenceStackProps } from '../../lib';
import {
  Accelerator,
  GatewayImplementation as Implementation,
  GpuModel,
  Model,
  ModelGateway,
  ModelRoutes,
  RouteTarget,
  SecretKey,
  VllmInferenceStack,
} from '../../lib';
import type { Manifest } from './stack';

/** An app with stacks and routes, as a test makes it. */
export class RoutedApp {
  public readonly chart = new Chart(Testing.app(), 'test', { namespace: 'llm' });

  /** A stack that lets the gateway in and has an API key, so that a test sees only what it is about. */
  public stack(name: string, props: Partial<VllmInferenceStackProps> = {}): VllmInferenceStack {
    return new VllmInferenceStack(this.chart, name, {
      name,
      model: Model.of('Qwen/Qwen3-8B'),
      accelerator: Accelerator.gpu(GpuModel.L40S),
      engine: { maxModelLen: 16384 },
      apiKey: SecretKey.of('clients', 'key'),
      network: { clientNamespaces: ['gateways', 'envoy-gateway-system'] },
      ...props,
    });
  }

  /** A target that is a stack. */
  public to(name: string, props: Partial<VllmInferenceStackProps> = {}): RouteTarget {
    return RouteTarget.stack(this.stack(name, props));
  }

  public routes(props: Partial<ModelRoutesProps>, id = 'Routes'): ModelRoutes {
    return new ModelRoutes(this.chart, id, {
      name: 'llm',
      gateway: existing(),
      hostnames: ['llm.example.com'],
      routes: [],
      ...props,
    });
  }

  /** All manifests of these kinds. */
  public manifests(...kinds: string[]): Manifest[] {
    return Testing.synth(this.chart).filter(({ kind }: Manifest) => kinds.includes(kind as string));
  }
}

/** A Gateway in a namespace of its own. */
export const existing = (implementation: GatewayImplementation = Implementation.envoyGateway()): ModelGateway =>
  ModelGateway.existing({ name: 'public', namespace: 'gateways', implementation });

/** The ids and texts of what the routes of an app report. */
export const linesOf = ({ findings }: ModelRoutes): string[] =>
  findings.map(({ id, subject, problem, fix }) => `${id} ${subject}: ${problem}; ${fix}`);

/** The message with which a program is refused. */
export function refusal(program: () => unknown): string {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    program();
  } catch (error) {
    return (error as Error).message;
  } finally {
    write.mockRestore();
  }
  throw new Error('not refused');
}

/** What a program prints on standard error. */
export function printedBy(program: () => unknown): string {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    program();
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}

/** The rules of the only HTTPRoute, each as its backends and its matches. */
export const rulesOf = (route: Manifest): [backends: string, matches: string[]][] =>
  route.spec.rules.map(({ backendRefs = [], matches }: Manifest) => [
    backendRefs.map(({ name, weight }: Manifest) => (weight === 1 ? name : `${name} ${weight}`)).join(', '),
    matches.map(({ path, headers = [], method }: Manifest) =>
      [method, path.value, ...headers.map(({ name, value }: Manifest) => `${name}=${value}`)].filter(Boolean).join(' '),
    ),
  ]);

/** The objects of one route at a gateway. */
export function objectsAt(gateway: ModelGateway, props: Partial<ModelRoutesProps> = {}): Manifest[] {
  const app = new RoutedApp();
  printedBy(() => app.routes({ gateway, routes: [{ to: [app.to('qwen')] }], ...props }));
  const kinds = ['Gateway', 'HTTPRoute', 'ReferenceGrant', 'HTTPRouteFilter', 'TrafficPolicy'];
  return app.manifests(
    ...kinds,
    'GCPBackendPolicy',
    'HealthCheckPolicy',
    'ProxySettingsPolicy',
    'ClientSettingsPolicy',
  );
}

/** The spec of the only object of a kind. */
export const specOf = (kind: string, objects: readonly Manifest[]): Manifest =>
  objects.find((each) => each.kind === kind)?.spec;
