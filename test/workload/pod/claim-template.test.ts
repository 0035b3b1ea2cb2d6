import type { VllmInferenceStackProps } from '../../../lib';
import { Accelerator, Delivery, GpuModel, Model } from '../../../lib';
import { deviceClaimTemplate } from '../../../lib/workload/pod/claim-template';
import { DEFAULT_KIND } from '../../../lib/workload/kinds/workload-kinds';
import { planWorkload } from '../../../lib/workload/workload-plan';
import { planOf } from '../../support/plan';
import type { Manifest } from '../../support/stack';
import { containerWith, podWith, refusalOf } from '../../support/stack';

const H100S = { accelerator: Accelerator.claim(GpuModel.H100, { count: 2 }) };
const SLICE = {
  accelerator: Accelerator.claim(GpuModel.H100, { migProfile: '1g.10gb' }),
  model: Model.of('meta-llama/Llama-3.2-1B-Instruct'),
  engine: { maxModelLen: 8192 },
};

function templateOf(props: Partial<VllmInferenceStackProps> & { accelerator: Accelerator }): Manifest {
  const { accelerator } = props;
  const strategy = Delivery.rollingUpdate();
  const plan = planOf(props);
  return deviceClaimTemplate(
    planWorkload(props, {
      plan,
      kind: DEFAULT_KIND,
      accelerator,
      replicas: 1,
      minReplicas: 1,
      strategy,
      clients: { namespaces: [], ranges: [] },
    }),
  );
}

describe('a pod that claims its devices', () => {
  test('names the template and gives the claim to the engine', () => {
    const { name } = templateOf(H100S).metadata;
    expect(podWith(H100S).resourceClaims).toEqual([{ name: 'gpus', resourceClaimTemplateName: name }]);
    expect(containerWith(H100S).resources.claims).toEqual([{ name: 'gpus' }]);
  });

  test('requests CPU and memory, but no extended resource', () => {
    const { requests, limits } = containerWith(H100S).resources;
    expect(Object.keys(requests)).toEqual(['cpu', 'ephemeral-storage', 'memory']);
    expect(Object.keys(limits)).toEqual(['memory']);
    expect(requests.cpu).toBe('8');
  });

  test.each([
    ['GPUs', H100S],
    ['a slice', SLICE],
  ])('of %s tolerates the taint of GPU nodes', (_, props) => {
    expect(podWith(props).tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
  });

  test('uses all of them', () => {
    expect(containerWith(H100S).args).toContain('--tensor-parallel-size=2');
  });

  test('has no notice about other GPUs', () => {
    expect(planOf(H100S).findings.map(({ id }) => id)).not.toContain('placement-open');
  });

  test('refuses overrides of the claim, and accepts additional claims', () => {
    const claims = (resourceClaims: unknown) => ({ ...H100S, podTemplateOverrides: { spec: { resourceClaims } } });
    expect(refusalOf(claims([{ name: 'gpus', resourceClaimName: 'x' }]))).toContain(
      'podTemplateOverrides.spec.resourceClaims[0] (gpus): cannot be overridden here; set accelerator to an Accelerator.claim instead',
    );
    expect(refusalOf(claims({ name: 'x' }))).toContain('podTemplateOverrides.spec.resourceClaims: is ');
    expect(refusalOf(claims([{ resourceClaimName: 'x' }]))).toContain('resourceClaims[0]: has no name');
    const nic = { name: 'nic', resourceClaimName: 'nic' };
    expect(podWith(claims([nic])).resourceClaims.map(({ name }: Manifest) => name)).toEqual(['gpus', 'nic']);
  });
});

describe('the template of a claim', () => {
  test('requests the number of devices of a class that match the selectors', () => {
    const { apiVersion, kind, spec } = templateOf(H100S);
    expect([apiVersion, kind]).toEqual(['resource.k8s.io/v1', 'ResourceClaimTemplate']);
    expect(spec.spec.devices.requests).toEqual([
      {
        name: 'gpus',
        exactly: {
          deviceClassName: 'gpu.nvidia.com',
          allocationMode: 'ExactCount',
          count: 2,
          selectors: [
            { cel: { expression: expect.stringContaining("cudaComputeCapability.compareTo(semver('9.0.0')) == 0") } },
            { cel: { expression: expect.stringContaining("memory.compareTo(quantity('79112Mi')) >= 0") } },
          ],
        },
      },
    ]);
  });

  test('of a slice is of the class of slices', () => {
    const [request] = templateOf(SLICE).spec.spec.devices.requests;
    expect(request.exactly).toMatchObject({ deviceClassName: 'mig.nvidia.com', count: 1 });
  });

  test('has no selectors with a device class of the user', () => {
    const accelerator = Accelerator.claim(GpuModel.H100, { deviceClass: 'h100.example.com' });
    const [request] = templateOf({ accelerator }).spec.spec.devices.requests;
    expect(request.exactly).toEqual({ deviceClassName: 'h100.example.com', allocationMode: 'ExactCount', count: 1 });
  });

  test('carries namespace, labels and annotations of the stack', () => {
    const { metadata } = templateOf({ ...H100S, namespace: 'llm', annotations: { a: 'b' }, labels: { team: 'x' } });
    expect(metadata).toMatchObject({ namespace: 'llm', annotations: { a: 'b' }, labels: { app: 'vllm', team: 'x' } });
  });

  test('has another name for another request, because its spec is immutable', () => {
    const names = [1, 2].map(
      (count) => templateOf({ accelerator: Accelerator.claim(GpuModel.H100, { count }) }).metadata.name,
    );
    expect(names[0]).toMatch(/^vllm-gpus-[0-9a-f]{8}$/);
    expect(names[1]).not.toBe(names[0]);
    expect(templateOf({ ...H100S, labels: { team: 'x' } }).metadata.name).toBe(names[1]);
  });

  test('is not emitted for devices that are requested', () => {
    expect(templateOf({ accelerator: Accelerator.gpu(GpuModel.H100) })).toBeUndefined();
    expect(podWith({ accelerator: Accelerator.gpu(GpuModel.H100) })).not.toHaveProperty('resourceClaims');
  });
});
