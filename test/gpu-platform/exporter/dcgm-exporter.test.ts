import { Duration, Size } from 'cdk8s';
import { DcgmCounterType } from '../../../lib';
import { exporterWith } from '../../support/gpu-platform';
import { find } from '../../support/stack';

type Args = Parameters<typeof exporterWith>;

const pod = (...args: Args) => find(exporterWith(...args), 'DaemonSet').spec.template;
const container = (...args: Args) => pod(...args).spec.containers[0];
const env = (...args: Args): Record<string, string> =>
  Object.fromEntries(container(...args).env.map(({ name, value }: { name: string; value: string }) => [name, value]));
const csv = (...args: Args): string => find(exporterWith(...args), 'ConfigMap').data['dcgm-metrics.csv'];
const extra = { field: 'DCGM_FI_DEV_PCIE_LINK_GEN', type: DcgmCounterType.GAUGE, help: 'PCIe generation.' };

describe('the exporter', () => {
  it('runs on nodes with GPUs, whatever taints they have', () => {
    const { affinity, tolerations } = pod().spec;
    expect(affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms).toHaveLength(1);
    expect(tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
  });

  it('has a selector that no version changes', () => {
    const { selector } = find(exporterWith(), 'DaemonSet').spec;
    expect(selector.matchLabels).toEqual({
      'app.kubernetes.io/name': 'dcgm-exporter',
      'app.kubernetes.io/instance': 'gpu',
    });
    expect(pod().metadata.labels).toMatchObject(selector.matchLabels);
  });

  it('has a pinned image', () => {
    expect(container().image).toBe('nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless');
  });

  it('has SYS_ADMIN for profiling fields, and nothing else', () => {
    expect(container().securityContext).toEqual({
      runAsUser: 0,
      runAsNonRoot: false,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] },
    });
  });

  it('has no capability without profiling fields', () => {
    expect(container({ profiling: false }).securityContext.capabilities).toEqual({ drop: ['ALL'] });
    expect(csv({ profiling: false })).not.toContain('DCGM_FI_PROF_');
    expect(csv({ profiling: false })).toContain('DCGM_EXP_XID_ERRORS_COUNT');
  });

  it('has no token and no permissions', () => {
    expect(pod().spec.automountServiceAccountToken).toBe(false);
    expect(exporterWith().filter(({ kind }) => kind.startsWith('ClusterRole'))).toEqual([]);
  });

  it('mounts the list of fields at the path that it reads', () => {
    const { volumeMounts } = container();
    const { volumes } = pod().spec;
    expect(env()['DCGM_EXPORTER_COLLECTORS']).toBe('/etc/dcgm-exporter-counters/dcgm-metrics.csv');
    expect(volumeMounts).toContainEqual({ name: 'counters', mountPath: '/etc/dcgm-exporter-counters', readOnly: true });
    expect(volumes).toContainEqual({ name: 'counters', configMap: { name: 'gpu-dcgm-counters' } });
    expect(find(exporterWith(), 'ConfigMap').metadata.name).toBe('gpu-dcgm-counters');
  });

  it('restarts when the list changes, and only then', () => {
    const checksum = (...args: Args) => pod(...args).metadata.annotations['checksum/counters'];
    expect(checksum({ extraCounters: [extra] })).not.toBe(checksum());
    expect(checksum({ interval: Duration.seconds(10) })).toBe(checksum());
  });

  it('adds the fields of the user to the list', () => {
    expect(csv({ extraCounters: [extra] })).toMatch(/\nDCGM_FI_DEV_PCIE_LINK_GEN, gauge, PCIe generation\.\n$/);
  });

  it('samples as often as it is scraped', () => {
    expect(env()['DCGM_EXPORTER_INTERVAL']).toBe('15000');
    expect(env({ interval: Duration.seconds(5) })['DCGM_EXPORTER_INTERVAL']).toBe('5000');
  });

  it('has no variables of sharing by default', () => {
    expect(Object.keys(env())).toEqual([
      'DCGM_EXPORTER_LISTEN',
      'DCGM_EXPORTER_KUBERNETES',
      'DCGM_EXPORTER_COLLECTORS',
      'DCGM_EXPORTER_INTERVAL',
      'NODE_NAME',
    ]);
  });

  it('finds the pods of shared GPUs', () => {
    const shared = { virtualGpus: true, resourceNames: ['nvidia.com/gpu.shared', 'nvidia.com/a10'] };
    expect(env({}, shared)).toMatchObject({
      KUBERNETES_VIRTUAL_GPUS: 'true',
      NVIDIA_RESOURCE_NAMES: 'nvidia.com/gpu.shared,nvidia.com/a10',
    });
  });

  it('reads ResourceSlices, and no pods, with Dynamic Resource Allocation', () => {
    const manifests = exporterWith({}, { dra: true });
    expect(env({}, { dra: true })['KUBERNETES_ENABLE_DRA']).toBe('true');
    expect(pod({}, { dra: true }).spec.automountServiceAccountToken).toBe(true);
    expect(find(manifests, 'ClusterRole').rules).toEqual([
      { apiGroups: ['resource.k8s.io'], resources: ['resourceslices'], verbs: ['get', 'list', 'watch'] },
    ]);
    expect(find(manifests, 'ClusterRoleBinding').subjects).toEqual([
      { kind: 'ServiceAccount', name: 'gpu-dcgm-sa', namespace: 'gpu-system' },
    ]);
  });

  it('reads pods for their labels, and copies just the named ones', () => {
    const options = { podLabels: ['team', 'app.kubernetes.io/part-of'] };
    expect(env(options)['DCGM_EXPORTER_KUBERNETES_POD_LABEL_ALLOWLIST_REGEX']).toBe(
      '^team$,^app\\.kubernetes\\.io/part-of$',
    );
    expect(find(exporterWith(options), 'ClusterRole').rules).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
    ]);
  });

  it('has the resources of the user', () => {
    const resources = { cpu: 0.25, memory: Size.mebibytes(256), memoryLimit: Size.gibibytes(1) };
    expect(container({ resources }).resources).toEqual({
      requests: { cpu: '250m', memory: '256Mi' },
      limits: { memory: '1Gi' },
    });
  });

  it('has a memory limit that is not below its request', () => {
    expect(container({ resources: { memory: Size.gibibytes(1) } }).resources.limits).toEqual({ memory: '1Gi' });
  });

  it('uses the runtime class of the platform', () => {
    expect(pod().spec.runtimeClassName).toBeUndefined();
    expect(pod({}, { runtimeClassName: 'nvidia' }).spec.runtimeClassName).toBe('nvidia');
  });

  it('has a different name for each object', () => {
    const names = exporterWith({ podLabels: ['team'] }).map(({ metadata }) => metadata.name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the monitor', () => {
  const monitor = (...args: Args) => find(exporterWith(...args), 'ServiceMonitor');

  it('keeps the pod that uses the GPU, and drops that of the exporter', () => {
    const [endpoint] = monitor().spec.endpoints;
    expect(endpoint.honorLabels).toBe(true);
    expect(endpoint.relabelings).toEqual([
      { action: 'replace', sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' },
      { action: 'labeldrop', regex: 'pod|namespace|container' },
    ]);
  });

  it('selects the Service by labels and the port by name', () => {
    const service = find(exporterWith(), 'Service');
    expect(service.metadata.labels).toMatchObject(monitor().spec.selector.matchLabels);
    expect(service.spec.ports.map(({ name }: { name: string }) => name)).toEqual([monitor().spec.endpoints[0].port]);
    expect(service.spec.selector).toEqual(find(exporterWith(), 'DaemonSet').spec.selector.matchLabels);
  });

  it('has the job dcgm-exporter, whatever the name of the platform', () => {
    const { jobLabel } = monitor().spec;
    expect(find(exporterWith({}, { name: 'ours' }), 'Service').metadata.labels[jobLabel]).toBe('dcgm-exporter');
  });

  it('has a timeout that is not above the interval', () => {
    expect(monitor().spec.endpoints[0]).toMatchObject({ interval: '15s', scrapeTimeout: '10s' });
    expect(monitor({ interval: Duration.seconds(5) }).spec.endpoints[0]).toMatchObject({ scrapeTimeout: '5s' });
  });

  it('has the labels that Prometheus selects, as the rules have', () => {
    expect(monitor().metadata.labels).toMatchObject({ release: 'kube-prometheus-stack', team: 'platform' });
    expect(find(exporterWith(), 'PrometheusRule').metadata.labels).toMatchObject({ release: 'kube-prometheus-stack' });
  });

  it('has no rules if alerts are turned off', () => {
    expect(find(exporterWith({ alerts: false }), 'PrometheusRule')).toBeUndefined();
  });
});
