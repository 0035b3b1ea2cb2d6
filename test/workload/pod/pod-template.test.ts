import { Duration, Size } from 'cdk8s';
import {
  Accelerator,
  ExtraVolume,
  GpuModel,
  MigStrategy,
  Model,
  Placement,
  SecretKey,
  TaintEffect,
  VllmVersion,
  Weights,
} from '../../../lib';
import { containerWith, podWith, WITH_TLS } from '../../support/stack';

describe('security', () => {
  test('a pod runs as the image’s own user without root, in the group that owns its folders', () => {
    expect(podWith().securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 2000,
      runAsGroup: 0,
      fsGroup: 0,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test('the container has a read-only root and no capabilities', () => {
    expect(containerWith().securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  test('a pod has no token and no variables of Services', () => {
    expect(podWith()).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
  });

  test('secrets are references', () => {
    const { env } = containerWith({
      apiKey: SecretKey.of('keys', 'api'),
      model: Model.of('meta-llama/Llama-3.1-8B-Instruct', { accessToken: SecretKey.of('hf', 'token') }),
      secretEnv: { S3_ACCESS_KEY_ID: SecretKey.of('s3', 'id') },
    });
    const reference = (name: string, key: string) => ({ valueFrom: { secretKeyRef: { name, key } } });
    expect(env).toContainEqual({ name: 'VLLM_API_KEY', ...reference('keys', 'api') });
    expect(env).toContainEqual({ name: 'HF_TOKEN', ...reference('hf', 'token') });
    expect(env).toContainEqual({ name: 'S3_ACCESS_KEY_ID', ...reference('s3', 'id') });
  });
});

describe('resources', () => {
  test('one GPU gets the CPU of its processes without a limit, and memory for weights and shared memory', () => {
    expect(containerWith().resources).toEqual({
      requests: { cpu: '6', memory: '25Gi', 'ephemeral-storage': '33Gi', 'nvidia.com/gpu': 1 },
      limits: { memory: '25Gi', 'nvidia.com/gpu': 1 },
    });
  });

  test('requests and limits can be set', () => {
    const { resources } = containerWith({
      resources: { cpu: 8, memory: Size.gibibytes(32), memoryLimit: Size.gibibytes(48) },
    });
    expect(resources.requests).toMatchObject({ cpu: '8', memory: '32Gi' });
    expect(resources.limits.memory).toBe('48Gi');
  });

  test('a MIG slice is requested by its profile', () => {
    const { resources } = containerWith({ accelerator: Accelerator.mig(GpuModel.H100, '3g.40gb') });
    expect(resources.limits['nvidia.com/mig-3g.40gb']).toBe(1);
  });
});

describe('volumes', () => {
  test('vLLM writes only to volumes', () => {
    const mounts = containerWith().volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
    expect(mounts).toEqual(['/models', '/cache', '/tmp', '/dev/shm']);
  });

  test('shared memory is in memory and grows with the GPUs', () => {
    const pod = podWith({ accelerator: Accelerator.gpu(GpuModel.H100, 8) });
    expect(pod.volumes).toContainEqual({ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '16Gi' } });
  });

  test('weights on a volume are read-only, and the model is their folder', () => {
    const weights = Weights.fromVolume({ claim: 'models', path: 'llama' });
    expect(podWith({ weights }).volumes).toContainEqual({
      name: 'models',
      persistentVolumeClaim: { claimName: 'models', readOnly: true },
    });
    const { args, volumeMounts } = containerWith({ weights });
    expect(args.slice(0, 2)).toEqual(['/models/llama', '--served-model-name=meta-llama/Llama-3.1-8B-Instruct']);
    expect(volumeMounts).toContainEqual({ name: 'models', mountPath: '/models', readOnly: true });
  });

  test('one claim at two paths is one volume with two mounts', () => {
    const extraVolumes = [ExtraVolume.fromClaim('data', '/a'), ExtraVolume.fromClaim('data', '/b')];
    const named = (each: { name: string }) => each.name === 'claim-data';
    expect(podWith({ extraVolumes }).volumes.filter(named)).toHaveLength(1);
    expect(containerWith({ extraVolumes }).volumeMounts.filter(named)).toHaveLength(2);
  });

  test('files of a Secret are mounted read-only', () => {
    const { volumeMounts } = containerWith({ extraVolumes: [ExtraVolume.fromSecret('tls.example', '/tls')] });
    expect(volumeMounts).toContainEqual({ name: 'secret-tls-example', mountPath: '/tls', readOnly: true });
  });
});

describe('placement', () => {
  test('only the accelerator limits the nodes by default', () => {
    expect(podWith().nodeSelector).toBeUndefined();
    expect(podWith().affinity).toBeUndefined();
  });

  test('a node label can be set', () => {
    const placement = Placement.nodeLabels({ 'nvidia.com/gpu.present': 'true' });
    expect(podWith({ placement }).nodeSelector).toEqual({ 'nvidia.com/gpu.present': 'true' });
  });

  test('several instance types become an affinity', () => {
    const { nodeSelector, affinity } = podWith({ placement: Placement.instanceTypes(['g6e.xlarge', 'g6e.2xlarge']) });
    expect(nodeSelector).toBeUndefined();
    const [term] = affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
    expect(term.matchExpressions).toEqual([
      { key: 'node.kubernetes.io/instance-type', operator: 'In', values: ['g6e.xlarge', 'g6e.2xlarge'] },
    ]);
  });

  test('a slice tolerates the taint of its GPU and of its profile', () => {
    const small = { model: Model.of('meta-llama/Llama-3.2-1B-Instruct'), engine: { maxModelLen: 8192 } };
    const { tolerations } = podWith({ ...small, accelerator: Accelerator.mig(GpuModel.H100, '1g.10gb') });
    const taint = (key: string) => ({ key, operator: 'Exists', effect: 'NoSchedule' });
    expect(tolerations).toEqual([taint('nvidia.com/gpu'), taint('nvidia.com/mig-1g.10gb')]);
    const single = Accelerator.mig(GpuModel.H100, '1g.10gb', { strategy: MigStrategy.SINGLE });
    const pod = podWith({ ...small, accelerator: single, placement: Placement.gke() });
    expect(pod.tolerations).toEqual([taint('nvidia.com/gpu')]);
    expect(pod.containers[0].resources.limits['nvidia.com/gpu']).toBe(1);
  });

  test('a taint with a value is tolerated with that value only', () => {
    const toleration = { key: 'dedicated', value: 'llm', effect: TaintEffect.NO_EXECUTE };
    expect(podWith({ tolerations: [toleration] }).tolerations).toContainEqual({ ...toleration, operator: 'Equal' });
  });

  test('replicas spread over zones if possible, each revision separately', () => {
    expect(podWith().topologySpreadConstraints).toEqual([
      {
        topologyKey: 'topology.kubernetes.io/zone',
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { app: 'vllm' } },
        matchLabelKeys: ['pod-template-hash'],
      },
    ]);
  });

  test('an empty list of spread rules emits no rule', () => {
    expect(podWith({ topologySpread: [] }).topologySpreadConstraints).toEqual([]);
  });

  test('classes and pull secrets are passed on', () => {
    const pod = podWith({ priorityClassName: 'high', runtimeClassName: 'nvidia', imagePullSecrets: ['registry'] });
    expect(pod).toMatchObject({ priorityClassName: 'high', runtimeClassName: 'nvidia' });
    expect(pod.imagePullSecrets).toEqual([{ name: 'registry' }]);
  });
});

describe('start and stop', () => {
  test('the startup probe covers the startup budget, and vLLM gets it too', () => {
    const { startupProbe, env } = containerWith({ lifecycle: { startupBudget: Duration.minutes(20) } });
    expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBe(1200);
    expect(env).toContainEqual({ name: 'VLLM_ENGINE_READY_TIMEOUT_S', value: '1200' });
  });

  test('a frozen server is restarted after two minutes, without the full grace period', () => {
    const { livenessProbe } = containerWith();
    expect(livenessProbe.periodSeconds * livenessProbe.failureThreshold).toBe(120);
    expect(livenessProbe.terminationGracePeriodSeconds).toBe(30);
  });

  test('the grace period covers the wait, the drain and the teardown', () => {
    const { lifecycle, args } = containerWith();
    expect(lifecycle.preStop.exec.command).toEqual(['sleep', '15']);
    expect(args).toContain('--shutdown-timeout=120');
    expect(podWith().terminationGracePeriodSeconds).toBe(15 + 120 + 20);
  });

  test('an engine that cannot drain gets the drain time before SIGTERM', () => {
    const vllmVersion = VllmVersion.of('0.17.1');
    const { lifecycle, args } = containerWith({ vllmVersion });
    expect(lifecycle.preStop.exec.command).toEqual(['sleep', '135']);
    expect(args.join(' ')).not.toContain('--shutdown-timeout');
  });

  test('probes use HTTPS when the engine does', () => {
    const { readinessProbe } = containerWith(WITH_TLS);
    expect(readinessProbe.httpGet).toEqual({ path: '/health', port: 'http', scheme: 'HTTPS' });
  });
});
