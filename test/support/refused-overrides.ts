import { engine, init, pod, sidecar, volume } from './overrides';

/** Overrides of the pod template that cannot work. The library refuses them, and so does a real API server. */
interface Refused {
  readonly title: string;
  readonly overrides: object;
  /** What the library reports, without `podTemplateOverrides.`. */
  readonly line: string;
  /** Why the library refuses what the API server accepts. */
  readonly stricter?: string;
  /** The API server of an older minor drops a field unread. */
  readonly since?: string;
}

const C = 'spec.containers[0]';
const V = 'spec.volumes[0]';
const nodeTerms = (...nodeSelectorTerms: object[]) =>
  pod({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } });
const TERM = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';

const KUBELET = 'the kubelet refuses it, not the API server';

const UNKNOWN: readonly Refused[] = [
  {
    title: 'a Deployment',
    overrides: { replicas: 2 },
    line: 'replicas: is not a field of a pod template, which has metadata and spec; set scaling of the stack instead, for example Scaling.fixed(2)',
  },
  {
    title: 'a pod without spec',
    overrides: { containers: [] },
    line: 'containers: is not a field of a pod template, which has metadata and spec; put it under spec',
  },
  {
    title: 'a template in the template',
    overrides: pod({ template: { spec: {} } }),
    line: 'spec.template: is no field of a pod; remove this level: podTemplateOverrides is the template itself',
  },
  {
    title: 'the strategy of a Deployment',
    overrides: pod({ strategy: { type: 'Recreate' } }),
    line: 'spec.strategy: is no field of a pod; set delivery of the stack instead',
  },
  {
    title: 'annotations of the pod in its spec',
    overrides: pod({ annotations: { a: 'b' } }),
    line: 'spec.annotations: is no field of a pod; put it under metadata, or set podAnnotations instead',
  },
  {
    title: 'a pull policy of the pod',
    overrides: pod({ imagePullPolicy: 'Always' }),
    line: 'spec.imagePullPolicy: is no field of a pod; put it into an item of containers',
  },
  {
    title: 'mounts of the pod',
    overrides: pod({ volumeMounts: [] }),
    line: 'spec.volumeMounts: is no field of a pod; put it into an item of containers',
  },
  {
    title: 'one mount',
    overrides: sidecar({ volumeMount: [] }),
    line: `${C}.volumeMount: is no field of a container; write "volumeMounts"`,
  },
  {
    title: 'several node selectors',
    overrides: pod({ nodeSelectors: {} }),
    line: 'spec.nodeSelectors: is no field of a pod; write "nodeSelector"',
  },
  {
    title: 'underscores',
    overrides: pod({ node_selector: {} }),
    line: 'spec.node_selector: is no field of a pod; write "nodeSelector"',
  },
  {
    title: 'lower case',
    overrides: volume({ emptydir: {} }),
    line: `${V}.emptydir: is no field of a volume; write "emptyDir"`,
  },
  {
    title: 'pvc',
    overrides: volume({ pvc: { claimName: 'a' } }),
    line: `${V}.pvc: is no field of a volume; write "persistentVolumeClaim"`,
  },
  {
    title: 'the name of a claim',
    overrides: volume({ persistentVolumeClaim: { name: 'a' } }),
    line: `${V}.persistentVolumeClaim.name: is no field of PersistentVolumeClaimVolumeSource; write "claimName"`,
  },
  {
    title: 'the name of a Secret',
    overrides: volume({ secret: { name: 'a' } }),
    line: `${V}.secret.name: is no field of SecretVolumeSource; write "secretName"`,
  },
  {
    title: 'replicas',
    overrides: pod({ replicas: 2 }),
    line: 'spec.replicas: is no field of a pod; set scaling of the stack instead, for example Scaling.fixed(2)',
  },
  {
    title: 'users',
    overrides: pod({ securityContext: { runAsUsers: 1 } }),
    line: 'spec.securityContext.runAsUsers: is no field of the securityContext of a pod; write "runAsUser"',
  },
  {
    title: 'a user of a container outside of its securityContext',
    overrides: engine({ runAsUser: 1000 }),
    line: `${C}.runAsUser: is no field of a container; put it under securityContext`,
  },
  {
    title: 'a capability of the pod',
    overrides: pod({ securityContext: { capabilities: { drop: ['ALL'] } } }),
    line: 'spec.securityContext.capabilities: is no field of the securityContext of a pod',
  },
  {
    title: 'fsGroup of a container',
    overrides: engine({ securityContext: { fsGroup: 1 } }),
    line: `${C}.securityContext.fsGroup: is no field of the securityContext of a container; put it into the securityContext of the pod`,
  },
  {
    title: 'tolerations of a container',
    overrides: engine({ tolerations: [] }),
    line: `${C}.tolerations: is no field of a container; put it at podTemplateOverrides.spec.tolerations`,
  },
  {
    title: 'a probe without its handler',
    overrides: sidecar({ readinessProbe: { port: 80 } }),
    line: `${C}.readinessProbe.port: is no field of a probe; put it under grpc, httpGet or tcpSocket`,
  },
  {
    title: 'a short name of a probe',
    overrides: sidecar({ readinessProbe: { tcpSocket: { port: 1 }, timeout: 3 } }),
    line: `${C}.readinessProbe.timeout: is no field of a probe; write "timeoutSeconds"`,
  },
  {
    title: 'resources without limits',
    overrides: sidecar({ resources: { cpu: 1 } }),
    line: `${C}.resources.cpu: is no field of resources; put it under limits and requests`,
  },
  {
    title: 'a limit',
    overrides: sidecar({ resources: { limit: { cpu: 1 } } }),
    line: `${C}.resources.limit: is no field of resources; write "limits"`,
  },
  {
    title: 'an item that a patch deletes',
    overrides: pod({ volumes: [{ name: 'models', $patch: 'delete' }] }),
    line: `${V} (models): cannot be overridden here`,
  },
  {
    title: 'a directive of a patch',
    overrides: sidecar({ $patch: 'replace' }),
    line: `${C}.$patch: is no field of a container; remove it: fields are removed with null, and items of a list cannot be removed`,
  },
  {
    title: 'the port of a Service',
    overrides: sidecar({ ports: [{ port: 80 }] }),
    line: `${C}.ports[0].port: is no field of a port; write "containerPort"`,
  },
  {
    title: 'a field of nobody',
    overrides: pod({ zzz: 1 }),
    line: 'spec.zzz: is no field of a pod; remove it, or use addJsonPatch of the workload for a field that is newer than Kubernetes 1.37',
  },
  {
    title: 'a misspelt rule of spreading',
    overrides: pod({ topologySpreadConstraint: [] }),
    line: 'spec.topologySpreadConstraint: is no field of a pod; write "topologySpreadConstraints"',
  },
  {
    title: 'a misspelt affinity',
    overrides: pod({ affinity: { podAntiAffinity: { requiredDuringScheduling: [] } } }),
    line: 'requiredDuringScheduling: is no field of PodAntiAffinity; write "requiredDuringSchedulingIgnoredDuringExecution"',
  },
];

const TYPES: readonly Refused[] = [
  {
    title: 'a label that is true',
    overrides: { metadata: { labels: { canary: true } } },
    line: 'metadata.labels.canary: is true; write it in quotes: "true"',
  },
  {
    title: 'an annotation that is a number',
    overrides: { metadata: { annotations: { 'prometheus.io/port': 8000 } } },
    line: 'metadata.annotations.prometheus.io/port: is 8000; write it in quotes: "8000"',
  },
  {
    title: 'an annotation that is an object',
    overrides: { metadata: { annotations: { a: { b: 1 } } } },
    line: 'metadata.annotations.a: is {"b":1}; give a string',
  },
  {
    title: 'a node label that is a number',
    overrides: pod({ nodeSelector: { 'nvidia.com/gpu.count': 8 } }),
    line: 'spec.nodeSelector.nvidia.com/gpu.count: is 8; write it in quotes: "8"',
  },
  {
    title: 'a variable that is a number',
    overrides: sidecar({ env: [{ name: 'PORT', value: 8000 }] }),
    line: `${C}.env[0].value: is 8000; write it in quotes: "8000"`,
  },
  {
    title: 'a port in quotes',
    overrides: sidecar({ ports: [{ containerPort: '8080' }] }),
    line: `${C}.ports[0].containerPort: is "8080"; write 8080 without quotes`,
  },
  {
    title: 'a flag in quotes',
    overrides: pod({ hostNetwork: 'true' }),
    line: 'spec.hostNetwork: is "true"; write true without quotes',
  },
  {
    title: 'a duration',
    overrides: sidecar({ readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: '30s' } }),
    line: `${C}.readinessProbe.periodSeconds: is "30s"; give the number of seconds: 30`,
  },
  {
    title: 'half a second',
    overrides: sidecar({ readinessProbe: { tcpSocket: { port: 80 }, timeoutSeconds: 0.5 } }),
    line: `${C}.readinessProbe.timeoutSeconds: is 0.5; give a whole number`,
  },
  {
    title: 'a command as text',
    overrides: sidecar({ command: 'sleep 1' }),
    line: `${C}.command: is "sleep 1"; give a list`,
  },
  {
    title: 'a number among arguments',
    overrides: sidecar({ args: ['--port', 8000] }),
    line: `${C}.args[1]: is 8000; write it in quotes: "8000"`,
  },
  { title: 'variables as a map', overrides: sidecar({ env: { A: 'b' } }), line: `${C}.env: is {"A":"b"}; give a list` },
  {
    title: 'selectors as a list',
    overrides: pod({ nodeSelector: [{ a: 'b' }] }),
    line: 'spec.nodeSelector: is [{"a":"b"}]; give a map',
  },
  {
    title: 'secrets as text',
    overrides: pod({ imagePullSecrets: ['registry'] }),
    line: 'spec.imagePullSecrets[0]: is "registry"; give an object',
  },
  { title: 'null in a list', overrides: pod({ tolerations: [null] }), line: 'spec.tolerations[0]: is null; remove it' },
  {
    title: 'null as a name',
    overrides: sidecar({ env: [{ name: null, value: 'a' }] }),
    line: `${C}.env[0].name: is null, and a variable needs it; set it`,
  },
  {
    title: 'gigabytes',
    overrides: sidecar({ resources: { limits: { memory: '16GB' } } }),
    line: `${C}.resources.limits.memory: is "16GB"; write "16G"`,
  },
  {
    title: 'a blank in a quantity',
    overrides: sidecar({ resources: { limits: { memory: '1.5 Gi' } } }),
    line: `${C}.resources.limits.memory: is "1.5 Gi"; write "1.5Gi"`,
  },
  {
    title: 'a lower-case unit',
    overrides: sidecar({ resources: { limits: { memory: '2gi' } } }),
    line: `${C}.resources.limits.memory: is "2gi"; write "2Gi"`,
  },
  {
    title: 'cores in words',
    overrides: sidecar({ resources: { limits: { cpu: '4 cores' } } }),
    line: `${C}.resources.limits.cpu: is "4 cores"; give a quantity such as 2, "500m" or "16Gi"`,
  },
  {
    title: 'a size limit in MB',
    overrides: volume({ emptyDir: { sizeLimit: '500MB' } }),
    line: `${V}.emptyDir.sizeLimit: is "500MB"; write "500M"`,
  },
  {
    title: 'labels of a selector as text',
    overrides: pod({
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule', labelSelector: 'app=vllm' },
      ],
    }),
    line: 'spec.topologySpreadConstraints[0].labelSelector: is "app=vllm"; give an object',
  },
];

const VALUES: readonly Refused[] = [
  {
    title: 'a pull policy in lower case',
    overrides: engine({ imagePullPolicy: 'always' }),
    line: `${C}.imagePullPolicy: is "always", and Kubernetes knows Always, IfNotPresent and Never; write "Always"`,
  },
  {
    title: 'an unknown pull policy',
    overrides: engine({ imagePullPolicy: 'IfMissing' }),
    line: `${C}.imagePullPolicy: is "IfMissing", and Kubernetes knows Always, IfNotPresent and Never`,
  },
  {
    title: 'an effect without its second word',
    overrides: pod({ tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoScheduling' }] }),
    line: 'spec.tolerations[0].effect: is "NoScheduling", and Kubernetes knows NoExecute, NoSchedule and PreferNoSchedule; write "NoSchedule"',
  },
  {
    title: 'an operator of a toleration in a selector',
    overrides: nodeTerms({ matchExpressions: [{ key: 'a', operator: 'Equals', values: ['b'] }] }),
    line: `${TERM}[0].matchExpressions[0].operator: is "Equals"`,
  },
  {
    title: 'an operator of a label',
    overrides: pod({
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'a', labelSelector: { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] } },
          ],
        },
      },
    }),
    line: 'matchExpressions[0].operator: is "Gt"; give one of In, NotIn, Exists, DoesNotExist',
  },
  {
    title: 'what is unsatisfiable',
    overrides: pod({
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotScheduleAnyway' }],
    }),
    line: 'spec.topologySpreadConstraints[0].whenUnsatisfiable: is "DoNotScheduleAnyway", and Kubernetes knows DoNotSchedule and ScheduleAnyway',
  },
  {
    title: 'no skew',
    overrides: pod({
      topologySpreadConstraints: [{ maxSkew: 0, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' }],
    }),
    line: 'spec.topologySpreadConstraints[0].maxSkew: is 0; give a whole number of at least 1',
  },
  { title: 'a policy of DNS', overrides: pod({ dnsPolicy: 'Cluster' }), line: 'spec.dnsPolicy: is "Cluster"' },
  {
    title: 'a port above the range',
    overrides: sidecar({ ports: [{ containerPort: 80800 }] }),
    line: `${C}.ports[0].containerPort: is 80800; give a whole number from 1 to 65535`,
  },
  {
    title: 'a long port name',
    overrides: sidecar({ ports: [{ name: 'http-metrics-port', containerPort: 8080 }] }),
    line: `${C}.ports[0].name: is "http-metrics-port"; give a port name: at most 15`,
  },
  {
    title: 'a port name with an underscore',
    overrides: sidecar({ readinessProbe: { httpGet: { port: 'my_port' } } }),
    line: `${C}.readinessProbe.httpGet.port: is "my_port"; give a port from 1 to 65535, or the name of a port`,
  },
  {
    title: 'upper case in a name',
    overrides: pod({ containers: [{ name: 'Proxy', image: 'a' }] }),
    line: `${C}.name: is "Proxy"; give a name of at most 63 lower-case letters`,
  },
  {
    title: 'an underscore in a volume',
    overrides: pod({ volumes: [{ name: 'my_volume', emptyDir: {} }] }),
    line: `${V}.name: is "my_volume"; give a name`,
  },
  {
    title: 'a label value with a blank',
    overrides: { metadata: { labels: { team: 'ml platform' } } },
    line: 'metadata.labels.team: is "ml platform"; give a label value',
  },
  {
    title: 'a label key with two slashes',
    overrides: { metadata: { labels: { 'a/b/c': 'd' } } },
    line: 'metadata.labels key: is "a/b/c"; give a key',
  },
  {
    title: 'a node label with a comma',
    overrides: pod({ nodeSelector: { gpu: 'A100,H100' } }),
    line: 'spec.nodeSelector.gpu: is "A100,H100"; give a label value',
  },
  {
    title: 'a mode in decimal',
    overrides: volume({ secret: { secretName: 'a', defaultMode: 644 } }),
    line: `${V}.secret.defaultMode: is 644; give a number from 0 to 511: 0o644 in JavaScript`,
  },
  {
    title: 'a negative delay',
    overrides: sidecar({ readinessProbe: { tcpSocket: { port: 1 }, initialDelaySeconds: -1 } }),
    line: `${C}.readinessProbe.initialDelaySeconds: is -1; give a whole number of at least 0`,
  },
  {
    title: 'a negative user',
    overrides: pod({ securityContext: { runAsUser: -1 } }),
    line: 'spec.securityContext.runAsUser: is -1; give a whole number from 0 to 2147483647',
  },
  {
    title: 'a name as IP address',
    overrides: pod({ hostAliases: [{ ip: 'localhost', hostnames: ['a'] }] }),
    line: 'spec.hostAliases[0].ip: is "localhost"; give an IP address',
  },
  {
    title: 'a name server by name',
    overrides: pod({ dnsConfig: { nameservers: ['dns.google'] } }),
    line: 'spec.dnsConfig.nameservers[0]: is "dns.google"; give an IP address',
  },
  {
    title: 'a token of a minute',
    overrides: volume({ projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 60 } }] } }),
    line: 'serviceAccountToken.expirationSeconds: is 60; give a whole number of at least 600',
  },
  {
    title: 'a weight above 100',
    overrides: pod({
      affinity: {
        nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1000, preference: {} }] },
      },
    }),
    line: 'preferredDuringSchedulingIgnoredDuringExecution[0].weight: is 1000; give a whole number from 1 to 100',
  },
  {
    title: 'memory as a disk',
    overrides: volume({ emptyDir: { medium: 'memory' } }),
    line: `${V}.emptyDir.medium: is "memory"; give Memory or HugePages`,
    stricter: KUBELET,
  },
  {
    title: 'a field that the pod has not',
    overrides: sidecar({ env: [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.ip' } } }] }),
    line: `${C}.env[0].valueFrom.fieldRef.fieldPath: is "status.ip"; give metadata.name`,
  },
  {
    title: 'a path that leaves the volume',
    overrides: volume({ emptyDir: {} }, { subPath: '../other' }),
    line: `${C}.volumeMounts[0].subPath: is "../other"; give a relative path without ".."`,
  },
  {
    title: 'an unknown resource',
    overrides: sidecar({ resources: { limits: { gpu: 1 } } }),
    line: `${C}.resources.limits.gpu: names a resource that Kubernetes does not know; use nvidia.com/gpu`,
  },
  {
    title: 'half a device',
    overrides: sidecar({ resources: { limits: { 'amd.com/gpu': 0.5 } } }),
    line: `${C}.resources.limits.amd.com/gpu: is 0.5, and devices have no parts; give a whole number`,
  },
  {
    title: 'a negative request',
    overrides: sidecar({ resources: { requests: { cpu: '-1' } } }),
    line: `${C}.resources.requests.cpu: is -1; give a quantity of at least 0`,
  },
  {
    title: 'a type of folder',
    overrides: volume({ hostPath: { path: '/mnt', type: 'Dir' } }),
    line: `${V}.hostPath.type: is "Dir"`,
  },
  {
    title: 'an access mode in short',
    overrides: volume({
      ephemeral: {
        volumeClaimTemplate: { spec: { accessModes: ['RWO'], resources: { requests: { storage: '1Gi' } } } },
      },
    }),
    line: 'accessModes[0]: is "RWO"',
  },
  {
    title: 'a pod of Windows',
    overrides: pod({ os: { name: 'windows' } }),
    line: 'spec.os.name: is "windows"; give one of linux',
  },
];

const NAMES: readonly Refused[] = [
  {
    title: 'a Secret in upper case',
    overrides: sidecar({ envFrom: [{ secretRef: { name: 'HUB_TOKEN' } }] }),
    line: `${C}.envFrom[0].secretRef.name: is "HUB_TOKEN"; give the name of an object`,
  },
  {
    title: 'a claim of a volume with an underscore',
    overrides: volume({ persistentVolumeClaim: { claimName: 'my_claim' } }),
    line: `${V}.persistentVolumeClaim.claimName: is "my_claim"; give the name of an object`,
    stricter: 'no object can have the name, so the pods stay Pending',
  },
  {
    title: 'a key with a blank',
    overrides: sidecar({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'my key' } } }] }),
    line: `${C}.env[0].valueFrom.secretKeyRef.key: is "my key"; give a key`,
  },
  {
    title: 'a header with a colon',
    overrides: sidecar({ readinessProbe: { httpGet: { port: 1, httpHeaders: [{ name: 'Host:', value: 'a' }] } } }),
    line: `httpHeaders[0].name: is "Host:"; give the name of a header`,
  },
  {
    title: 'a search domain in upper case',
    overrides: pod({ dnsConfig: { searches: ['Corp.example'] } }),
    line: 'spec.dnsConfig.searches[0]: is "Corp.example"; give a domain in lower case',
  },
  {
    title: 'an option of DNS without a name',
    overrides: pod({ dnsConfig: { options: [{ value: '2' }] } }),
    line: 'spec.dnsConfig.options[0]: has no name; set name',
  },
  {
    title: 'a negative size',
    overrides: volume({ emptyDir: { sizeLimit: '-1Gi' } }),
    line: `${V}.emptyDir.sizeLimit: is "-1Gi"; give a quantity of at least 0`,
  },
  {
    title: 'a value of a toleration with a blank',
    overrides: pod({ tolerations: [{ key: 'a', value: 'b c' }, { operator: 'Exists' }] }),
    line: 'spec.tolerations[0].value: is "b c"; give a label value',
  },
  {
    title: 'a resource of a container without its part',
    overrides: sidecar({ env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'cpu' } } }] }),
    line: `${C}.env[0].valueFrom.resourceFieldRef.resource: is "cpu"; give limits.cpu`,
  },
  {
    title: 'an absolute path in a volume',
    overrides: volume({ downwardAPI: { items: [{ path: '/labels', fieldRef: { fieldPath: 'metadata.labels' } }] } }),
    line: `${V}.downwardAPI.items[0].path: is "/labels"; give a relative path`,
  },
  {
    title: 'an init container without an image',
    overrides: init({ image: null }),
    line: 'spec.initContainers[0]: has no image; set image',
  },
  { title: 'a sidecar with an empty image', overrides: sidecar({ image: '' }), line: `${C}: has no image; set image` },
  {
    title: 'a ConfigMap of variables without a name',
    overrides: sidecar({ envFrom: [{ configMapRef: {} }] }),
    line: `${C}.envFrom[0].configMapRef: has no name; set name`,
  },
];

const TOGETHER: readonly Refused[] = [
  {
    title: 'the same spreading twice',
    overrides: pod({
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' },
        { maxSkew: 2, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' },
      ],
    }),
    line: 'spec.topologySpreadConstraints[1]: has the topologyKey and whenUnsatisfiable "a and DoNotSchedule", as another one has; remove one of them',
  },
  {
    title: 'label keys of no selector',
    overrides: pod({
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule', matchLabelKeys: ['pod-template-hash'] },
      ],
    }),
    line: 'spec.topologySpreadConstraints[0]: has matchLabelKeys and no labelSelector',
  },
  {
    title: 'a sysctl twice',
    overrides: pod({
      securityContext: {
        sysctls: [
          { name: 'net.ipv4.tcp_rmem', value: '1' },
          { name: 'net.ipv4.tcp_rmem', value: '2' },
        ],
      },
    }),
    line: 'spec.securityContext.sysctls[1]: has the name "net.ipv4.tcp_rmem", as another one has',
  },
  {
    title: 'a hook longer than the grace period',
    overrides: sidecar({ lifecycle: { preStop: { sleep: { seconds: 86400 } } } }),
    line: 'spec.containers: has a container "sidecar" whose preStop hook sleeps 86400 s, longer than the grace period of',
  },
  {
    title: 'a mount of no volume',
    overrides: engine({ volumeMounts: [{ name: 'data', mountPath: '/data' }] }),
    line: `${C}.volumeMounts[0]: names the volume "data", and the pod has models, cache, tmp, shm; add it to spec.volumes`,
  },
  {
    title: 'a mount of a misspelt volume',
    overrides: sidecar({ volumeMounts: [{ name: 'model', mountPath: '/m' }] }),
    line: `${C}.volumeMounts[0]: names the volume "model", and the pod has models, cache, tmp, shm; write "models"`,
  },
  {
    title: 'a claim that the pod has not',
    overrides: sidecar({ resources: { claims: [{ name: 'nic' }] } }),
    line: `${C}.resources.claims[0]: names the device claim "nic", and the pod has none; add it to spec.resourceClaims`,
    since: '1.34',
  },
  {
    title: 'a mount without a path',
    overrides: sidecar({ volumeMounts: [{ name: 'tmp' }] }),
    line: `${C}.volumeMounts[0]: has no mountPath, which a mount needs; set mountPath`,
  },
  {
    title: 'a variable without a name',
    overrides: sidecar({ env: [{ value: 'a' }] }),
    line: `${C}.env[0]: has no name, which a variable needs; set name`,
  },
  {
    title: 'a port without its number',
    overrides: sidecar({ ports: [{ name: 'http' }] }),
    line: `${C}.ports[0]: has no containerPort, which a port needs; set containerPort`,
  },
  {
    title: 'two sources of one volume',
    overrides: volume({ emptyDir: {}, hostPath: { path: '/mnt' } }),
    line: `${V}: has emptyDir and hostPath, and Kubernetes accepts one of them; keep one of them`,
  },
  {
    title: 'two handlers of one probe',
    overrides: sidecar({ readinessProbe: { httpGet: { port: 80 }, tcpSocket: { port: 80 } } }),
    line: `${C}.readinessProbe: has httpGet and tcpSocket, and Kubernetes accepts one of them; keep one of them`,
  },
  {
    title: 'another handler besides that of the stack',
    overrides: engine({ readinessProbe: { exec: { command: ['true'] } } }),
    line: `${C}.readinessProbe: has exec and httpGet, and Kubernetes accepts one of them; remove that of the stack with httpGet: null`,
  },
  {
    title: 'a probe without a handler',
    overrides: sidecar({ livenessProbe: { periodSeconds: 5 } }),
    line: `${C}.livenessProbe: has none of exec, httpGet, tcpSocket and grpc; set one of them`,
  },
  {
    title: 'a liveness probe that must succeed twice',
    overrides: sidecar({ livenessProbe: { tcpSocket: { port: 1 }, successThreshold: 2 } }),
    line: `${C}.livenessProbe.successThreshold: is 2; remove it: Kubernetes accepts 1 in a livenessProbe`,
  },
  {
    title: 'a hook without a command',
    overrides: sidecar({ lifecycle: { preStop: { exec: {} } } }),
    line: `${C}.lifecycle.preStop.exec: has no command; set command`,
  },
  {
    title: 'a value and its source',
    overrides: sidecar({ env: [{ name: 'A', value: 'b', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] }),
    line: `${C}.env[0]: has value and valueFrom, and Kubernetes accepts one of them`,
  },
  {
    title: 'a variable from nothing',
    overrides: sidecar({ env: [{ name: 'A', valueFrom: {} }] }),
    line: `${C}.env[0].valueFrom: has none of`,
  },
  {
    title: 'a key of a Secret without the key',
    overrides: sidecar({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's' } } }] }),
    line: `${C}.env[0].valueFrom.secretKeyRef: has no key`,
  },
  {
    title: 'two containers of one name',
    overrides: pod({
      containers: [
        { name: 'a', image: 'b' },
        { name: 'a', image: 'c' },
      ],
    }),
    line: 'spec.containers[1]: has the name "a", as another one has; rename one of them',
  },
  {
    title: 'an init container named like the engine',
    overrides: pod({ initContainers: [{ name: 'vllm', image: 'b' }] }),
    line: 'spec.initContainers[0]: has the name "vllm", as another one has; rename one of them',
  },
  {
    title: 'two volumes of one name',
    overrides: pod({
      volumes: [
        { name: 'a', emptyDir: {} },
        { name: 'a', hostPath: { path: '/' } },
      ],
      containers: [{ name: 'vllm', volumeMounts: [{ name: 'a', mountPath: '/a' }] }],
    }),
    line: 'spec.volumes[1]: has the name "a", as another one has',
  },
  {
    title: 'two mounts at one path',
    overrides: sidecar({
      volumeMounts: [
        { name: 'tmp', mountPath: '/x' },
        { name: 'cache', mountPath: '/x' },
      ],
    }),
    line: `${C}.volumeMounts[1]: has the mountPath "/x", as another one has; use another path`,
  },
  {
    title: 'two ports of one name',
    overrides: sidecar({
      ports: [
        { name: 'a', containerPort: 1 },
        { name: 'a', containerPort: 2 },
      ],
    }),
    line: `${C}.ports[1]: has the name "a", as another one has`,
  },
  {
    title: 'a probe of an init container',
    overrides: init({ readinessProbe: { tcpSocket: { port: 1 } } }),
    line: 'spec.initContainers[0].readinessProbe: is set, but an init container ends before the engine starts',
  },
  {
    title: 'a hook of an init container',
    overrides: init({ lifecycle: { preStop: { exec: { command: ['a'] } } } }),
    line: 'spec.initContainers[0].lifecycle: is set, but an init container',
  },
  {
    title: 'a privileged engine',
    overrides: engine({ securityContext: { privileged: true } }),
    line: `${C}.securityContext: is privileged, but has allowPrivilegeEscalation: false; set allowPrivilegeEscalation: true as well`,
  },
  {
    title: 'root',
    overrides: pod({ securityContext: { runAsUser: 0 } }),
    line: 'spec.securityContext: has runAsUser 0 and runAsNonRoot: true of the stack; set runAsNonRoot: false as well',
    stricter: KUBELET,
  },
  {
    title: 'a profile of the node without its name',
    overrides: engine({ securityContext: { seccompProfile: { type: 'Localhost' } } }),
    line: `${C}.securityContext.seccompProfile: has type Localhost and no localhostProfile`,
  },
  {
    title: 'a toleration with a value that exists',
    overrides: pod({ tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', value: 'present' }] }),
    line: 'spec.tolerations[0]: has a value and operator Exists; remove value, or set operator: "Equal"',
  },
  {
    title: 'a toleration of nothing',
    overrides: pod({ tolerations: [{ effect: 'NoSchedule' }] }),
    line: 'spec.tolerations[0]: has no key and no operator Exists',
  },
  {
    title: 'seconds without an eviction',
    overrides: pod({ tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 5 }] }),
    line: 'spec.tolerations[0]: has tolerationSeconds without effect NoExecute',
  },
  {
    title: 'no values',
    overrides: nodeTerms({ matchExpressions: [{ key: 'a', operator: 'In' }] }),
    line: `${TERM}[0].matchExpressions[0]: has operator In and no values; set values`,
  },
  {
    title: 'values of what exists',
    overrides: nodeTerms({ matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] }),
    line: `${TERM}[0].matchExpressions[0]: has values and operator Exists`,
  },
  {
    title: 'two numbers',
    overrides: nodeTerms({ matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1', '2'] }] }),
    line: `${TERM}[0].matchExpressions[0].values: has 2 values; give one whole number for Gt`,
  },
  { title: 'no terms', overrides: nodeTerms(), line: `${TERM}: has no term` },
  {
    title: 'an empty term alone',
    overrides: nodeTerms({}),
    line: `${TERM}[0]: is empty, so it selects no node; give it matchExpressions`,
    stricter: 'no node fits, so that the pods stay Pending',
  },
  {
    title: 'a bound with a unit',
    overrides: nodeTerms({ matchExpressions: [{ key: 'nvidia.com/gpu.memory', operator: 'Gt', values: ['40Gi'] }] }),
    line: `${TERM}[0].matchExpressions[0].values: has "40Gi"; give one whole number for Gt`,
    stricter: 'the scheduler cannot read it, so that the pods stay Pending',
  },
  {
    title: 'a number among the values of a label',
    overrides: nodeTerms({ matchExpressions: [{ key: 'nvidia.com/gpu.count', operator: 'In', values: [8] }] }),
    line: `${TERM}[0].matchExpressions[0].values[0]: is 8; write it in quotes: "8"`,
  },
  {
    title: 'an operator in lower case',
    overrides: nodeTerms({ matchExpressions: [{ key: 'pool', operator: 'in', values: ['gpu'] }] }),
    line: `${TERM}[0].matchExpressions[0].operator: is "in"`,
  },
  {
    title: 'a node affinity outside of affinity',
    overrides: pod({ nodeAffinity: {} }),
    line: 'spec.nodeAffinity: is no field of a pod; put it under affinity',
  },
  {
    title: 'a node label that is true',
    overrides: pod({ nodeSelector: { 'nvidia.com/gpu.present': true } }),
    line: 'spec.nodeSelector.nvidia.com/gpu.present: is true; write it in quotes: "true"',
  },
  {
    title: 'an affinity without its topology',
    overrides: pod({
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: {} }] } },
    }),
    line: 'requiredDuringSchedulingIgnoredDuringExecution[0]: has no topologyKey',
  },
  {
    title: 'a preferred term without weight',
    overrides: pod({
      affinity: { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'a' }] } },
    }),
    line: 'preferredDuringSchedulingIgnoredDuringExecution[0].topologyKey: is no field of WeightedPodAffinityTerm; put it under podAffinityTerm',
  },
  {
    title: 'spreading without a key',
    overrides: pod({ topologySpreadConstraints: [{ maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' }] }),
    line: 'spec.topologySpreadConstraints[0]: has no topologyKey',
  },
  {
    title: 'minimum domains of a preference',
    overrides: pod({
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'ScheduleAnyway', minDomains: 2 }],
    }),
    line: 'spec.topologySpreadConstraints[0]: has minDomains and whenUnsatisfiable ScheduleAnyway',
  },
  {
    title: 'no name servers',
    overrides: pod({ dnsPolicy: 'None' }),
    line: 'spec.dnsPolicy: is "None", and dnsConfig has no nameservers',
  },
  {
    title: 'four name servers',
    overrides: pod({ dnsConfig: { nameservers: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'] } }),
    line: 'spec.dnsConfig.nameservers: has 4 items; give at most 3',
  },
  {
    title: 'processes of the node in a user namespace',
    overrides: pod({ hostUsers: false, hostPID: true }),
    line: 'spec.hostPID: is true while hostUsers is false',
  },
  {
    title: 'a request above its limit',
    overrides: sidecar({ resources: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } } }),
    line: `${C}.resources.requests.memory: is 2Gi, more than the limit of 1Gi`,
  },
  {
    title: 'a device without a limit',
    overrides: sidecar({ resources: { requests: { 'rdma/hca': 1 } } }),
    line: `${C}.resources.requests.rdma/hca: is 1 and there is no limit`,
  },
  {
    title: 'a Secret without a name',
    overrides: volume({ secret: { optional: true } }),
    line: `${V}.secret: has no secretName; set secretName`,
  },
  {
    title: 'a claim without a name',
    overrides: volume({ persistentVolumeClaim: {} }),
    line: `${V}.persistentVolumeClaim: has no claimName`,
  },
  {
    title: 'a volume claim without a size',
    overrides: volume({ ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } }),
    line: 'volumeClaimTemplate.spec: has no resources.requests.storage',
  },
  {
    title: 'two paths below a volume',
    overrides: volume({ emptyDir: {} }, { subPath: 'a', subPathExpr: 'b' }),
    line: `${C}.volumeMounts[0]: has subPath and subPathExpr`,
  },
  {
    title: 'mounts that show on the node',
    overrides: volume({ emptyDir: {} }, { mountPropagation: 'Bidirectional' }),
    line: `${C}: has mountPropagation Bidirectional at /extra and is not privileged; use HostToContainer`,
  },
  {
    title: 'a claim from two sources',
    overrides: pod({ resourceClaims: [{ name: 'a', resourceClaimName: 'b', resourceClaimTemplateName: 'c' }] }),
    line: 'spec.resourceClaims[0]: has resourceClaimName and resourceClaimTemplateName',
    since: '1.34',
  },
  {
    title: 'a deadline',
    overrides: pod({ activeDeadlineSeconds: 3600 }),
    line: 'spec.activeDeadlineSeconds: cannot be overridden here; remove it',
  },
  {
    title: 'a debugger',
    overrides: pod({ ephemeralContainers: [{ name: 'debug', image: 'busybox' }] }),
    line: 'spec.ephemeralContainers: cannot be overridden here; remove it: kubectl debug adds them',
  },
  {
    title: 'a priority',
    overrides: pod({ priority: 1000 }),
    line: 'spec.priority: cannot be overridden here; set priorityClassName instead',
    stricter: 'the priority admission refuses the pods, not the template',
  },
];

export const REFUSED: readonly Refused[] = [...UNKNOWN, ...TYPES, ...VALUES, ...NAMES, ...TOGETHER];
