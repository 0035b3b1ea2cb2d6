import { Chart, Testing } from 'cdk8s';
import {
  Accelerator,
  FailureMode,
  GpuModel,
  InferencePool,
  ModelIngress,
  PodUser,
  PrometheusAuthentication,
  PrometheusServer,
  Scaling,
  SecretKey,
  SmokeTest,
  Tracing,
  VllmVersion,
} from '../../../lib';
import type { VllmInferenceStackProps } from '../../../lib';
import { findingLine } from '../../../lib/preflight/finding';
import { existing } from '../../support/routing';
import type { Manifest } from '../../support/stack';
import { manifestsWith, podWith, refusalOf, stackWith, WITH_TOKEN } from '../../support/stack';

const AMD: Partial<VllmInferenceStackProps> = {
  accelerator: Accelerator.resource('amd.com/gpu', 1),
  vllmVersion: VllmVersion.of('0.32.0', { repository: 'vllm/vllm-openai-rocm' }),
  model: WITH_TOKEN,
};

/** Runs without output. */
function quiet<T>(make: () => T): T {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    return make();
  } finally {
    write.mockRestore();
  }
}

/** Security contexts of pods, of all objects. */
function usersOf(manifests: readonly Manifest[]): unknown[] {
  return manifests.flatMap(({ spec }) => {
    const context = spec?.template?.spec?.securityContext ?? spec?.podSecurityContext;
    return context === undefined ? [] : [context.runAsUser ?? 'assigned'];
  });
}

describe('the user of the pods', () => {
  it('is that of the image, in the group that owns its folders', () => {
    expect(podWith().securityContext).toMatchObject({ runAsUser: 2000, runAsGroup: 0, fsGroup: 0 });
  });

  it('is left to the cluster where it assigns one', () => {
    expect(podWith({ podUser: PodUser.assigned() }).securityContext).toEqual({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
      fsGroupChangePolicy: 'OnRootMismatch',
    });
  });

  it('has supplemental groups beside it', () => {
    const options = { supplementalGroups: [44, 992] };
    expect(podWith({ podUser: PodUser.vllm(options) }).securityContext).toMatchObject({ runAsUser: 2000, ...options });
    expect(podWith({ podUser: PodUser.assigned(options) }).securityContext).toMatchObject(options);
  });

  it('does not follow later changes of the groups', () => {
    const supplementalGroups = [44];
    const podUser = PodUser.vllm({ supplementalGroups });
    supplementalGroups.push(0);
    expect(podWith({ podUser }).securityContext.supplementalGroups).toEqual([44]);
  });

  const routes = { gateway: existing(), hostnames: ['llm.example.com'], smokeTest: SmokeTest.job() };

  it.each([
    ['is the same for every pod of a stack', undefined, [2000, 10001, 65532]],
    ['is assigned to every pod of a stack', PodUser.assigned(), ['assigned', 'assigned', 'assigned']],
  ])('%s', (_title, podUser, users) => {
    const tracing = Tracing.collector({ exportTo: 'https://tempo.example.com:4317' });
    const network = { clientNamespaces: ['gateways', 'envoy-gateway-system'] };
    const manifests = quiet(() => manifestsWith({ podUser, tracing, routes, network }));
    expect(usersOf(manifests).sort()).toEqual([...users].sort());
  });

  it('is assigned to the picker of a pool too', () => {
    const stack = quiet(() => stackWith({ podUser: PodUser.assigned(), inferencePool: { pool: 'pool' } }));
    const chart = Chart.of(stack);
    quiet(() => new InferencePool(chart, 'Pool', { stacks: [stack], failureMode: FailureMode.FAIL_OPEN }));
    expect(usersOf(Testing.synth(chart))).toEqual(['assigned', 'assigned']);
  });

  it.each([
    ['a group twice', { supplementalGroups: [44, 44] }],
    ['the root group', { supplementalGroups: [0] }],
    ['no group', { supplementalGroups: [] }],
    ['a name', { supplementalGroups: ['render'] }],
    ['too large a number', { supplementalGroups: [2 ** 31] }],
    ['a single number', { supplementalGroups: 44 }],
    ['another property', { runAsUser: 1000 }],
  ])('refuses %s', (_what, options) => {
    for (const make of [PodUser.vllm, PodUser.assigned]) {
      expect(() => make(options as never)).toThrow(/supplementalGroups|runAsUser/);
    }
  });
});

describe('a user in the overrides', () => {
  const assigned = (spec: object) => ({ podUser: PodUser.assigned(), podTemplateOverrides: { spec } });

  it.each([
    ['the pod', { securityContext: { runAsUser: 1000 } }, 'spec.securityContext.runAsUser: is 1000'],
    ['the volumes', { securityContext: { fsGroup: 0 } }, 'spec.securityContext.fsGroup: is 0'],
    [
      'the engine',
      { containers: [{ name: 'vllm', securityContext: { runAsUser: 2000 } }] },
      'spec.containers[0].securityContext.runAsUser: is 2000',
    ],
    [
      'an init container',
      { initContainers: [{ name: 'a', image: 'b:1', securityContext: { runAsUser: 5 } }] },
      'spec.initContainers[0].securityContext.runAsUser: is 5',
    ],
  ])('is refused for %s where the cluster assigns one', (_what, spec, line) => {
    const message = quiet(() => refusalOf(assigned(spec)));
    expect(message).toContain(`podTemplateOverrides.${line}, and podUser is PodUser.assigned()`);
    expect(message).toContain('[user-is-assigned]');
  });

  it.each([
    ['no user', { securityContext: { seLinuxOptions: { level: 's0:c1,c2' } } }],
    ['a removed field', { securityContext: { fsGroupChangePolicy: null } }],
  ])('is not what %s is', (_what, spec) => {
    expect(() => quiet(() => stackWith(assigned(spec)))).not.toThrow();
  });

  it('is accepted where the pod has its own', () => {
    const podTemplateOverrides = { spec: { securityContext: { runAsUser: 1000, fsGroup: 1000 } } };
    expect(() => stackWith({ podTemplateOverrides })).not.toThrow();
  });
});

describe('a stack on OpenShift', () => {
  const tls = { secretName: 'tls' };
  const routes = { ingress: ModelIngress.openShift({ tls }), hostnames: ['llm.example.com'] };
  const monitoringLabels = {};
  const thanos = PrometheusServer.at('https://thanos-querier.openshift-monitoring.svc:9091', {
    authentication: PrometheusAuthentication.bearer(SecretKey.of('thanos', 'token')),
  });
  const scaling = Scaling.keda({ maxReplicas: 2, prometheus: thanos });
  const linesOf = (props: Partial<VllmInferenceStackProps>) =>
    quiet(() => stackWith(props))
      .findings.filter(({ id }) => id === 'user-on-openshift')
      .map(findingLine);

  it.each<[what: string, props: Partial<VllmInferenceStackProps>, namespace: string]>([
    ['its router', { routes }, 'openshift-ingress'],
    ['its Thanos', { scaling, monitoringLabels }, 'openshift-user-workload-monitoring'],
    ['its Prometheus', { network: { monitoringNamespaces: ['openshift-monitoring'] } }, 'openshift-monitoring'],
    ['clients of its own', { network: { clientNamespaces: ['openshift-console'] } }, 'openshift-console'],
    ['a group only', { routes, podUser: PodUser.vllm({ supplementalGroups: [44] }) }, 'openshift-ingress'],
  ])('warns about the user of the image with %s', (_what, props, namespace) => {
    expect(linesOf(props)).toEqual([
      `podUser: is PodUser.vllm(), with user 2000, and pods of ${namespace} connect to the stack: the constraint restricted-v2 of OpenShift refuses its pods; set PodUser.assigned(), or acknowledge this finding if the service account has a constraint such as nonroot-v2 [user-on-openshift]`,
    ]);
  });

  it.each<[what: string, props: Partial<VllmInferenceStackProps>]>([
    ['an assigned user', { routes, podUser: PodUser.assigned() }],
    ['a user of the overrides', { routes, podTemplateOverrides: { spec: { securityContext: { runAsUser: 1000 } } } }],
    ['another cluster', { network: { clientNamespaces: ['ingress-nginx', 'my-openshift'] } }],
  ])('is not warned about with %s', (_what, props) => {
    expect(linesOf(props)).toEqual([]);
  });
});

describe('the group of the devices of AMD', () => {
  const linesOf = (props: Partial<VllmInferenceStackProps>) =>
    quiet(() => stackWith({ ...AMD, ...props }))
      .findings.filter(({ id }) => id === 'amd-device-group')
      .map(findingLine);

  it('warns about a process without it', () => {
    expect(linesOf({})).toEqual([
      'podUser: has no supplementalGroups: on nodes with Debian or Ubuntu only the group "render" may open /dev/kfd, so vLLM finds no GPU; set PodUser.vllm({ supplementalGroups: [GID] }) with the number that "getent group render" prints on a node, or acknowledge this finding if the devices have the mode 0666 [amd-device-group]',
    ]);
  });

  it('warns about a process of an assigned user with its own factory', () => {
    expect(linesOf({ podUser: PodUser.assigned() })).toEqual([
      expect.stringContaining('; set PodUser.assigned({ supplementalGroups: [GID] }) with'),
    ]);
  });

  it.each<[what: string, props: Partial<VllmInferenceStackProps>]>([
    ['supplementalGroups', { podUser: PodUser.vllm({ supplementalGroups: [992] }) }],
    ['an override', { podTemplateOverrides: { spec: { securityContext: { supplementalGroups: [992] } } } }],
    ['another group of the process', { podTemplateOverrides: { spec: { securityContext: { runAsGroup: 992 } } } }],
    ['root', { podTemplateOverrides: { spec: { securityContext: { runAsNonRoot: false, runAsUser: 0 } } } }],
    ['an NVIDIA GPU', { accelerator: Accelerator.gpu(GpuModel.L40S), vllmVersion: undefined }],
  ])('is not missed with %s', (_what, props) => {
    expect(linesOf(props)).toEqual([]);
  });
});
