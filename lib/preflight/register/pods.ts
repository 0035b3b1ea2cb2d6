import type { Section } from './section';

const PATH_FORM = 'The value is no path that a program in a container can open, whatever is mounted.';
const WRONG_KIND = 'vLLM opens a file at the path and it is a folder, or the reverse.';
const NOT_IN_POD = 'No volume is mounted at the path, and vLLM’s own image has no files of the user.';
const EMPTY_VOLUME = 'The path is in a volume that starts empty, and no container fills it.';
const BELOW_A_KEY = 'The path is in a folder of a ConfigMap or a Secret, which have files only.';

export const PODS = [
  {
    title: 'Start',
    docs: 'lifecycle.md#a-start',
    errors: {
      'progress-deadline-too-short': 'The progress deadline is shorter than a start may take.',
      'startup-budget-unknown': 'The startup budget cannot be derived, because sizes are not known.',
      'startup-budget-zero': 'The startup budget is 0 s, so no pod could start.',
    },
    warnings: {
      'ready-timeout-fixed': 'The pinned vLLM version stops waiting for its engine before the startup budget ends.',
      'startup-budget-short': 'The startup budget is shorter than a start is expected to take.',
    },
  },
  {
    title: 'Stop',
    docs: 'lifecycle.md#a-stop',
    errors: {
      'grace-period-too-short': 'The grace period is shorter than the time that the pod needs to stop.',
      'pre-stop-too-short': 'The engine cannot drain, and the wait before SIGTERM is shorter than the drain timeout.',
    },
    warnings: {
      'no-pre-stop-delay': 'There is no wait before SIGTERM, so clients still send requests to a pod that stops.',
      'streams-are-cut': 'The drain timeout is 0 s, so running answers are cut.',
    },
    notices: {
      'drain-before-sigterm': 'The engine cannot drain, so the pod waits before SIGTERM instead.',
      'long-grace-period': 'A pod that is deleted while it loads stops only at the end of its grace period.',
    },
  },
  {
    title: 'Resources',
    docs: 'lifecycle.md#the-numbers-of-a-stack',
    errors: {
      'cpu-limit-below-request': 'The CPU limit is below the request.',
      'extended-resource-twice': 'An extended resource is requested by another property, or is a second kind of GPU.',
      'memory-limit-below-shm': 'The memory limit is not larger than /dev/shm.',
      'memory-request-above-limit': 'The memory request is above the limit.',
    },
    warnings: {
      'cpu-limit': 'A CPU limit throttles the engine.',
      'ephemeral-storage-low': 'Ephemeral storage is below what the pod needs.',
      'memory-limit-low': 'The memory limit is below what loading the weights needs.',
    },
  },
  {
    title: 'Host memory and disk',
    docs: 'host-memory.md',
    errors: {
      'folder-not-writable': 'The engine is set to write to a folder that no writable volume holds.',
      'memory-limit-below-caches':
        'The memory limit is below what the engine takes at the start: offloaded KV blocks; on CPU weights and KV cache.',
      'shared-memory-too-small': 'vLLM does not start, because /dev/shm is smaller than what it creates there.',
    },
    warnings: {
      'folder-too-small': 'The engine may write more to a volume than its size limit.',
      'lmcache-size-unknown': 'A file that only the pod reads sets the memory of LMCache.',
      'lmcache-size-unread': 'LMCache cannot read a size, so it uses its default.',
      'shared-memory-low': 'Shared memory is smaller than what may be written to it.',
    },
    notices: {
      'draft-size-unknown': 'The size of a draft model that is downloaded is not known.',
      'lmcache-server-size': 'The size of the offloaded KV blocks is not passed on to the LMCache server.',
    },
  },
  {
    title: 'Files of the engine',
    docs: 'files.md',
    errors: {
      'mount-hides-image': 'A volume hides files of the image without which the engine does not start.',
      'mount-of-caches': 'A read-only volume is mounted where the engine writes its caches.',
      'path-below-a-key': BELOW_A_KEY,
      'path-form': PATH_FORM,
      'path-in-empty-volume': EMPTY_VOLUME,
      'path-not-in-pod': NOT_IN_POD,
      'path-of-wrong-kind': WRONG_KIND,
    },
    warnings: {
      'module-not-in-image': 'An option names a Python module that vLLM’s image may not have, and PYTHONPATH is unset.',
      'mount-inside-read-only': 'A volume is mounted inside a read-only one, which must have a folder there.',
      'path-below-a-key': BELOW_A_KEY,
      'path-form': PATH_FORM,
      'path-in-empty-volume': EMPTY_VOLUME,
      'path-not-in-pod': NOT_IN_POD,
      'path-of-wrong-kind': WRONG_KIND,
      'template-not-in-image': 'A chat template is not among the examples of vLLM’s image that the library knows.',
    },
  },
  {
    title: 'Rollouts and drains',
    docs: 'lifecycle.md#rollouts-with-and-without-a-spare-gpu',
    errors: {
      'disruption-budget-twice': 'The disruption budget has both minAvailable and maxUnavailable.',
      'drain-blocked': 'The disruption budget protects every replica, so no node can be drained.',
    },
    warnings: {
      'drain-outage': 'The disruption budget lets one drain evict all replicas.',
    },
    notices: {
      'rollout-outage': 'Each rollout stops all replicas before the new ones are loaded.',
    },
  },
  {
    title: 'Labels, volumes and spreading',
    docs: 'escape-hatches.md#pod-fields',
    errors: {
      'mount-taken': 'Two volumes have the same mount path.',
      'owned-label': 'Kubernetes sets this label itself, with another value for each revision.',
      'selector-label': 'A label replaces the one that Service and workload select the pods by.',
      'topology-key-twice': 'Two spreading rules have the same topology key.',
      'volume-taken': 'Two different volumes have the same name.',
    },
  },
  {
    title: 'Volume claims',
    docs: 'claims.md#what-is-checked',
    atSynth: true,
    errors: {
      'claim-access-differs': 'accessMode is not a mode of the volume claim, which is made in the same app.',
      'claim-access-unsupported': 'The storage of a volume claim does not have the access mode that it asks for.',
      'claim-not-files': 'The volume of a volume claim is a block device, which cannot be mounted as a folder.',
      'claim-one-node': 'Several pods mount a volume claim that the pods of one node, or only one pod, can mount.',
      'claim-read-only': 'The pods write to a volume claim that can only be read.',
      'claim-too-small': 'A volume claim is smaller than the weights.',
    },
    warnings: {
      'claim-access-unsupported': 'The storage of a volume claim does not have the access mode that it asks for.',
      'claim-one-node': 'Several pods mount a volume claim that the pods of one node, or only one pod, can mount.',
      'claim-too-small': 'A volume claim is smaller than the weights.',
    },
    notices: {
      'claim-access-open': 'Several pods mount a volume claim whose access mode is not known.',
    },
  },
  {
    title: 'Ports',
    docs: 'security.md#other-ports',
    errors: {
      'peers-without-transfer': 'Namespaces of peers are set, and no connector exchanges KV blocks with other pods.',
      'port-for-none': 'A port of the network is open to whoever may call the API, and that is nothing.',
      'port-name-taken': 'Two ports of the pod have the same name.',
      'port-taken': 'Two things in the pod listen on the same port.',
      'ports-without-policy': 'Ports or peers are set for a NetworkPolicy that is turned off.',
    },
  },
  {
    title: 'Overrides of the pod template',
    docs: 'escape-hatches.md#pod-fields',
    errors: {
      'container-without-image': 'An added container has no image.',
      'duplicate-pod-item': 'Two items of a list in the overrides have the same name.',
      'pod-fields-exclude': 'Two fields of an override exclude each other, or one excludes a field of the stack.',
      'init-container-runs': 'An init container has probes or hooks, which only a sidecar has.',
      'missing-pod-field': 'An override has no value for a field that Kubernetes requires.',
      'missing-pod-reference': 'A container names a volume or a device claim that the pod does not have.',
      'not-a-pod-template': 'An override is outside metadata and spec.',
      'protected-override': 'An override replaces a field that checks rely on.',
      'request-unlike-limit': 'A container requests more than its limit, or a device without an equal limit.',
      'unknown-pod-field': 'A field in the overrides is unknown to Kubernetes.',
      'unnamed-container': 'A container in the overrides has no name.',
      'unnamed-item': 'A list item in the overrides has no key, so it would replace the whole list.',
    },
    warnings: {
      'container-restart-policy': 'A container has a restart policy, which belongs to an init container.',
      'liveness-too-eager': 'The liveness probe restarts the engine after less than 60 s of silence.',
      'override-drops-placement': 'An override replaces the tolerations of the stack, and loses one.',
      'sidecar-takes-gpu': 'A sidecar requests a GPU of its own for each replica.',
      'thousandths-of-bytes': 'A size in the overrides is in thousandths of bytes.',
      'sidecar-variable-twice': 'A container in the overrides sets a variable twice.',
      'volume-unused': 'No container mounts a volume of the overrides.',
      'volume-without-source': 'A volume in the overrides has no source, so it is an empty folder.',
    },
  },
  {
    title: 'Service mesh',
    docs: 'mesh.md#what-is-refused',
    errors: {
      'mesh-guaranteed': 'An injected sidecar takes the class Guaranteed from the pod.',
      'mesh-host-network': 'A pod in the network of its node joins no mesh.',
      'mesh-metadata': 'A label or an annotation is set that `mesh` sets itself.',
      'mesh-user': 'A container runs as the user of the sidecar.',
    },
    warnings: {
      'mesh-by-label': 'A label puts the pods into a mesh that the stack does not know.',
      'mesh-init-container': 'An init container runs before a classic sidecar.',
      'mesh-pod-security': 'Without the Istio CNI plugin, an injected sidecar breaks Pod Security.',
    },
    notices: {
      'mesh-strict-mtls': 'Prometheus outside the mesh cannot scrape the engine if mTLS is required.',
      'mesh-tls-twice': 'The engine and the mesh both encrypt the traffic.',
    },
  },
  {
    title: 'User and groups',
    docs: 'security.md#user-and-groups',
    errors: {
      'user-is-assigned': 'The overrides set a user where the cluster assigns one.',
    },
    warnings: {
      'amd-device-group': 'The process has no group that may open the devices of AMD.',
      'user-on-openshift': 'A stack on OpenShift has the user of vLLM, which its usual constraint refuses.',
    },
  },
  {
    title: 'Level of Pod Security',
    docs: 'security.md#images-that-do-not-fit',
    warnings: {
      'pod-security': 'The overrides break the Pod Security level restricted.',
    },
  },
] as const satisfies readonly Section[];
