import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { AcceleratorPlan } from '../accelerator/accelerator-plan';
import type { AppFinding } from '../emit/app-findings';
import { appFindings } from '../emit/app-findings';
import { manifestOf } from '../emit/manifest-of';
import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import { isBranded } from '../shapes/brand';
import { platformOffer } from './offers';
import type { PodToleration, RequiredLabels } from './place-beside';
import { cloudFindings, discoveryFindings, isElsewhere, taintFindings } from './place-beside';
import type { PlatformPlan } from './platform-plan';
import type { GpuProgram, RunsBeside } from './program-beside';
import {
  chartOf,
  makesNoPolicy,
  OPERATOR_CHART,
  PROGRAMS,
  programOfChart,
  programsOf,
  programsOfPlatform,
  programsOfPolicy,
} from './program-beside';
import { besideFindings } from './stack-beside';

interface Platform extends IConstruct {
  readonly _plan: PlatformPlan;
}

/** What the check reads of a stack. */
interface Stack extends IConstruct {
  readonly workload: ApiObject;
  readonly _parts: {
    readonly plan: {
      readonly nodeLabels: RequiredLabels;
      readonly basis: { readonly accelerator: AcceleratorPlan };
    };
  };
}

interface PodManifest {
  readonly spec?: { readonly template?: { readonly spec?: { readonly tolerations?: readonly PodToleration[] } } };
}

/** What a stack needs of its nodes, and the platform of the app does not give. */
function ofStack({ workload, _parts: { plan: stack } }: Stack, plan: PlatformPlan): Finding[] {
  const { nodeLabels, basis } = stack;
  const cloud = cloudFindings(nodeLabels, plan);
  // These pods run elsewhere, perhaps in another cluster.
  if (cloud.length > 0 || isElsewhere(nodeLabels, plan)) return cloud;
  const found = besideFindings(basis.accelerator, platformOffer(plan), Object.keys(nodeLabels).length > 0);
  const tolerations =
    plan.tolerations.length === 0 ? [] : (manifestOf<PodManifest>(workload).spec?.template?.spec?.tolerations ?? []);
  return [...found, ...discoveryFindings(nodeLabels, plan), ...taintFindings(tolerations, plan)];
}

/** Whether two programs cannot be on one node, though they differ. */
const exclude = (one: GpuProgram, other: GpuProgram): boolean =>
  [one, other].includes('deviceplugin') && [one, other].includes('draDriver');

function clashes(subject: string, runs: RunsBeside, plan: PlatformPlan): Finding[] {
  const own = programsOfPlatform(plan);
  const twice = runs.programs.filter((each) => own.includes(each) && each !== 'draDriver');
  if (twice.length > 0) {
    const named = twice.map((each) => PROGRAMS[each]).join(' and ');
    const whose = plan.mode === 'managed' && twice.includes('deviceplugin') ? 'the provider' : 'the GPU platform';
    const problem = `runs ${named}, as ${whose} does: two of them on a node offer each GPU twice, or double every series`;
    return [(runs.selects ? warning : error)('second-gpu-program', subject, problem, 'remove it')];
  }
  const other = runs.programs.find((each) => own.some((mine) => exclude(each, mine)));
  if (other === undefined) return [];
  const mine = own.find((each) => exclude(each, other)) as GpuProgram;
  const problem = `runs ${PROGRAMS[other]}, and the GPU platform needs ${PROGRAMS[mine]}: on one node, both would give away the same GPU`;
  const fix = 'remove it, or let it run on other nodes and acknowledge this finding in the platform';
  return [warning('second-gpu-program', subject, problem, fix)];
}

/** A ClusterPolicy, or a chart of the operator that makes one. */
function ofOperator(subject: string, values: Readonly<Record<string, unknown>>, isPolicy: boolean, plan: PlatformPlan) {
  if (plan.mode === 'gpuOperator') {
    const problem = isPolicy
      ? 'is a second ClusterPolicy beside that of the GPU platform: the operator ignores one of them'
      : 'makes a ClusterPolicy beside that of the GPU platform: the operator ignores one of them';
    const fix = isPolicy ? 'remove it' : 'set clusterPolicy.deployCR: false in its values';
    return [(isPolicy ? error : warning)('second-gpu-program', subject, problem, fix)];
  }
  const twice = programsOfPolicy(values).filter((each) => programsOfPlatform(plan).includes(each));
  if (twice.length === 0) return [];
  const named = twice.map((each) => PROGRAMS[each]).join(' and ');
  const problem = `lets the GPU Operator run ${named}, as the GPU platform does in its own mode`;
  const fix = 'use GpuPlatformMode.gpuOperator, or remove it';
  return [(isPolicy ? error : warning)('second-gpu-program', subject, problem, fix)];
}

/** An object of the user that runs what the platform runs. */
function ofObject(object: ApiObject, plan: PlatformPlan): Finding[] {
  const { kind, apiGroup, node } = object;
  const subject = `${kind} ${node.path}`;
  if (kind === 'ClusterPolicy' && apiGroup === 'nvidia.com') {
    const { spec = {} } = manifestOf<{ readonly spec?: Readonly<Record<string, unknown>> }>(object);
    return ofOperator(subject, spec, true, plan);
  }
  if (apiGroup === 'apps') return clashes(subject, programsOf(manifestOf(object)), plan);
  const release = chartOf(kind, kind === 'Application' || kind.startsWith('Helm') ? manifestOf(object) : {});
  if (release === undefined) return [];
  if (release.chart === OPERATOR_CHART) {
    return makesNoPolicy(release.values) ? [] : ofOperator(subject, release.values, false, plan);
  }
  const program = programOfChart(release.chart);
  return program === undefined ? [] : clashes(subject, { programs: [program], selects: true }, plan);
}

/** Stacks and objects that do not fit to the platform of their app. */
function beside(constructs: readonly IConstruct[]): AppFinding[] {
  const platforms = constructs.filter((each): each is Platform => isBranded(each, 'GpuPlatform'));
  const [platform] = platforms;
  // Two platforms are refused.
  if (platform === undefined || platforms.length > 1) return [];
  const { _plan: plan } = platform;
  const own = new Set<IConstruct>(platform.node.children);
  const ofStacks = new Set<IConstruct>();
  const found = constructs.flatMap((construct): AppFinding[] => {
    if (!isBranded(construct, 'VllmInferenceStack')) return [];
    construct.node.children.forEach((child) => ofStacks.add(child));
    return ofStack(construct as Stack, plan).map((finding) => ({ at: construct, finding }));
  });
  for (const construct of constructs) {
    if (!ApiObject.isApiObject(construct) || own.has(construct) || ofStacks.has(construct)) continue;
    found.push(...ofObject(construct, plan).map((finding) => ({ at: platform, finding })));
  }
  return found;
}

/** Checks what runs beside a platform in its app. */
export const checkBesidePlatform = appFindings(beside);
