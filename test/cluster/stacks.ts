import { Size } from 'cdk8s';
import type { VllmInferenceStackProps } from '../../lib';
import {
  Accelerator,
  AccessMode,
  CpuArchitecture,
  CpuUnit,
  Delivery,
  ExtraVolume,
  GpuModel,
  MemoryUnit,
  Mesh,
  Model,
  NetworkProtocol,
  PodField,
  PodUser,
  Weights,
} from '../../lib';
import { connector, events } from '../support/transfer';
import type { PodSecurity } from './sandbox';

/** A stack with properties that no example has. */
interface Stack {
  readonly title: string;
  readonly props: Partial<VllmInferenceStackProps>;
  /** Pod Security level of its namespace; `restricted` if it is unset. */
  readonly podSecurity?: PodSecurity;
  /** Minimum minor that has all of its kinds. */
  readonly minKubernetes?: string;
}

const RESOURCES: Readonly<Record<string, PodField>> = {
  CPU_CORES: PodField.cpuLimit(),
  CPU_MILLICORES: PodField.cpuRequest({ unit: CpuUnit.MILLICORES }),
  MEMORY_BYTES: PodField.memoryLimit(),
  MEMORY_KIB: PodField.memoryRequest({ unit: MemoryUnit.KIBIBYTES }),
  MEMORY_MIB: PodField.memoryRequest({ unit: MemoryUnit.MEBIBYTES }),
  DISK_GIB: PodField.ephemeralStorageRequest({ unit: MemoryUnit.GIBIBYTES }),
};

export const STACKS: readonly Stack[] = [
  {
    title: 'variables from each field of the pod',
    props: {
      fieldEnv: {
        MY_POD_IP: PodField.POD_IP,
        MY_POD_IPS: PodField.POD_IPS,
        MY_HOST_IP: PodField.HOST_IP,
        MY_NODE: PodField.NODE_NAME,
        MY_ACCOUNT: PodField.SERVICE_ACCOUNT_NAME,
        MY_NAME: PodField.NAME,
        MY_NAMESPACE: PodField.NAMESPACE,
        MY_UID: PodField.UID,
        MY_LABEL: PodField.label('app.kubernetes.io/instance'),
        MY_ANNOTATION: PodField.annotation('example.com/Zone'),
      },
      podAnnotations: { 'example.com/Zone': 'a' },
    },
  },
  { title: 'variables from the resources of the engine', props: { resources: { cpu: 4 }, fieldEnv: RESOURCES } },
  {
    title: 'ports of each transport',
    props: {
      extraPorts: [
        { name: 'tcp-and-service', port: 9100 },
        { name: 'udp', port: 9100, protocol: NetworkProtocol.UDP },
        { name: 'sctp', port: 9101, protocol: NetworkProtocol.SCTP },
        { name: 'no-service', port: 9102, service: false },
      ],
    },
  },
  {
    title: 'ports of a mesh and of sidecars in the NetworkPolicy',
    props: {
      network: {
        extraPorts: [
          { port: 15008 },
          { port: 30000, endPort: 30100, protocol: NetworkProtocol.UDP, fromRanges: ['10.129.0.0/23', 'fd00:10::/64'] },
          { port: 4000, fromNamespaces: ['debug', 'tools'], fromPods: { app: 'debugger' } },
          { port: 4001, fromPods: { app: 'neighbour' } },
        ],
      },
    },
  },
  {
    title: 'KV events, with those of the past',
    props: events({ endpoint: 'tcp://*:5557', replay_endpoint: 'tcp://*:5558' }),
  },
  { title: 'the side channel of NIXL', props: connector('NixlConnector') },
  {
    title: 'NIXL and network devices in several namespaces',
    props: {
      ...connector('NixlConnector'),
      accelerator: Accelerator.gpu(GpuModel.H100, 8),
      rdma: { resourceName: 'rdma/ib', count: 8 },
      network: { peerNamespaces: ['prefill'] },
    },
  },
  {
    title: 'network devices with locked memory',
    props: {
      ...connector('NixlConnector'),
      accelerator: Accelerator.gpu(GpuModel.H100, 8),
      rdma: { resourceName: 'rdma/ib', ipcLock: true },
    },
    podSecurity: 'privileged',
  },
  {
    title: 'other devices and huge pages beside GPUs',
    props: {
      resources: {
        extended: { 'github.com/fuse': 1, 'networking.gke.io.networks/rdma-0': 1 },
        hugePages2Mi: Size.mebibytes(512),
        hugePages1Gi: Size.gibibytes(2),
      },
    },
  },
  {
    title: 'other devices and huge pages beside a claim',
    props: {
      accelerator: Accelerator.claim(GpuModel.H100, { count: 2 }),
      resources: { extended: { 'vpc.amazonaws.com/efa': 4 }, hugePages2Mi: Size.gibibytes(5) },
    },
    minKubernetes: '1.34',
  },
  {
    title: 'groups for the devices of a node',
    props: { podUser: PodUser.vllm({ supplementalGroups: [44, 110, 2_147_483_647] }) },
  },
  { title: 'the user of the cluster', props: { podUser: PodUser.assigned({ supplementalGroups: [44] }) } },
  {
    title: 'a slice of a GPU that is not listed',
    props: {
      accelerator: Accelerator.mig(
        GpuModel.of({
          name: 'H20',
          memory: Size.mebibytes(97871),
          computeCapability: 9,
          migProfiles: [{ name: '3g.48gb+me', memory: Size.gibibytes(47.5) }],
        }),
        '3g.48gb+me',
      ),
    },
  },
  {
    title: 'an engine on Arm CPUs of two NUMA nodes',
    props: {
      model: Model.of('Qwen/Qwen3-0.6B'),
      accelerator: Accelerator.cpu({ architecture: CpuArchitecture.ARM64, numaNodes: 2 }),
    },
  },
  {
    title: 'claims of each access mode',
    props: {
      weights: Weights.fromVolume({ claim: 'models', accessMode: AccessMode.READ_ONLY_MANY }),
      extraVolumes: [
        ExtraVolume.fromClaim('scratch', '/scratch', { accessMode: AccessMode.READ_WRITE_ONCE }),
        ExtraVolume.fromClaim('lock', '/lock', { accessMode: AccessMode.READ_WRITE_ONCE_POD }),
      ],
      delivery: Delivery.recreate(),
    },
  },
  { title: 'a sidecar of a mesh', props: { mesh: Mesh.istioSidecar() } },
  { title: 'a classic sidecar of a mesh', props: { mesh: Mesh.istioSidecar({ native: false }) } },
  { title: 'an ambient mesh', props: { mesh: Mesh.istioAmbient() } },
];
