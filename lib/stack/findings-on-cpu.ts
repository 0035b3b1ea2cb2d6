import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import type { StackPlan } from '../plan/stack-plan';
import type { WorkloadPlan } from '../workload/workload-plan';

/** Labels and taints of nodes with GPUs. */
const OF_GPU_NODES =
  /^(nvidia\.com\/|amd\.com\/gpu|gpu\.intel\.com\/|habana\.ai\/|cloud\.google\.com\/gke-(gpu|accelerator)|(karpenter\.k8s\.aws|eks\.amazonaws\.com)\/instance-gpu)/;

/** What the findings read. */
export interface OnCpuInput {
  readonly plan: StackPlan;
  readonly workload: WorkloadPlan;
  /** Price of a device. */
  readonly dollars: number | undefined;
  readonly gpuBudget: number | undefined;
}

/** What other parts of a stack on CPU must not have, or should know. */
export function findingsOnCpu(input: OnCpuInput): Finding[] {
  return [...gpuProperties(input), ...gpuNodes(input), ...architecture(input.plan), ...cores(input.plan)];
}

/** Properties that are about GPUs. */
function gpuProperties({ dollars, gpuBudget, workload }: OnCpuInput): Finding[] {
  const set: [subject: string, is: string | undefined][] = [
    ['price', dollars === undefined ? undefined : 'is the price of a GPU'],
    ['delivery', gpuBudget === undefined ? undefined : 'has gpuBudget, which counts GPUs'],
    [
      'runtimeClassName',
      /nvidia|amd|rocm|habana/i.test(workload.runtimeClassName ?? '')
        ? `is ${workload.runtimeClassName}, a runtime for containers with GPUs`
        : undefined,
    ],
  ];
  return set.flatMap(([subject, is]) =>
    is === undefined ? [] : [error('gpu-property-on-cpu', subject, `${is}, and the stack runs on CPU`, 'remove it')],
  );
}

/** Pods without a GPU would take the cores of those with one. */
function gpuNodes({ plan, workload }: OnCpuInput): Finding[] {
  const labels = Object.keys(plan.nodeLabels).filter((key) => OF_GPU_NODES.test(key));
  const taints = workload.tolerations.flatMap(({ key }, index) =>
    OF_GPU_NODES.test(key) ? [{ subject: `tolerations[${index}]`, what: `tolerates ${key}` }] : [],
  );
  const places = [...labels.map((key) => ({ subject: 'placement', what: `requires ${key}` })), ...taints];
  return places.map(({ subject, what }) => {
    const problem = `${what}, a mark of nodes with GPUs: the pods take the cores that pods with a GPU need`;
    return warning('cpu-pods-on-gpu-nodes', subject, problem, 'remove it, or acknowledge this finding');
  });
}

const ARCH = 'kubernetes.io/arch';

function architecture({ basis, nodeLabels }: StackPlan): Finding[] {
  const { architecture: set } = basis.accelerator;
  const [label = set, ...others] = nodeLabels[ARCH] ?? [];
  if (set === undefined || (label === set && others.length === 0)) return [];
  const problem = `requires ${ARCH} ${label}, but architecture in Accelerator.cpu is ${set}`;
  return [error('architecture-contradicts', 'placement', problem, 'keep one of them')];
}

/** Fewer cores than a start needs, and threads that the cores do not have. */
function cores({ basis, resources }: StackPlan): Finding[] {
  const { value: request } = resources.cpu;
  const { env } = basis.variables;
  const findings: Finding[] = [];
  if (request < 2) {
    const problem = `is ${request}: API server, engine core and the thread that computes share it, and the start may take longer than lifecycle.startupBudget`;
    findings.push(warning('few-cores', 'resources.cpu', problem, 'use 2 or more'));
  }
  const threads = Number(env['OMP_NUM_THREADS']);
  if (threads > request) {
    const problem = `is ${threads}, but the pod requests ${request} cores: the threads wait for each other`;
    findings.push(warning('threads-above-cores', 'env.OMP_NUM_THREADS', problem, 'remove it, and set resources.cpu'));
  }
  if (env['VLLM_CPU_OMP_THREADS_BIND'] === 'auto' && resources.threads !== undefined && !resources.guaranteed) {
    const problem = `is auto: vLLM binds a thread to each core of a NUMA node, although the pod requests ${request} cores, and two pods of a node share the same ones`;
    const fix = 'remove it, or set resources.guaranteed on nodes whose kubelet has the static CPU policy';
    findings.push(warning('threads-above-cores', 'env.VLLM_CPU_OMP_THREADS_BIND', problem, fix));
  }
  return findings;
}
