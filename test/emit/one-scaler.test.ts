import type { App } from 'cdk8s';
import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Accelerator, GpuModel, Model, Scaling, VllmInferenceStack } from '../../lib';

const KEDA = Scaling.keda({ maxReplicas: 4 });

/** An app with one stack in the namespace `llm`, and a chart of the user. */
function appWith(scaling: Scaling, namespace = 'llm'): { app: App; stack: VllmInferenceStack; own: Chart } {
  const app = Testing.app();
  const stack = stackIn(new Chart(app, 'llm', { namespace: 'llm' }), 'vllm', scaling);
  return { app, stack, own: new Chart(app, 'own', { namespace }) };
}

const stackIn = (chart: Chart, name: string, scaling: Scaling) =>
  new VllmInferenceStack(chart, `Stack-${name}`, {
    name,
    scaling,
    model: Model.of('meta-llama/Llama-3.1-8B-Instruct'),
    accelerator: Accelerator.gpu(GpuModel.L40S),
  });

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'vllm' };

const scaledObject = (chart: Chart, scaleTargetRef: object = DEPLOYMENT, id = 'Scaler') =>
  new ApiObject(chart, id, {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: `own-${id.toLowerCase()}` },
    spec: { scaleTargetRef },
  });

const autoscaler = (chart: Chart, scaleTargetRef: object = DEPLOYMENT, apiVersion = 'autoscaling/v2') =>
  new ApiObject(chart, 'Autoscaler', {
    apiVersion,
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'own' },
    spec: { scaleTargetRef, maxReplicas: 4 },
  });

const ownDeployment = (chart: Chart) => new kplus.Deployment(chart, 'Deployment', { containers: [{ image: 'a' }] });

describe('one scaler', () => {
  it('is accepted', () => {
    expect(() => appWith(KEDA).app.synthYaml()).not.toThrow();
  });

  it('for each of two stacks is accepted', () => {
    const { app, own } = appWith(KEDA);
    stackIn(own, 'other', KEDA);
    expect(() => app.synthYaml()).not.toThrow();
  });

  it('for a workload of the same name in another namespace is accepted', () => {
    const { app, own } = appWith(KEDA, 'other');
    stackIn(own, 'vllm', KEDA);
    expect(() => app.synthYaml()).not.toThrow();
  });

  it('for a workload of another kind with the same name is accepted', () => {
    const { app, own } = appWith(KEDA);
    scaledObject(own, { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'vllm' });
    expect(() => app.synthYaml()).not.toThrow();
  });

  it('of cdk8s-plus for a Deployment of cdk8s-plus is accepted', () => {
    const { app, own } = appWith(KEDA);
    new kplus.HorizontalPodAutoscaler(own, 'Autoscaler', { target: ownDeployment(own), maxReplicas: 4 });
    expect(() => app.synthYaml()).not.toThrow();
  });

  it('may lack a target: the API server refuses it', () => {
    const { app, own } = appWith(KEDA);
    scaledObject(own, {}, 'A');
    scaledObject(own, {}, 'B');
    new ApiObject(own, 'C', { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' });
    expect(() => app.synthYaml()).not.toThrow();
  });

  it('does not conflict with other kinds that have the same fields', () => {
    const { app, own } = appWith(KEDA);
    new ApiObject(own, 'Other', { apiVersion: 'a.b/v1', kind: 'ScaledObject', spec: { scaleTargetRef: DEPLOYMENT } });
    expect(() => app.synthYaml()).not.toThrow();
  });
});

/** Like a target of cdk8s-plus, for a workload of another library. */
const OURS: kplus.IScalable = {
  hasAutoscaler: false,
  markHasAutoscaler: () => undefined,
  toScalingTarget: () => ({ ...DEPLOYMENT, containers: [new kplus.Container({ image: 'a' })] }),
};

describe('a second scaler', () => {
  const both = (kind: string, path: string) =>
    `Deployment "vllm" in namespace "llm" has 2 scalers (ScaledObject llm/Stack-vllm/ScaledObject, ${kind} ${path}), which would overwrite each other; keep one`;

  it.each<[what: string, add: (own: Chart) => unknown, kind: string, path: string]>([
    ['a ScaledObject', (own) => scaledObject(own), 'ScaledObject', 'own/Scaler'],
    ['a ScaledObject without kind', (own) => scaledObject(own, { name: 'vllm' }), 'ScaledObject', 'own/Scaler'],
    ['an autoscaler', (own) => autoscaler(own), 'HorizontalPodAutoscaler', 'own/Autoscaler'],
    [
      'an autoscaler of version 1',
      (own) => autoscaler(own, DEPLOYMENT, 'autoscaling/v1'),
      'HorizontalPodAutoscaler',
      'own/Autoscaler',
    ],
    [
      'an autoscaler of cdk8s-plus',
      (own) => new kplus.HorizontalPodAutoscaler(own, 'Autoscaler', { target: OURS, maxReplicas: 4 }),
      'HorizontalPodAutoscaler',
      'own/Autoscaler/Resource',
    ],
  ])('refuses %s on our Deployment, and names both', (_, add, kind, path) => {
    const { app, own } = appWith(KEDA);
    add(own);
    expect(() => app.synthYaml()).toThrow(both(kind, path));
  });

  it('refuses one by the name in the construct, in the same chart', () => {
    const { app, stack } = appWith(KEDA);
    scaledObject(Chart.of(stack), { name: stack.workload.name });
    expect(() => app.synthYaml()).toThrow(both('ScaledObject', 'llm/Scaler'));
  });

  it('refuses two of the user’s on a stack with a fixed number', () => {
    const { app, own } = appWith(Scaling.fixed(1));
    scaledObject(own);
    autoscaler(own);
    expect(() => app.synthYaml()).toThrow(
      'has 2 scalers (ScaledObject own/Scaler, HorizontalPodAutoscaler own/Autoscaler)',
    );
  });

  it('refuses a ScaledObject next to an autoscaler of cdk8s-plus', () => {
    const { app, own } = appWith(KEDA);
    const target = ownDeployment(own);
    new kplus.HorizontalPodAutoscaler(own, 'Autoscaler', { target, maxReplicas: 4 });
    scaledObject(own, { name: target.name });
    expect(() => app.synthYaml()).toThrow(
      'has 2 scalers (HorizontalPodAutoscaler own/Autoscaler/Resource, ScaledObject own/Scaler)',
    );
  });

  it('refuses two in a chart without namespace', () => {
    const { app } = appWith(KEDA);
    const chart = new Chart(app, 'nowhere');
    scaledObject(chart);
    autoscaler(chart);
    expect(() => app.synthYaml()).toThrow('Deployment "vllm" in no namespace has 2 scalers');
  });

  it('refuses one that a patch points at our Deployment', () => {
    const { app, own } = appWith(KEDA);
    const scaler = scaledObject(own, { name: 'other' });
    expect(() => app.synthYaml()).not.toThrow();
    scaler.addJsonPatch(JsonPatch.replace('/spec/scaleTargetRef/name', 'vllm'));
    expect(() => app.synthYaml()).toThrow(both('ScaledObject', 'own/Scaler'));
  });
});

describe('a fixed number next to a scaler', () => {
  it.each<[what: string, add: (own: Chart) => unknown, scaler: string]>([
    ['a ScaledObject', (own) => scaledObject(own), 'ScaledObject own/Scaler'],
    ['an autoscaler', (own) => autoscaler(own), 'HorizontalPodAutoscaler own/Autoscaler'],
  ])('refuses Scaling.fixed and %s, and names both', (_, add, scaler) => {
    const { app, own } = appWith(Scaling.fixed(2));
    add(own);
    expect(() => app.synthYaml()).toThrow(
      `Deployment llm/Stack-vllm/Deployment sets replicas: 2, and ${scaler} scales it: each apply would reset the replicas; remove replicas (Scaling.keda does this), or remove the scaler`,
    );
  });

  it('refuses replicas that a patch adds, after a first synth too', () => {
    const { app, stack } = appWith(KEDA);
    expect(() => app.synthYaml()).not.toThrow();
    stack.workload.addJsonPatch(JsonPatch.add('/spec/replicas', 3));
    expect(() => app.synthYaml()).toThrow(
      'Deployment llm/Stack-vllm/Deployment sets replicas: 3, and ScaledObject llm/Stack-vllm/ScaledObject scales it',
    );
  });

  it('may be removed by a patch', () => {
    const { app, stack, own } = appWith(Scaling.fixed(2));
    scaledObject(own);
    stack.workload.addJsonPatch(JsonPatch.remove('/spec/replicas'));
    expect(() => app.synthYaml()).not.toThrow();
  });
});
