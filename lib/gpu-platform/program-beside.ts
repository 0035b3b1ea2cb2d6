import { isJsonObject } from '../shapes/json-object';
import type { PlatformPlan } from './platform-plan';
import { entryOf } from '../shapes/entry-of';

/** Programs of which a GPU node needs one. */
export type GpuProgram = 'deviceplugin' | 'exporter' | 'discovery' | 'migManager' | 'draDriver';

/** Each program in words. */
export const PROGRAMS: Readonly<Record<GpuProgram, string>> = {
  deviceplugin: "NVIDIA's device plugin",
  exporter: 'the DCGM exporter',
  discovery: 'GPU feature discovery',
  migManager: 'the MIG manager',
  draDriver: "NVIDIA's DRA driver",
};

/**
 * Images of each program. Sources: the values of the charts of NVIDIA/k8s-device-plugin, NVIDIA/dcgm-exporter,
 * NVIDIA/gpu-operator and kubernetes-sigs/dra-driver-nvidia-gpu; GoogleCloudPlatform/container-engine-accelerators. AMD's
 * plugin has the image rocm/k8s-device-plugin.
 */
const IMAGES: readonly (readonly [image: RegExp, program: GpuProgram])[] = [
  [/(^|\/)gpu-feature-discovery(?=[:@]|$)/, 'discovery'],
  [/(nvidia\/|^)k8s-device-plugin(?=[:@]|$)/, 'deviceplugin'],
  [/(^|\/)nvidia-gpu-device-plugin(?=[:@]|$)/, 'deviceplugin'],
  [/(^|\/)dcgm-exporter(?=[:@]|$)/, 'exporter'],
  [/(^|\/)k8s-mig-manager(?=[:@]|$)/, 'migManager'],
  [/(^|\/)(k8s-dra-driver-gpu|dra-driver-nvidia-gpu|k8s-dra-driver)(?=[:@]|$)/, 'draDriver'],
];

/** Charts that install a program, by name. */
const CHARTS: Readonly<Record<string, GpuProgram>> = {
  'nvidia-device-plugin': 'deviceplugin',
  'dcgm-exporter': 'exporter',
  'gpu-feature-discovery': 'discovery',
  'nvidia-dra-driver-gpu': 'draDriver',
  'dra-driver-nvidia-gpu': 'draDriver',
};

/** The chart of the GPU Operator. */
export const OPERATOR_CHART = 'gpu-operator';

type Tree = Readonly<Record<string, unknown>>;

const tree = (value: unknown): Tree => (isJsonObject(value) ? value : {});
const list = (value: unknown): Tree[] => (Array.isArray(value) ? value.map(tree) : []);
const at = (value: unknown, ...path: string[]): unknown => path.reduce<unknown>((each, key) => tree(each)[key], value);

/** The program of a container. The image of the plugin has GPU feature discovery and the MPS daemon too. */
function programOf({ image, command, args }: Tree): GpuProgram | undefined {
  const found = IMAGES.find(([pattern]) => pattern.test(String(image)))?.[1];
  if (found !== 'deviceplugin') return found;
  const words = [command, args].flat().map(String).join(' ');
  if (words.includes('gpu-feature-discovery')) return 'discovery';
  return /config-manager|mps-control-daemon/.test(words) ? undefined : found;
}

/** What an object runs on GPU nodes. */
export interface RunsBeside {
  readonly programs: readonly GpuProgram[];
  /** Whether it may run on other nodes than the platform: it selects its nodes. */
  readonly selects: boolean;
}

/** The programs of a manifest with a pod template. */
export function programsOf(manifest: object): RunsBeside {
  const spec = tree(at(manifest, 'spec', 'template', 'spec'));
  const programs = list(spec['containers']).flatMap((each) => programOf(each) ?? []);
  const selector = Object.keys(tree(spec['nodeSelector'])).filter((key) => !key.startsWith('kubernetes.io/'));
  const affinity = at(spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  return { programs: [...new Set(programs)], selects: selector.length > 0 || affinity !== undefined };
}

/** The chart of a release of Argo CD, Flux or k3s, with its values. */
export function chartOf(kind: string, manifest: object): { readonly chart: string; readonly values: Tree } | undefined {
  const of = (chart: unknown, values: unknown) =>
    typeof chart === 'string' ? { chart: chart.split('/').pop() ?? chart, values: tree(values) } : undefined;
  const spec = at(manifest, 'spec');
  switch (kind) {
    case 'Application':
      return of(at(spec, 'source', 'chart'), at(spec, 'source', 'helm', 'valuesObject'));
    case 'HelmRelease':
      return of(at(spec, 'chart', 'spec', 'chart'), at(spec, 'values'));
    case 'HelmChart':
      return of(at(spec, 'chart'), {});
    default:
      return undefined;
  }
}

/** The program that a chart installs. */
export const programOfChart = (chart: string): GpuProgram | undefined => entryOf(CHARTS, chart);

/** Whether the values of the operator's chart keep it from making a ClusterPolicy. */
export const makesNoPolicy = (values: Tree): boolean => at(values, 'clusterPolicy', 'deployCR') === false;

/** What a ClusterPolicy, or the values of the operator's chart, let the operator run. */
export function programsOfPolicy(spec: Tree): GpuProgram[] {
  const runs = (field: string): boolean => at(spec, field, 'enabled') !== false;
  return [
    ...(runs('devicePlugin') ? (['deviceplugin'] as const) : []),
    ...(runs('dcgmExporter') ? (['exporter'] as const) : []),
  ];
}

/** The programs that a platform, or its provider, runs. */
export function programsOfPlatform(plan: PlatformPlan): GpuProgram[] {
  switch (plan.mode) {
    case 'devicePlugin':
      return [
        'deviceplugin',
        ...(plan.exporter ? (['exporter'] as const) : []),
        ...(plan.devicePlugin.featureDiscovery ? (['discovery'] as const) : []),
      ];
    case 'gpuOperator':
      return ['deviceplugin', 'exporter', 'discovery', 'migManager'];
    case 'managed':
      return ['deviceplugin', ...(plan.exporter ? (['exporter'] as const) : [])];
    case 'dra':
      return ['draDriver', ...(plan.exporter ? (['exporter'] as const) : [])];
  }
}
