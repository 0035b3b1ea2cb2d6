import { engine, init, pod, sidecar, volume } from './overrides';

/** Overrides of the pod template that are unusual, and right. The unit tests accept them, and so does a real API server. */
interface Accepted {
  readonly title: string;
  readonly overrides: object;
  /** The API server of an older minor does not know a field, or refuses it. */
  readonly since?: string;
}

const annotated = (annotations: object) => ({ metadata: { annotations } });
const podAntiAffinity = {
  requiredDuringSchedulingIgnoredDuringExecution: [
    { labelSelector: { matchLabels: { app: 'vllm' } }, topologyKey: 'kubernetes.io/hostname' },
  ],
};

export const ACCEPTED: readonly Accepted[] = [
  { title: 'nothing', overrides: {} },
  {
    title: 'annotations of Istio',
    overrides: annotated({
      'sidecar.istio.io/inject': 'false',
      'proxy.istio.io/config': '{ "holdApplicationUntilProxyStarts": true }',
    }),
  },
  {
    title: 'annotations of the Vault agent',
    overrides: annotated({
      'vault.hashicorp.com/agent-inject': 'true',
      'vault.hashicorp.com/agent-inject-secret-config.txt': 'secret/data/x',
    }),
  },
  { title: 'an annotation with upper case before the slash', overrides: annotated({ 'Example.com/Key': 'x' }) },
  { title: 'an annotation of several lines', overrides: annotated({ 'example.com/config': 'a: 1\nb: "2"\n' }) },
  { title: 'a label of Kueue', overrides: { metadata: { labels: { 'kueue.x-k8s.io/queue-name': 'gpus' } } } },
  { title: 'a label without a value', overrides: { metadata: { labels: { 'example.com/canary': '' } } } },
  { title: 'an annotation that is removed', overrides: annotated({ 'example.com/old': null }) },
  {
    title: 'the cache and the buffer of Cloud Storage FUSE on GKE',
    overrides: {
      ...annotated({ 'gke-gcsfuse/volumes': 'true' }),
      ...pod({ volumes: [{ name: 'gke-gcsfuse-cache', emptyDir: { medium: 'Memory', sizeLimit: '50Gi' } }] }),
    },
  },
  {
    title: 'a volume that an annotation asks the sidecar to mount',
    overrides: {
      ...annotated({ 'sidecar.istio.io/userVolumeMount': '[{"name":"certs","mountPath":"/certs"}]' }),
      ...pod({ volumes: [{ name: 'certs', secret: { secretName: 'certs' } }] }),
    },
  },
  {
    title: 'a node selector with a value of digits and letters',
    overrides: pod({ nodeSelector: { 'example.com/topology': '2x4' } }),
  },
  {
    title: 'a node label that is a number in quotes',
    overrides: pod({ nodeSelector: { 'nvidia.com/gpu.count': '8' } }),
  },
  { title: 'another scheduler', overrides: pod({ schedulerName: 'kai-scheduler' }) },
  { title: 'no preemption', overrides: pod({ preemptionPolicy: 'Never' }) },
  { title: 'a scheduling gate', overrides: pod({ schedulingGates: [{ name: 'example.com/quota' }] }) },
  { title: 'user namespaces', overrides: pod({ hostUsers: false }) },
  {
    title: 'a host name as FQDN',
    overrides: pod({ setHostnameAsFQDN: true, hostname: 'engine', subdomain: 'engines' }),
  },
  { title: 'the operating system', overrides: pod({ os: { name: 'linux' } }) },
  {
    title: 'host aliases',
    overrides: pod({
      hostAliases: [
        { ip: '10.0.0.1', hostnames: ['registry.local', 'hub'] },
        { ip: 'fd00::1', hostnames: ['six'] },
      ],
    }),
  },
  {
    title: 'options of DNS without a value',
    overrides: pod({
      dnsConfig: {
        options: [{ name: 'single-request-reopen' }, { name: 'ndots', value: '2' }],
        searches: ['svc.cluster.local.'],
      },
    }),
  },
  {
    title: 'name servers of its own',
    overrides: pod({ dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10', 'fd00::a'] } }),
  },
  { title: 'one replica for each node', overrides: pod({ affinity: { podAntiAffinity } }) },
  {
    title: 'a preference for nodes',
    overrides: pod({
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 100,
              preference: {
                matchExpressions: [{ key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] }],
              },
            },
          ],
        },
      },
    }),
  },
  {
    title: 'nodes with more than a number',
    overrides: pod({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: 'nvidia.com/gpu.memory', operator: 'Gt', values: ['40000'] },
                  { key: 'example.com/draining', operator: 'DoesNotExist' },
                ],
              },
            ],
          },
        },
      },
    }),
  },
  {
    title: 'one node by its name',
    overrides: pod({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['gpu-1'] }] }],
          },
        },
      },
    }),
  },
  {
    title: 'replicas beside a cache, in any namespace',
    overrides: pod({
      affinity: {
        podAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 1,
              podAffinityTerm: {
                topologyKey: 'topology.kubernetes.io/zone',
                namespaceSelector: {},
                labelSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
              },
            },
          ],
        },
      },
    }),
  },
  {
    title: 'spreading by revision',
    overrides: pod({
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'DoNotSchedule',
          minDomains: 2,
          nodeAffinityPolicy: 'Honor',
          nodeTaintsPolicy: 'Honor',
          matchLabelKeys: ['pod-template-hash'],
          labelSelector: { matchLabels: { app: 'vllm' } },
        },
      ],
    }),
  },
  { title: 'a toleration of all taints', overrides: pod({ tolerations: [{ operator: 'Exists' }] }) },
  {
    title: 'tolerations with that of the stack among them',
    overrides: pod({
      tolerations: [
        { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
        { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30 },
        { key: 'team', value: 'ml' },
      ],
    }),
  },
  { title: 'no tolerations', overrides: pod({ tolerations: null }) },
  { title: 'no init containers', overrides: pod({ initContainers: null }) },
  {
    title: 'a sidecar with fields that are null',
    overrides: sidecar({ resources: null, ports: null, volumeMounts: null, env: [{ name: 'A', value: null }] }),
  },
  { title: 'no spreading', overrides: pod({ topologySpreadConstraints: null }) },
  {
    title: 'another user',
    overrides: pod({
      securityContext: {
        runAsUser: 1001,
        runAsGroup: 1001,
        fsGroup: 1001,
        fsGroupChangePolicy: 'Always',
        supplementalGroups: [44, 107],
      },
    }),
  },
  {
    title: 'options of SELinux',
    overrides: pod({ securityContext: { seLinuxOptions: { level: 's0:c123,c456', type: 'container_t' } } }),
  },
  { title: 'AppArmor', overrides: pod({ securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } }) },
  {
    title: 'a seccomp profile of the node',
    overrides: engine({
      securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'profiles/vllm.json' } },
    }),
  },
  {
    title: 'sysctls',
    overrides: pod({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_keepalive_time', value: '60' }] } }),
  },
  {
    title: 'a privileged engine',
    overrides: engine({ securityContext: { privileged: true, allowPrivilegeEscalation: true } }),
  },
  { title: 'root', overrides: pod({ securityContext: { runAsUser: 0, runAsNonRoot: false } }) },
  {
    title: 'no security at all',
    overrides: pod({ securityContext: null, containers: [{ name: 'vllm', securityContext: null }] }),
  },
  { title: 'a folder of the node', overrides: volume({ hostPath: { path: '/mnt/nvme', type: 'DirectoryOrCreate' } }) },
  { title: 'the network of the node', overrides: pod({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }) },
  {
    title: 'a volume of a CSI driver',
    overrides: volume({
      csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: 'hub' } },
    }),
  },
  {
    title: 'a volume that lives as long as the pod',
    overrides: volume({
      ephemeral: {
        volumeClaimTemplate: {
          metadata: { labels: { type: 'scratch' } },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: 'local-nvme',
            resources: { requests: { storage: '1Ti' } },
          },
        },
      },
    }),
  },
  {
    title: 'a projected token',
    overrides: volume({
      projected: {
        defaultMode: 0o400,
        sources: [
          { serviceAccountToken: { path: 'token', audience: 'vault', expirationSeconds: 600 } },
          { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
        ],
      },
    }),
  },
  {
    title: 'a volume of the pod’s own fields',
    overrides: volume({
      downwardAPI: {
        items: [
          { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } },
          { path: 'zone', fieldRef: { fieldPath: "metadata.labels['topology.kubernetes.io/zone']" } },
          { path: 'cpu', resourceFieldRef: { containerName: 'vllm', resource: 'limits.cpu', divisor: '1m' } },
        ],
      },
    }),
  },
  {
    title: 'one file of a ConfigMap',
    overrides: volume(
      {
        configMap: {
          name: 'templates',
          optional: true,
          defaultMode: 420,
          items: [{ key: 'a', path: 'dir/chat.jinja', mode: 0o444 }],
        },
      },
      { subPath: 'dir/chat.jinja', readOnly: true },
    ),
  },
  {
    title: 'a path with a variable',
    overrides: volume({ persistentVolumeClaim: { claimName: 'shared' } }, { subPathExpr: '$(POD_NAME)' }),
  },
  { title: 'NFS', overrides: volume({ nfs: { server: '10.0.0.2', path: '/export/models', readOnly: true } }) },
  { title: 'huge pages', overrides: volume({ emptyDir: { medium: 'HugePages-2Mi' } }) },
  {
    title: 'an image as a volume',
    overrides: volume({ image: { reference: 'registry.example.com/models/llama:1', pullPolicy: 'IfNotPresent' } }),
    since: '1.35',
  },
  {
    title: 'a mount that shows later mounts of the node',
    overrides: volume({ hostPath: { path: '/mnt', type: '' } }, { mountPropagation: 'HostToContainer' }),
  },
  {
    title: 'a block device',
    overrides: pod({
      volumes: [{ name: 'raw', persistentVolumeClaim: { claimName: 'raw' } }],
      containers: [{ name: 'vllm', volumeDevices: [{ name: 'raw', devicePath: '/dev/xvda' }] }],
    }),
  },
  {
    title: 'a sidecar with requests alone',
    overrides: sidecar({ resources: { requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '1G' } } }),
  },
  {
    title: 'numbers as quantities',
    overrides: sidecar({
      resources: { requests: { cpu: 0.5, memory: 134217728 }, limits: { cpu: 1, memory: '1.5Gi' } },
    }),
  },
  {
    title: 'quantities with an exponent',
    overrides: sidecar({ resources: { limits: { memory: '5e8', cpu: '1500m' } } }),
  },
  { title: 'a network device in a sidecar', overrides: sidecar({ resources: { limits: { 'rdma/hca': 1 } } }) },
  {
    title: 'a sidecar that resizes in place',
    overrides: sidecar({ resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }] }),
  },
  {
    title: 'probes of other kinds',
    overrides: sidecar({
      ports: [{ name: 'grpc', containerPort: 9090 }],
      readinessProbe: { grpc: { port: 9090, service: 'ready' } },
      livenessProbe: { tcpSocket: { port: 'grpc' }, initialDelaySeconds: 0, terminationGracePeriodSeconds: 10 },
      startupProbe: { exec: { command: ['true'] }, failureThreshold: 30 },
    }),
  },
  { title: 'a hook that waits', overrides: sidecar({ lifecycle: { preStop: { sleep: { seconds: 5 } } } }) },
  {
    title: 'variables from everywhere',
    overrides: sidecar({
      env: [
        { name: 'A' },
        { name: 'EMPTY', value: '' },
        { name: 'my.name-1', value: 'x' },
        { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
        { name: 'CPUS', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
        { name: 'KEY', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
      ],
      envFrom: [{ prefix: 'P_', configMapRef: { name: 'c' } }],
    }),
  },
  {
    title: 'a native sidecar',
    overrides: init({
      restartPolicy: 'Always',
      ports: [{ containerPort: 9000, protocol: 'UDP' }],
      readinessProbe: {
        httpGet: { path: '/ready', port: 9000, scheme: 'HTTPS', httpHeaders: [{ name: 'Host', value: '' }] },
      },
      lifecycle: { postStart: { exec: { command: ['sh', '-c', 'true'] } } },
    }),
  },
  {
    title: 'an init container that reads the weights',
    overrides: init({ command: ['ls', '/models'], volumeMounts: [{ name: 'models', mountPath: '/models' }] }),
  },
  {
    title: 'a file system for a native sidecar, as s3fs needs it',
    overrides: pod({
      volumes: [
        { name: 'fuse', hostPath: { path: '/dev/fuse' } },
        { name: 'bucket', emptyDir: {} },
      ],
      initContainers: [
        {
          name: 's3fs',
          image: 'example.com/s3fs:1',
          restartPolicy: 'Always',
          securityContext: { privileged: true },
          volumeMounts: [
            { name: 'fuse', mountPath: '/dev/fuse' },
            { name: 'bucket', mountPath: '/bucket', mountPropagation: 'Bidirectional' },
          ],
        },
      ],
      containers: [
        { name: 'vllm', volumeMounts: [{ name: 'bucket', mountPath: '/bucket', mountPropagation: 'HostToContainer' }] },
      ],
    }),
  },
  {
    title: 'another handler of a probe of the stack',
    overrides: engine({ readinessProbe: { httpGet: null, exec: { command: ['test', '-f', '/tmp/ready'] } } }),
  },
  {
    title: 'numbers of a probe of the stack',
    overrides: engine({ readinessProbe: { initialDelaySeconds: 20, successThreshold: 2 } }),
  },
  {
    title: 'another pull policy',
    overrides: engine({ imagePullPolicy: 'Always', terminationMessagePolicy: 'FallbackToLogsOnError', tty: true }),
  },
  {
    title: 'a second port of the engine',
    overrides: engine({ ports: [{ name: 'debug', containerPort: 5678, hostPort: 5678, hostIP: '127.0.0.1' }] }),
  },
  {
    title: 'a claim for a network device',
    overrides: pod({
      resourceClaims: [{ name: 'nic', resourceClaimTemplateName: 'nic' }],
      containers: [
        { name: 'sidecar', image: 'example.com/sidecar:1', resources: { claims: [{ name: 'nic', request: 'port' }] } },
      ],
    }),
    since: '1.34',
  },
  {
    title: 'a readiness gate',
    overrides: pod({ readinessGates: [{ conditionType: 'target-health.elbv2.k8s.aws/ingress' }] }),
  },
  {
    title: 'resources of the whole pod',
    overrides: pod({ resources: { requests: { cpu: '16', memory: '64Gi' } } }),
    since: '1.34',
  },
  { title: 'another ServiceAccount', overrides: pod({ serviceAccountName: 'default' }) },
  { title: 'a name of the pod’s metadata', overrides: { metadata: { finalizers: ['example.com/drain'] } } },
];
