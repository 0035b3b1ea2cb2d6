import type { App } from 'cdk8s';
import { ApiObject, Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { VllmInferenceStackProps } from '../../../lib';
import {
  Accelerator,
  AccessMode,
  CanaryRouter,
  Delivery,
  ExtraVolume,
  GpuModel,
  Model,
  Objective,
  Scaling,
  VllmInferenceStack,
  Weights,
} from '../../../lib';
import { refusalOf, stackWith } from '../../support/stack';

type Props = Partial<VllmInferenceStackProps>;

const RWO = ['ReadWriteOnce'];
const RWX = ['ReadWriteMany'];
const ROX = ['ReadOnlyMany'];
const RWOP = ['ReadWriteOncePod'];

/** A claim of the user, with the size of its request. */
function claim(chart: Chart, accessModes: readonly string[], spec: object = {}, name = 'models'): ApiObject {
  return new ApiObject(chart, `Claim-${name}`, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes, resources: { requests: { storage: '100Gi' } }, ...spec },
  });
}

/** An app with the claim "models" in the namespace `llm`, and one stack beside it. */
function appWith(props: Props, accessModes: readonly string[], spec: object = {}, namespace = 'llm'): App {
  const app = Testing.app();
  const chart = new Chart(app, 'llm', { namespace: 'llm' });
  stackIn(chart, props);
  claim(new Chart(app, 'storage', { namespace }), accessModes, spec);
  return app;
}

const stackIn = (chart: Chart, props: Props, name = 'vllm') =>
  new VllmInferenceStack(chart, `Stack-${name}`, {
    name,
    model: Model.of('meta-llama/Llama-3.1-8B-Instruct'),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    ...props,
  });

/** Errors and warnings of a synth, each without its path. */
function synthOf(app: App): { errors: string[]; warnings: string[] } {
  const printed = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const lines = (text: string): string[] => text.split('\n').filter((line) => /\[claim-[a-z-]+\]$/.test(line));
  try {
    app.synthYaml();
    return { errors: [], warnings: printed.mock.calls.flatMap(([text]) => lines(String(text))) };
  } catch (error) {
    return { errors: lines((error as Error).message), warnings: [] };
  } finally {
    printed.mockRestore();
  }
}

const VOLUME: Props = { weights: Weights.fromVolume({ claim: 'models' }) };
const CACHE: Props = { weights: Weights.fromHub({ cacheClaim: 'models' }) };
const TWO: Props = { scaling: Scaling.fixed(2) };
const IN_PLACE: Props = { delivery: Delivery.inPlace() };
const ADAPTERS: Props = { extraVolumes: [ExtraVolume.fromClaim('models', '/adapters')] };
const GP3 = { storageClassName: 'gp3' };
const EIGHT: Props = { accelerator: Accelerator.gpu(GpuModel.H100, 8) };
const OBJECTIVES = [Objective.errorRate({ below: 0.01 })];
const CANARY: Props = {
  objectives: OBJECTIVES,
  delivery: Delivery.canary({ router: CanaryRouter.none(), weights: [50] }),
};
const BLUE_GREEN: Props = { objectives: OBJECTIVES, delivery: Delivery.blueGreen() };
const inOverrides = (readOnly: boolean): Props => ({
  podTemplateOverrides: {
    spec: {
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'models' } }],
      containers: [{ name: 'vllm', volumeMounts: [{ name: 'data', mountPath: '/data', readOnly }] }],
    },
  },
});

describe('a claim of one node', () => {
  it.each<[string, Props, string]>([
    ['several replicas', { ...VOLUME, ...TWO }, '2 replicas (scaling) mount it'],
    ['a scaler', { ...VOLUME, scaling: Scaling.keda({ maxReplicas: 4 }) }, '4 replicas (scaling.maxReplicas) mount it'],
    [
      'a rollout with a second pod',
      VOLUME,
      '2 pods (delivery: a rollout starts the new one before it removes the old one) mount it',
    ],
    ['a canary', { ...VOLUME, ...CANARY }, '2 pods (delivery: a rollout'],
    ['a blue-green rollout', { ...VOLUME, ...BLUE_GREEN }, '2 pods (delivery: a rollout'],
    ['a cache of several replicas', { ...CACHE, ...TWO }, 'weights.cacheClaim: is the volume claim "models"'],
    ['adapters of several replicas', { ...ADAPTERS, ...TWO }, 'extraVolumes[0]: is the volume claim "models"'],
    [
      'overrides of several replicas',
      { ...inOverrides(true), ...TWO },
      'podTemplateOverrides.spec.volumes[0]: is the volume claim',
    ],
    [
      'several replicas that are replaced in place',
      { ...VOLUME, ...TWO, ...IN_PLACE },
      '2 replicas (scaling) mount it',
    ],
  ])('warns about %s', (_, props, expected) => {
    const { errors, warnings } = synthOf(appWith(props, RWO));
    expect(errors).toEqual([]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(expected);
    expect(warnings[0]).toContain('[claim-one-node]');
  });

  it.each<[string, Props, readonly string[], object, string]>([
    ['two replicas of ReadWriteOncePod', { ...VOLUME, ...TWO }, RWOP, {}, 'the second pod stays Pending'],
    [
      'two replicas of ReadWriteOncePod on a disk of a node',
      { ...VOLUME, ...TWO },
      RWOP,
      { storageClassName: 'local-path' },
      'stays Pending',
    ],
    ['a rollout with ReadWriteOncePod', VOLUME, RWOP, {}, 'or set delivery to Delivery.inPlace() [claim-one-node]'],
    ['two replicas of 8 GPUs on EBS', { ...VOLUME, ...EIGHT, ...TWO }, RWO, GP3, 'each needs the GPUs of a whole node'],
    ['a rollout of 8 GPUs on EBS', { ...VOLUME, ...EIGHT }, RWO, GP3, 'each needs the GPUs of a whole node'],
  ])('refuses %s', (_, props, modes, spec, expected) => {
    const { errors } = synthOf(appWith(props, modes, spec));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(expected);
  });

  it('refuses two stacks with one claim of one pod, and names both', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'llm', { namespace: 'llm' });
    claim(chart, RWOP);
    stackIn(chart, { ...VOLUME, ...IN_PLACE }, 'one');
    stackIn(chart, { ...VOLUME, ...IN_PLACE }, 'two');
    const [error] = synthOf(app).errors;
    expect(error).toContain('2 replicas (of llm/Stack-one and llm/Stack-two)');
    expect(error).toContain('or a claim for each stack');
  });

  it('warns once, however many charts and synths an app has', () => {
    const app = appWith({ ...VOLUME, ...TWO }, RWO);
    new Chart(app, 'third');
    expect(synthOf(app).warnings).toHaveLength(1);
    expect(synthOf(app).warnings).toHaveLength(0);
  });

  it('is acknowledged in the stack, which is not stale', () => {
    const acknowledge = { 'claim-one-node': 'the cluster has one node' };
    const app = appWith({ ...VOLUME, ...TWO, acknowledge }, RWO);
    expect(synthOf(app).warnings).toEqual([]);
    expect(stackWith({ acknowledge }).findings.map(({ id }) => id)).not.toContain('stale-acknowledgement');
  });
});

describe('a claim that is mounted as it can be', () => {
  it.each<[string, Props, readonly string[], object?]>([
    ['replicas that read a claim of many readers', { ...VOLUME, ...TWO }, ROX],
    ['replicas with a claim of many writers', { ...CACHE, ...TWO }, RWX],
    ['replicas with a claim that is also of one node', { ...VOLUME, ...TWO }, [...RWO, ...ROX]],
    ['one replica that is replaced in place', { ...CACHE, ...IN_PLACE }, RWO],
    ['one replica that is stopped first', { ...CACHE, delivery: Delivery.recreate() }, RWOP],
    ['one pod at a time on EBS, with 8 GPUs', { ...VOLUME, ...EIGHT, ...IN_PLACE }, RWO, GP3],
    ['overrides that only read', { ...inOverrides(true), ...TWO }, ROX],
    [
      'a file system of the network with a small request',
      { ...VOLUME, ...TWO },
      RWX,
      { storageClassName: 'efs-sc', resources: { requests: { storage: '5Gi' } } },
    ],
    [
      'a volume that exists already, of another size',
      { ...VOLUME, ...TWO },
      ROX,
      { storageClassName: '', volumeName: 'models', resources: { requests: { storage: '1Gi' } } },
    ],
    ['a Persistent Disk with many readers', { ...VOLUME, ...TWO }, ROX, { storageClassName: 'premium-rwo' }],
    ['a disk of a node, where all pods run', { ...VOLUME, ...TWO }, RWO, { storageClassName: 'local-path' }],
    ['a claim of unknown modes', { ...VOLUME, ...TWO }, []],
  ])('accepts %s', (_, props, modes, spec = {}) => {
    expect(synthOf(appWith(props, modes, spec))).toEqual({ errors: [], warnings: [] });
  });

  it('accepts a claim of the same name in another namespace', () => {
    expect(synthOf(appWith({ ...VOLUME, ...TWO }, RWOP, {}, 'other'))).toEqual({ errors: [], warnings: [] });
  });

  it.each([
    null,
    5,
    { accessModes: 'ReadWriteOnce' },
    { accessModes: null, resources: null },
    { resources: { requests: 'x' } },
  ])('leaves a claim to the API server whose spec is %j', (spec) => {
    const app = Testing.app();
    const chart = new Chart(app, 'llm', { namespace: 'llm' });
    stackIn(chart, { weights: Weights.fromVolume({ claim: 'models' }), scaling: Scaling.fixed(2) });
    const metadata = { name: 'models' };
    new ApiObject(chart, 'Claim', { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec });
    expect(synthOf(app)).toEqual({ errors: [], warnings: [] });
  });

  it('accepts a claim that is not made in the app', () => {
    const app = Testing.app();
    stackIn(new Chart(app, 'llm', { namespace: 'llm' }), { ...VOLUME, ...TWO });
    expect(synthOf(app)).toEqual({ errors: [], warnings: [] });
  });

  it('reads claims of cdk8s-plus too', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'llm', { namespace: 'llm' });
    const { name } = new kplus.PersistentVolumeClaim(chart, 'Models', {
      metadata: { name: 'models' },
      accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
      storage: Size.gibibytes(100),
    });
    stackIn(chart, { weights: Weights.fromVolume({ claim: name }), ...TWO });
    expect(synthOf(app).warnings).toHaveLength(1);
  });
});

describe('a claim of the app', () => {
  const small = { resources: { requests: { storage: '10Gi' } } };
  const storageClass = (app: App, provisioner: string) =>
    new ApiObject(new Chart(app, 'classes'), 'Class', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'fast' },
      provisioner,
    });

  it.each<[string, Props, readonly string[], object, string]>([
    ['a cache that can only be read', CACHE, ROX, {}, '[claim-read-only]'],
    ['a write to a claim that can only be read', inOverrides(false), ROX, {}, '[claim-read-only]'],
    ['a block device', VOLUME, RWX, { volumeMode: 'Block' }, '[claim-not-files]'],
    [
      'EBS with less than the weights',
      { ...VOLUME, ...IN_PLACE },
      RWO,
      { ...GP3, ...small },
      'requests 10 GiB, and the weights have 15 GiB; request 17Gi or more [claim-too-small]',
    ],
    [
      'another mode than the one that is set',
      { weights: Weights.fromVolume({ claim: 'models', accessMode: AccessMode.READ_WRITE_MANY }) },
      RWO,
      {},
      'weights.claim accessMode: is set to ReadWriteMany, but the volume claim "models" (storage/Claim-models) is ReadWriteOnce',
    ],
  ])('refuses %s', (_, props, modes, spec, expected) => {
    const { errors } = synthOf(appWith(props, modes, spec));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(expected);
  });

  it.each<[string, Props, readonly string[], object, string]>([
    ['less than the weights, where the storage is not known', VOLUME, RWX, small, '[claim-too-small]'],
    [
      'a cache with less than the weights',
      CACHE,
      RWX,
      { resources: { requests: { storage: '8000M' } } },
      'requests 7.5 GiB',
    ],
    ['many writers on storage that is EBS by its name', VOLUME, RWX, GP3, 'is by its name block storage'],
    [
      'many readers on storage that is an Azure disk by its name',
      VOLUME,
      ROX,
      { storageClassName: 'managed-csi-premium' },
      '[claim-access-unsupported]',
    ],
  ])('warns about %s', (_, props, modes, spec, expected) => {
    const { errors, warnings } = synthOf(appWith(props, modes, spec));
    expect(errors).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining(expected)]);
  });

  it('is too small once, for the largest weights of several stacks', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'llm', { namespace: 'llm' });
    claim(chart, RWX, small);
    for (const name of ['one', 'two']) stackIn(chart, CACHE, name);
    expect(synthOf(app).warnings).toHaveLength(1);
  });

  it('refuses many writers where the StorageClass of the app is EBS', () => {
    const app = appWith(VOLUME, RWX, { storageClassName: 'fast' });
    storageClass(app, 'ebs.csi.aws.com');
    expect(synthOf(app).errors).toEqual([expect.stringContaining('its StorageClass "fast" is block storage')]);
  });

  it('accepts a small request where the StorageClass of the app has no sizes', () => {
    const app = appWith(VOLUME, RWX, { storageClassName: 'fast', ...small });
    storageClass(app, 'efs.csi.aws.com');
    expect(synthOf(app)).toEqual({ errors: [], warnings: [] });
  });

  it('has no size to compare with weights of unknown size', () => {
    const app = appWith({ ...VOLUME, model: Model.of('acme/unknown') }, RWX, small);
    expect(synthOf(app)).toEqual({ errors: [], warnings: [] });
  });
});

describe('a mode that is set', () => {
  const volume = (accessMode: AccessMode) => Weights.fromVolume({ claim: 'models', accessMode });
  const idsOf = (props: Props): string[] =>
    stackWith(props)
      .findings.filter(({ id }) => id.startsWith('claim-'))
      .map(({ id, severity }) => `${severity} ${id}`);

  it.each<[string, Props]>([
    ['replicas that read', { ...TWO, weights: volume(AccessMode.READ_WRITE_ONCE) }],
    ['a rollout', { weights: volume(AccessMode.READ_WRITE_ONCE) }],
    [
      'adapters',
      { ...TWO, extraVolumes: [ExtraVolume.fromClaim('a', '/a', { accessMode: AccessMode.READ_WRITE_ONCE })] },
    ],
  ])('warns about %s', (_, props) => {
    expect(idsOf(props)).toEqual(['warning claim-one-node']);
  });

  it.each<[string, Props, string]>([
    ['one pod and two replicas', { ...TWO, weights: volume(AccessMode.READ_WRITE_ONCE_POD) }, 'claim-one-node'],
    [
      'a cache that can only be read',
      { weights: Weights.fromHub({ cacheClaim: 'c', accessMode: AccessMode.READ_ONLY_MANY }) },
      'claim-read-only',
    ],
  ])('refuses %s', (_, props, id) => {
    expect(refusalOf(props)).toContain(`[${id}]`);
  });

  it('refuses a mode without a claim', () => {
    expect(() => Weights.fromHub({ accessMode: AccessMode.READ_WRITE_MANY })).toThrow('cacheClaim is unset');
  });

  it('refuses a mode that Kubernetes does not have', () => {
    const accessMode = 'RWX' as AccessMode;
    expect(() => Weights.fromVolume({ claim: 'models', accessMode })).toThrow('accessMode: is "RWX"; give one of Read');
  });

  it.each<[string, Props]>([
    ['readers', { ...TWO, weights: volume(AccessMode.READ_ONLY_MANY) }],
    ['writers', { ...TWO, weights: Weights.fromHub({ cacheClaim: 'c', accessMode: AccessMode.READ_WRITE_MANY }) }],
    ['one pod at a time', { ...IN_PLACE, weights: volume(AccessMode.READ_WRITE_ONCE) }],
  ])('accepts %s', (_, props) => {
    expect(idsOf(props)).toEqual([]);
  });

  it('is checked once, also for a claim of the app', () => {
    const app = appWith({ ...TWO, weights: volume(AccessMode.READ_WRITE_ONCE) }, RWO);
    expect(synthOf(app).warnings).toEqual([]);
  });

  it('is asked for with a notice where several pods mount the claim', () => {
    expect(idsOf({ ...TWO, ...VOLUME })).toEqual(['notice claim-access-open']);
    expect(idsOf({ ...IN_PLACE, ...VOLUME })).toEqual([]);
  });
});
