import { Chart, Testing } from 'cdk8s';
import type { ModelRoutesProps } from '../../lib';
import {
  Accelerator,
  GatewayImplementation,
  GpuModel,
  Model,
  ModelGateway,
  ModelIngress,
  ModelRoutes,
  RouteTarget,
  SecretKey,
  VllmInferenceStack,
} from '../../lib';
import { printedBy, refusal } from '../support/routing';

const implementation = GatewayImplementation.istio();
const ELSEWHERE = ModelGateway.managed({ name: 'public', namespace: 'gateways', implementation, className: 'istio' });

/** Routes to a stack, in a chart without a namespace. */
function routes(props: Partial<ModelRoutesProps>, stackNamespace?: string): ModelRoutes {
  const chart = new Chart(Testing.app(), 'test');
  const stack = new VllmInferenceStack(chart, 'Qwen', {
    name: 'qwen',
    namespace: stackNamespace,
    model: Model.of('Qwen/Qwen3-8B'),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    apiKey: SecretKey.of('clients', 'key'),
  });
  const entry = props.ingress ? {} : { gateway: ModelGateway.existing({ name: 'public', implementation }) };
  return new ModelRoutes(chart, 'Routes', {
    name: 'llm',
    routes: [{ to: [RouteTarget.stack(stack)] }],
    ...entry,
    ...props,
  });
}

describe('the namespaces of routes', () => {
  test('may all be that of the context', () => {
    expect(() => printedBy(() => routes({}))).not.toThrow();
  });

  test.each<[title: string, props: Partial<ModelRoutesProps>, stackNamespace: string | undefined, message: string]>([
    [
      'a stack without one, and routes with one',
      { namespace: 'edge' },
      undefined,
      'routes[0].to[0]: is VllmInferenceStack "test/Qwen", whose namespace is unset, and the routes are in "edge"; set namespace of the stack, or of its chart',
    ],
    [
      'a stack without one, and an Ingress with one',
      { namespace: 'edge', ingress: ModelIngress.contour() },
      undefined,
      '[route-namespace-unset]',
    ],
    [
      'a stack with one, and routes without one',
      {},
      'search',
      'namespace: is unset, and a ReferenceGrant in "search" has to name it; set it, or that of the chart',
    ],
    [
      'a Gateway with one, and routes without one',
      { gateway: ELSEWHERE },
      undefined,
      'namespace: is unset, and the Gateway "public" has to name it',
    ],
  ])('refuses %s', (_, props, stackNamespace, message) => {
    expect(refusal(() => routes(props, stackNamespace))).toContain(message);
  });
});
