import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';

type Tree = Readonly<Record<string, unknown>>;

const tree = (value: unknown): Tree => (typeof value === 'object' && value !== null ? (value as Tree) : {});

/** Name of the engine's container. */
export const ENGINE_CONTAINER = 'vllm';

/** Fields of the pod that the checks rely on, each with what to do instead. */
const POD_FIELDS: Readonly<Record<string, string>> = {
  terminationGracePeriodSeconds: 'say it as lifecycle.terminationGracePeriod',
  enableServiceLinks: 'leave it out: a Service in the namespace could change the engine through VLLM_* variables',
  automountServiceAccountToken: 'leave it out: the engine never talks to the Kubernetes API',
};

/** Fields of the engine's container that the checks rely on. */
const CONTAINER_FIELDS: Readonly<Record<string, string>> = {
  image: 'say it as vllmVersion',
  command: 'leave it out: the image starts vLLM as process 1, which SIGTERM must reach',
  args: 'say them in engine or extraArgs',
  env: 'say it in env or secretEnv',
  envFrom: 'say it in env or secretEnv',
  resources: 'say it as resources and accelerator',
  startupProbe: 'say it as lifecycle.startupBudget',
  lifecycle: 'say it as lifecycle.preStopDelay',
};

/** Overrides that would take something out of the sight of the checks. */
export function overrideFindings(overrides: Tree, selector: Readonly<Record<string, string>>): Finding[] {
  const findings: Finding[] = [];
  const refuse = (path: string, instead: string) =>
    findings.push(error('protected-override', `podTemplateOverrides.${path}`, 'cannot be overridden here', instead));
  for (const key of Object.keys(overrides)) {
    if (key === 'metadata' || key === 'spec') continue;
    const problem = 'is no part of a pod template, which has metadata and spec';
    findings.push(error('not-a-pod-template', `podTemplateOverrides.${key}`, problem, 'put it under spec'));
  }
  const spec = tree(overrides['spec']);
  for (const [field, instead] of Object.entries(POD_FIELDS)) if (field in spec) refuse(`spec.${field}`, instead);
  const containers = Array.isArray(spec['containers']) ? spec['containers'].map(tree) : [];
  containers.forEach((container, index) => {
    const path = `spec.containers[${index}]`;
    if (typeof container['name'] !== 'string') {
      const problem = 'has no name, so it is not clear which container is meant';
      findings.push(
        error('unnamed-container', `podTemplateOverrides.${path}`, problem, `add name: ${ENGINE_CONTAINER}`),
      );
    }
    if (container['name'] !== ENGINE_CONTAINER) {
      if (typeof container['image'] !== 'string') {
        const problem = `is called "${String(container['name'])}" and has no image: it is neither the engine nor a sidecar`;
        const fix = `call it ${ENGINE_CONTAINER} to change the engine, or give the sidecar an image`;
        findings.push(error('container-without-image', `podTemplateOverrides.${path}`, problem, fix));
      }
      return;
    }
    for (const [field, instead] of Object.entries(CONTAINER_FIELDS)) {
      if (field in container) refuse(`${path}.${field}`, instead);
    }
  });
  const labels = tree(tree(overrides['metadata'])['labels']);
  for (const key of Object.keys(selector))
    if (key in labels) refuse(`metadata.labels.${key}`, 'leave it out: it follows from name');
  return findings;
}
