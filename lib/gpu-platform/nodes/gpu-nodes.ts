import { error, throwOnErrors } from '../../preflight/finding';
import { brandMade, FACTORY } from '../../shapes/brand';
import { LABEL_VALUE, QUALIFIED_KEY } from '../../shapes/kubernetes-names';
import { instance, findingsOf, listOf, mapOf, matching } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import { unique } from '../../shapes/unique-list';

/** One label that a node must have. */
export interface NodeLabel {
  readonly key: string;
  readonly values: readonly string[];
}

/** Labels that a node must all have. Several terms are alternatives. */
export type NodeTerm = readonly NodeLabel[];

/** How nodes with a GPU are recognised, as plain data. */
export interface NodesPlan {
  /** Alternatives; empty when every node has a GPU. */
  readonly terms: readonly NodeTerm[];
  readonly fromNodeFeatureDiscovery: boolean;
}

const LABELS = structOf<{ labels: Record<string, string> }>(
  { labels: mapOf(matching(LABEL_VALUE, 'a label value: at most 63 letters, digits, "-", "_" and "."')) },
  {},
);
const KEY = matching(QUALIFIED_KEY, 'a label key such as "gpu" or "example.com/gpu"');
const TYPES = structOf<{ types: string[] }>(
  {
    types: unique(
      listOf(matching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/, 'a type such as "g6e.xlarge"'), 1),
    ),
  },
  {},
);

/** Alternatives with one label each. */
const oneOf = (...labels: readonly [key: string, value: string][]): NodeTerm[] =>
  labels.map(([key, value]) => [{ key, values: [value] }]);

/**
 * PCI labels of node feature discovery for NVIDIA's vendor id: by vendor as NVIDIA's charts configure it, and by class
 * and vendor, for display and 3D controllers, as is its default. The GPU Operator reads the same three
 * (NVIDIA/gpu-operator controllers/nodelabeling_controller.go).
 */
const PCI_LABELS = ['pci-10de', 'pci-0302_10de', 'pci-0300_10de'].map((device): [string, string] => [
  `feature.node.kubernetes.io/${device}.present`,
  'true',
]);

/**
 * How nodes with a GPU are recognised. The DaemonSets of a GPU platform run on these nodes only.
 *
 * No label exists in every cluster. `nvidia.com/gpu.present`, which is often copied, is set by the GPU Operator only.
 */
export class GpuNodes {
  /**
   * Nodes that have all of these labels: a label of the node pool, for example.
   *
   * @param labels key and value; at least one
   */
  public static labelled(labels: { [key: string]: string }): GpuNodes {
    throwOnErrors('GpuNodes.labelled', findingsOf({ labels }, '', LABELS));
    const findings = Object.keys(labels).flatMap((key) => findingsOf(key, 'labels key', KEY));
    if (Object.keys(labels).length === 0) findings.push(error('wrong-value', 'labels', 'is {}', 'give at least one'));
    throwOnErrors('GpuNodes.labelled', findings);
    return new GpuNodes(FACTORY, [Object.entries(labels).map(([key, value]) => ({ key, values: [value] }))]);
  }

  /**
   * Machines by type: `node.kubernetes.io/instance-type` is one of these. Every cloud sets it.
   *
   * @param types for example `g6e.xlarge`; at least one
   */
  public static instanceTypes(types: string[]): GpuNodes {
    throwOnErrors('GpuNodes.instanceTypes', findingsOf({ types }, '', TYPES));
    return new GpuNodes(FACTORY, [[{ key: 'node.kubernetes.io/instance-type', values: [...types] }]]);
  }

  /** Nodes on which node feature discovery has found an NVIDIA device on the PCI bus. It must run in the cluster. */
  public static nodeFeatureDiscovery(): GpuNodes {
    return new GpuNodes(FACTORY, oneOf(...PCI_LABELS), true);
  }

  /** Nodes that Karpenter starts on AWS: `karpenter.k8s.aws/instance-gpu-manufacturer` is `nvidia`. */
  public static karpenterAws(): GpuNodes {
    return new GpuNodes(FACTORY, oneOf(['karpenter.k8s.aws/instance-gpu-manufacturer', 'nvidia']));
  }

  /** Node pools of Azure Kubernetes Service, and nodes of its auto-provisioning. */
  public static aks(): GpuNodes {
    // Auto-provisioning dropped the label of the pools (Azure/karpenter-provider-azure designs/0006).
    return new GpuNodes(
      FACTORY,
      oneOf(['kubernetes.azure.com/accelerator', 'nvidia'], ['karpenter.azure.com/sku-gpu-manufacturer', 'nvidia']),
    );
  }

  /**
   * Every node of the cluster. Use it if every node has a GPU: on a node without one, the plugin and the exporter find
   * no driver and restart forever.
   */
  public static everyNode(): GpuNodes {
    return new GpuNodes(FACTORY, []);
  }

  /** @internal */
  public static _eksAutoModeOrKarpenter(): GpuNodes {
    const label = 'instance-gpu-manufacturer';
    return new GpuNodes(
      FACTORY,
      oneOf([`eks.amazonaws.com/${label}`, 'nvidia'], [`karpenter.k8s.aws/${label}`, 'nvidia']),
    );
  }

  /** @internal */
  public readonly _plan: NodesPlan;

  private constructor(caller: typeof FACTORY, terms: readonly NodeTerm[], fromNodeFeatureDiscovery = false) {
    brandMade(this, 'GpuNodes', caller);
    this._plan = { terms, fromNodeFeatureDiscovery };
  }
}

/** The shape of a property that takes them. */
export const NODES = instance<GpuNodes>('GpuNodes', 'a GpuNodes, for example GpuNodes.nodeFeatureDiscovery()');
