import type { Section } from './section';

export const GPU_PLATFORM = [
  {
    title: 'The platform',
    docs: 'gpu.md#which-mode',
    errors: {
      'namespace-default': 'The platform is in the namespace default.',
      'namespace-missing': 'The platform has no namespace.',
      'platform-label': 'A label of yours replaces one that distinguishes the parts of the platform.',
      'nodes-unused': 'nodes is set for the exporter, but the platform has no exporter.',
    },
  },
  {
    title: 'Stacks and objects beside the platform',
    docs: 'gpu.md#stacks-beside-the-platform',
    atSynth: true,
    errors: {
      'platform-claims': 'A stack claims its GPUs, and the platform runs the device plugin, or the reverse.',
      'platform-resource': 'The platform of the app does not offer what a stack requests.',
      'platform-sharing': 'The platform of the app shares GPUs otherwise than a stack expects.',
      'platform-slices': 'The platform of the app does not make the slices of a stack.',
      'second-gpu-program': 'An object of the app runs on GPU nodes what the platform runs there.',
    },
    warnings: {
      'platform-claims': 'A stack claims its GPUs, and the platform runs the device plugin, or the reverse.',
      'platform-cloud': 'A stack has the placement of another cloud than the platform of its app.',
      'platform-labels': 'A placement needs labels that no program of the platform sets.',
      'platform-resource': 'The platform of the app does not offer what a stack requests.',
      'platform-sharing': 'The platform of the app shares GPUs otherwise than a stack expects.',
      'platform-slices': 'The platform of the app does not make the slices of a stack.',
      'platform-taint': 'A stack does not tolerate a taint of the nodes of the platform.',
      'second-gpu-program': 'An object of the app runs on GPU nodes what the platform runs there.',
    },
  },
  {
    title: 'GPU nodes',
    docs: 'gpu.md#nodes-with-a-gpu',
    errors: {
      'second-device-plugin': 'The selected nodes run a device plugin already.',
    },
    warnings: {
      'gpu-present-label': 'The nodes are selected by a label that only the GPU Operator sets.',
      'mps-needs-feature-discovery': 'MPS needs a node label that GPU feature discovery sets.',
      'needs-node-feature-discovery':
        'GPU feature discovery needs node feature discovery, which is not installed by the platform.',
    },
  },
  {
    title: 'Device plugin',
    docs: 'gpu.md#the-device-plugin',
    errors: {
      'cdi-unused': 'cdi is set, but no configuration uses the Container Device Interface.',
      'config-twice': 'Both config and configs are set.',
    },
    warnings: {
      'allocation-policy-unused': 'An allocation policy is set, but there are no shares and no slices to choose from.',
    },
    notices: {
      'visible-devices': 'A container that requests no GPU may see all of them.',
    },
  },
  {
    title: 'Sharing a GPU',
    docs: 'gpu.md#one-gpu-for-several-pods',
    errors: {
      'mig-resource-without-mixed': 'The MIG strategy does not offer the slice that is shared.',
      'mps-with-mig': 'MPS and MIG slices are combined, which the device plugin refuses.',
      'shared-twice': 'A resource is shared twice.',
    },
    warnings: {
      'several-shares': 'A pod may request several shares, but gets no more than one share.',
      'shares-look-like-gpus': 'Shares have the resource name of whole GPUs or slices.',
    },
    notices: {
      'mps-experimental': 'NVIDIA calls MPS in the device plugin experimental.',
      'time-slicing-memory': 'Time slicing does not divide the GPU memory among the pods.',
    },
  },
  {
    title: 'Named configurations',
    docs: 'gpu.md#different-nodes',
    errors: {
      'config-missing': 'configs is empty.',
      'config-name': 'The name of a configuration cannot be the value of a node label.',
      'default-config-missing': 'Several configurations are named, but none is the default.',
      'default-config-unknown': 'The default configuration is not one of the named ones.',
      'default-config-unused': 'A default configuration is set, but no configurations are named.',
    },
    notices: {
      'config-labels': 'Named configurations apply to nodes with a label, which you set.',
    },
  },
  {
    title: 'GPU Operator',
    docs: 'gpu.md#the-gpu-operator',
    errors: {
      'operator-mig-strategy': 'A configuration sets a MIG strategy, but the operator has one for all nodes.',
      'plugin-config-unknown': 'The default configuration of the device plugin is not one of the named ones.',
    },
    warnings: {
      'operator-toolkit-of-node': 'The operator installs the driver, and the toolkit of the node will not find it.',
    },
  },
  {
    title: 'Dynamic Resource Allocation',
    docs: 'gpu.md#dynamic-resource-allocation',
    errors: {
      'kubernetes-too-old': 'The Kubernetes version is too old for the DRA driver of NVIDIA.',
    },
    notices: {
      'dra-driver': 'The DRA driver of NVIDIA is not part of the output; install its chart.',
    },
  },
  {
    title: 'MIG layouts',
    docs: 'mig.md#layouts',
    errors: {
      'mig-gpu-twice': 'A layout lists a GPU twice.',
      'mig-layout-twice': 'Two layouts with the same name are for the same GPUs.',
      'mig-name-reserved': 'The name of a layout has a special meaning for the MIG manager.',
      'mig-no-slices': 'A layout has an empty list of slices.',
    },
  },
  {
    title: 'MIG slices of a layout',
    docs: 'mig.md#what-fits',
    errors: {
      'mig-does-not-fit': 'The slices together need more than one GPU has.',
      'mig-media-engines': 'Two slices use the media engines of the GPU.',
      'mig-profile-unknown': 'The GPU has no MIG profile of this name.',
      'mig-too-many': 'A GPU has no room for that many slices of a profile.',
      'mig-two-roundings': 'The profile names are those of two drivers.',
    },
  },
  {
    title: 'MIG strategy',
    docs: 'gpu.md#slices',
    errors: {
      'mig-none-sliced': 'GPUs are sliced, but the MIG strategy offers no slices.',
      'mig-single-mixed': 'The MIG strategy single needs equal slices on a node.',
    },
    warnings: {
      'mig-single': 'The MIG strategy single offers slices as nvidia.com/gpu.',
    },
  },
  {
    title: 'Slicing nodes',
    docs: 'mig.md#slicing-a-node',
    notices: {
      'mig-label-nodes': 'Nodes are sliced only when you label them.',
    },
  },
  {
    title: 'DCGM exporter',
    docs: 'gpu-metrics.md#what-is-read',
    errors: {
      'dcgm-counter-known': 'A DCGM field is added that the library reads already.',
      'dcgm-counter-profiling': 'A profiling field is added, but profiling is off.',
      'dcgm-counter-twice': 'A DCGM field is added twice.',
      'dcgm-memory-above-limit': 'The memory request of the exporter is above its limit.',
      'exporter-off': 'Options of the exporter are set, but exportMetrics is false.',
      'second-exporter': 'The provider runs an exporter already, and a second one doubles every series.',
    },
    notices: {
      'dcgm-privileged': 'The exporter needs a namespace whose Pod Security level is privileged.',
    },
  },
  {
    title: 'Labels of GPU metrics',
    docs: 'gpu-metrics.md#labels',
    errors: {
      'dcgm-pod-labels': 'The exporter cannot copy labels of pods with shared GPUs or Dynamic Resource Allocation.',
    },
  },
  {
    title: 'Alerts of GPU metrics',
    docs: 'gpu-metrics.md#alerts',
    errors: {
      'dcgm-runbooks-unused': 'A runbook address is set, but alerts are off.',
    },
  },
] as const satisfies readonly Section[];
