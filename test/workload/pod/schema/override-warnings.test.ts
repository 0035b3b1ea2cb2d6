import { Accelerator, GpuModel, Model, Placement } from '../../../../lib';
import { findingLine } from '../../../../lib/preflight/finding';
import { refusalOf, stackWith, WITH_TOKEN } from '../../../support/stack';

type Props = Parameters<typeof stackWith>[0];

/** Findings of the overrides, but for Pod Security. */
function linesOf(spec: object, props: Props = {}): string[] {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { findings } = stackWith({ model: WITH_TOKEN, ...props, podTemplateOverrides: { spec } });
  write.mockRestore();
  return findings
    .filter(({ id, subject }) => subject.startsWith('podTemplateOverrides.') && id !== 'pod-security')
    .map(findingLine);
}

const sidecar = (fields: object) => ({ containers: [{ name: 'sidecar', image: 'example.com/sidecar:1', ...fields }] });
const C = 'podTemplateOverrides.spec.containers[0]';
const V = 'podTemplateOverrides.spec.volumes[0]';

test.each<[what: string, spec: object, line: string]>([
  [
    'a volume that no container mounts',
    { volumes: [{ name: 'data', emptyDir: {} }] },
    `${V}: is the volume "data", which no container mounts; add a volumeMount, or remove it [volume-unused]`,
  ],
  [
    'a volume without a source',
    { volumes: [{ name: 'data' }], ...sidecar({ volumeMounts: [{ name: 'data', mountPath: '/data' }] }) },
    `${V}: has no source, so Kubernetes makes it an empty folder; set its source, or emptyDir: {} [volume-without-source]`,
  ],
  [
    'a restart policy of a container',
    sidecar({ restartPolicy: 'Always' }),
    `${C}.restartPolicy: is "Always": a sidecar is an init container, and an older API server than that of Kubernetes 1.35 refuses this; move the container to initContainers, or remove it [container-restart-policy]`,
  ],
  [
    'memory in thousandths of bytes',
    sidecar({ resources: { limits: { cpu: '500m', memory: '512m' } } }),
    `${C}.resources.limits.memory: is 512m: "m" means a thousandth of a byte; write "512Mi" [thousandths-of-bytes]`,
  ],
  [
    'a variable that is set twice',
    sidecar({
      env: [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ],
    }),
    `${C}.env: sets A twice: the last one counts, and a server-side apply refuses both; remove one of them [sidecar-variable-twice]`,
  ],
  [
    'tolerations that lose the one for GPUs',
    { tolerations: [{ key: 'team', operator: 'Equal', value: 'ml', effect: 'NoSchedule' }] },
    'podTemplateOverrides.spec.tolerations: replaces the tolerations of the stack and loses "nvidia.com/gpu"; set the property tolerations instead, which adds to them [override-drops-placement]',
  ],
  [
    'no tolerations at all',
    { tolerations: [] },
    'podTemplateOverrides.spec.tolerations: replaces the tolerations of the stack and loses "nvidia.com/gpu"; set the property tolerations instead, which adds to them [override-drops-placement]',
  ],
])('warns about %s', (_, spec, line) => {
  expect(linesOf(spec)).toEqual([line]);
});

describe('node selector terms', () => {
  /** Several values of one label, which need terms instead of a selector. */
  const props: Props = {
    model: Model.of('Qwen/Qwen2.5-7B-Instruct'),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    placement: Placement.instanceTypes(['g6e.xlarge', 'g6e.2xlarge']),
  };
  const terms = (...matchExpressions: object[]) => ({
    affinity: {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } },
    },
  });
  const zone = { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['a'] };

  test('warns about terms that lose those of the stack', () => {
    expect(linesOf(terms(zone), props)).toEqual([
      expect.stringContaining(
        'nodeSelectorTerms: replaces the whole list, and so "g6e.xlarge", "g6e.2xlarge" for node.kubernetes.io/instance-type',
      ),
    ]);
  });

  test('has no warning when they repeat them', () => {
    const type = { key: 'node.kubernetes.io/instance-type', operator: 'In', values: ['g6e.xlarge'] };
    expect(linesOf(terms(zone, type), props)).toEqual([]);
  });
});

test('refuses several mistakes together, each once', () => {
  const message = refusalOf({
    podTemplateOverrides: {
      metadata: { labels: { team: 1 } },
      spec: {
        imagePullPolicy: 'Always',
        containers: [
          { name: 'vllm', image: 7, imagePullPolicy: 'always' },
          { name: 'sidecar', image: 'a', volumeMount: [], env: [{ name: 'A', value: 1 }] },
        ],
      },
    },
  });
  expect(message.match(/podTemplateOverrides\.[^ :]+/g)).toEqual([
    'podTemplateOverrides.spec.containers[0].image',
    'podTemplateOverrides.metadata.labels.team',
    'podTemplateOverrides.spec.imagePullPolicy',
    'podTemplateOverrides.spec.containers[0].imagePullPolicy',
    'podTemplateOverrides.spec.containers[1].volumeMount',
    'podTemplateOverrides.spec.containers[1].env[0].value',
  ]);
});
