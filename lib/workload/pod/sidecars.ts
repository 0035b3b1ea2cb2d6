import type { StackPlan } from '../../plan/stack-plan';
import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { ENGINE_CONTAINER } from './pod-template-overrides';
import { quantityValue } from './quantity-value';
import type { Tree } from './tree';
import { list, tree } from './tree';

interface Sidecar {
  readonly container: Tree;
  readonly subject: string;
}

/** Containers that overrides add to the pod. */
function sidecars(overrides: Tree): Sidecar[] {
  const spec = tree(overrides['spec']);
  return ['containers', 'initContainers'].flatMap((kind) =>
    list(spec[kind]).flatMap((container, index) =>
      container['name'] === ENGINE_CONTAINER && kind === 'containers'
        ? []
        : [{ container, subject: `podTemplateOverrides.spec.${kind}[${index}]` }],
    ),
  );
}

/** An image without its tag, its digest and the registry of Docker Hub. A slash follows the port of a registry. */
const repository = (image: string): string =>
  image
    .replace(/@.*$/, '')
    .replace(/:[^:/]*$/, '')
    .replace(/^(index\.)?docker\.io\//, '');

function seesAllGpus({ container, subject }: Sidecar, plan: StackPlan): Finding[] {
  const { image, env } = container;
  if (typeof image !== 'string' || repository(image) !== repository(plan.image)) return [];
  const { limits, claims } = tree(container['resources']);
  const requested = Object.keys(tree(limits)).some((name) => name.startsWith('nvidia.com/')) || list(claims).length > 0;
  if (requested || list(env).some(({ name }) => name === 'NVIDIA_VISIBLE_DEVICES')) return [];
  const problem = `runs ${image}, whose NVIDIA_VISIBLE_DEVICES is "all": it requests no GPU and may see every GPU of the node`;
  const fix = 'add env: [{ name: "NVIDIA_VISIBLE_DEVICES", value: "void" }]';
  return [warning('sidecar-sees-gpus', subject, problem, fix)];
}

/** A device of its own, besides those of the engine. The claim of the engine would be shared instead. */
function takesGpu({ container, subject }: Sidecar, { device: { resourceName } }: StackPlan): Finding[] {
  const { limits, requests } = tree(container['resources']);
  const count = quantityValue(tree(limits)[resourceName] ?? tree(requests)[resourceName]) ?? 0;
  if (count <= 0) return [];
  const problem = `requests ${count} ${resourceName} of its own: each replica takes as many more`;
  return [warning('sidecar-takes-gpu', subject, problem, 'remove it, unless the container computes on a GPU itself')];
}

/** Whether request and limit of a resource are equal. An unset request equals the limit. */
function isFixed(container: Tree, resource: string): boolean {
  const { requests, limits } = tree(container['resources']);
  const limit = quantityValue(tree(limits)[resource]);
  const request = tree(requests)[resource];
  return limit !== undefined && limit > 0 && (request === undefined || quantityValue(request) === limit);
}

function breaksGuarantee({ container, subject }: Sidecar): Finding[] {
  const open = ['cpu', 'memory'].filter((resource) => !isFixed(container, resource));
  if (open.length === 0) return [];
  const problem = `has no equal request and limit of ${open.join(' and ')}, but resources.guaranteed needs them in all containers`;
  const fix = 'set equal requests and limits of cpu and memory';
  return [error('guaranteed-sidecar', `${subject}.resources`, problem, fix)];
}

/** Containers from overrides that would take resources from the engine. */
export function sidecarFindings(overrides: Tree, plan: StackPlan): Finding[] {
  const nvidia = plan.device.resourceName.startsWith('nvidia.com/');
  return sidecars(overrides).flatMap((each) => [
    ...(nvidia ? seesAllGpus(each, plan) : []),
    ...takesGpu(each, plan),
    ...(plan.resources.guaranteed ? breaksGuarantee(each) : []),
  ]);
}
