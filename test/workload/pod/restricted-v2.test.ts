import { Testing } from 'cdk8s';
import type { Chart } from 'cdk8s';
import { build } from '../../../examples/openshift/main';
import type { Manifest } from '../../support/stack';
import { podWith } from '../../support/stack';

/**
 * What OpenShift's constraint `restricted-v2` refuses in a pod, for a namespace with a range of users that has none of
 * those that images bring along.
 *
 * Source: openshift/cluster-kube-apiserver-operator bindata/bootkube/scc-manifests, 0000_20_…_scc-restricted-v2.yaml.
 */
const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

function refusedBy(pod: Manifest): string[] {
  const contexts = [pod.securityContext, ...pod.containers.map((each: Manifest) => each.securityContext)];
  const rules: [rule: string, isBroken: boolean][] = [
    ['a user', contexts.some((each) => each?.runAsUser !== undefined)],
    ['fsGroup', pod.securityContext?.fsGroup !== undefined],
    ['SELinux', contexts.some((each) => each?.seLinuxOptions !== undefined)],
    ['seccomp', contexts.some((each) => !['RuntimeDefault', undefined].includes(each?.seccompProfile?.type))],
    ['the host', pod.hostNetwork === true || pod.hostPID === true || pod.hostIPC === true],
    ['volumes', (pod.volumes ?? []).some((each: Manifest) => !VOLUMES.some((kind) => kind in each))],
    ...pod.containers.flatMap(({ securityContext: own, ports = [] }: Manifest): [string, boolean][] => [
      ['privileges', own?.privileged === true || own?.allowPrivilegeEscalation !== false],
      ['capabilities', JSON.stringify(own?.capabilities) !== '{"drop":["ALL"]}'],
      ['a port of the host', ports.some(({ hostPort }: Manifest) => hostPort !== undefined)],
    ]),
  ];
  return rules.filter(([, isBroken]) => isBroken).map(([rule]) => rule);
}

it('accepts every pod of the example', () => {
  const manifests = build().charts.flatMap((chart: Chart) => Testing.synth(chart) as Manifest[]);
  const pods = manifests.flatMap(({ spec }) => (spec?.template?.spec ? [spec.template.spec] : []));
  expect(pods).toHaveLength(1);
  expect(pods.flatMap(refusedBy)).toEqual([]);
});

it('refuses the pods of other clusters', () => {
  expect(refusedBy(podWith())).toEqual(['a user', 'fsGroup']);
});
