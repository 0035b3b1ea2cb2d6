import { MigStrategy } from '../accelerator/mig-strategy';
import type { PluginConfigPlan } from './device-plugin/config-plan';
import type { MigLayoutPlan } from './mig/mig-plan';
import type { NodesPlan } from './nodes/gpu-nodes';
import { ManagedProvider } from './managed/managed-options';
import type { PlatformPlan } from './platform-plan';

/** How a resource is offered: a share has the number of pods that share one GPU or slice. */
export type OfferedAs = 'whole' | { readonly replicas: number };

/** What the nodes with one configuration of the device plugin offer. */
export interface NodeOffer {
  readonly strategy: MigStrategy;
  /** How a resource is offered; undefined when it is not. */
  readonly offers: (resource: string) => OfferedAs | undefined;
  /** Whether a whole resource may be a share, which a label of the node shows. */
  readonly mayBeShares?: boolean;
}

/** What a platform offers to pods. */
export interface PlatformOffer {
  /** One for each configuration of the device plugin; undefined where the library knows nothing about them. */
  readonly nodes: readonly NodeOffer[] | undefined;
  /** Layouts that replace those of the MIG manager; empty when it has its own. */
  readonly layouts: readonly MigLayoutPlan[];
  /** Whether it is for all GPU nodes of the cluster, all with one configuration. */
  readonly isAll: boolean;
  /** Whether pods claim GPUs; undefined where they may. */
  readonly claims: boolean | undefined;
  /** Where to change what the nodes offer. */
  readonly where: string;
  /** Where to set how they share a GPU, if elsewhere. */
  readonly sharedIn?: string;
}

/** Labels that all GPU nodes of a cluster have, or those of a cluster in one cloud. */
const ALL_GPU_NODES = [
  'feature.node.kubernetes.io/pci-',
  'nvidia.com/gpu.present',
  'kubernetes.azure.com/accelerator',
  'karpenter.azure.com/sku-gpu-manufacturer',
];

const areAll = ({ terms }: NodesPlan): boolean =>
  terms.every((term) => term.every(({ key }) => ALL_GPU_NODES.some((prefix) => key.startsWith(prefix))));

function offerOf({ migStrategy: strategy, sharing }: Pick<PluginConfigPlan, 'migStrategy' | 'sharing'>): NodeOffer {
  const shared = new Map(
    (sharing?.resources ?? []).map(({ name, replicas }) => [
      sharing?.renameByDefault ? `${name}.shared` : name,
      replicas,
    ]),
  );
  const isShared = (name: string): boolean => sharing?.resources.some((each) => each.name === name) ?? false;
  return {
    strategy,
    offers: (resource) => {
      const replicas = shared.get(resource);
      if (replicas !== undefined) return { replicas };
      const exists =
        resource === 'nvidia.com/gpu' ||
        (strategy === MigStrategy.MIXED && /^nvidia\.com\/mig-\d\S+(?<!\.shared)$/.test(resource));
      return exists && !isShared(resource) ? 'whole' : undefined;
    },
  };
}

/** GKE offers everything as nvidia.com/gpu (cloud.google.com, Share GPUs with multiple workloads). */
const GKE: NodeOffer = {
  strategy: MigStrategy.SINGLE,
  offers: (resource) => (resource === 'nvidia.com/gpu' ? 'whole' : undefined),
  mayBeShares: true,
};

/** What a platform offers. */
export function platformOffer(plan: PlatformPlan): PlatformOffer {
  switch (plan.mode) {
    case 'devicePlugin': {
      const { configs, nodes } = plan.devicePlugin;
      const isAll = configs.length === 1 && areAll(nodes);
      return {
        nodes: configs.map(offerOf),
        layouts: [],
        isAll,
        claims: areAll(nodes) ? false : undefined,
        where: 'config of GpuPlatformMode.devicePlugin',
      };
    }
    case 'gpuOperator': {
      const { pluginConfigs = [], migStrategy = MigStrategy.MIXED, layouts = [] } = plan.operator ?? {};
      const plain = { migStrategy, sharing: undefined };
      return {
        nodes: (pluginConfigs.length > 0 ? pluginConfigs : [plain]).map(offerOf),
        layouts,
        isAll: pluginConfigs.length < 2,
        claims: undefined,
        where: 'the options of GpuPlatformMode.gpuOperator',
        sharedIn: 'configs, in the second argument of GpuPlatformMode.gpuOperator,',
      };
    }
    case 'managed':
      return {
        nodes: plan.provider === ManagedProvider.GKE ? [GKE] : undefined,
        layouts: [],
        isAll: plan.provider === ManagedProvider.GKE,
        claims: undefined,
        where: 'the node pool',
      };
    case 'dra':
      return { nodes: undefined, layouts: [], isAll: false, claims: true, where: 'GpuPlatformMode' };
  }
}
