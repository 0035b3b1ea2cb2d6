import { Catalogue } from '../engine/catalogue/catalogue';
import { upgradeFindings } from '../engine/changes/upgrade-findings';
import { commandLineFindings } from '../engine/command-line/command-line-findings';
import { boundFindings } from '../engine/command-line/histogram-bounds';
import { ownedOnCpu } from '../engine/cpu-environment';
import { environmentFindings, setVariables } from '../engine/environment';
import { hostFindings } from '../memory/host-findings';
import { memoryFindings } from '../memory/memory-findings';
import { isFolder } from '../model/model-id';
import type { StackPlan } from '../plan/stack-plan';
import type { Finding } from '../preflight/finding';
import { notice, warning } from '../preflight/finding';
import { crossCheck } from '../rules/cross-checks';
import { resourceFindings } from '../timing/resource-findings';
import { timingFindings } from '../timing/timing-findings';
import { weightsFindings } from '../timing/weights-plan';

/** Everything that is found about the engine of a stack, and about what one replica needs. */
export function servingFindings(plan: StackPlan): Finding[] {
  const { basis, release, versionIsChecked, weights } = plan;
  const { model, accelerator, commandLine, variables } = basis;
  const { facts } = commandLine;
  const { offline } = weights;
  const catalogue = Catalogue.of(release);
  const checked = versionIsChecked ? catalogue : undefined;
  const environment = setVariables(variables);
  return [
    ...versionFindings(plan),
    ...commandLineFindings(commandLine, { ...basis, offline, versionIsChecked, catalogue, image: plan.image }),
    ...(checked ? boundFindings(basis.bounds, facts, checked) : []),
    ...crossCheck({
      facts,
      release,
      versionIsChecked,
      modelId: model.id,
      offline,
      architecture: model.shape,
      accelerator,
      image: plan.image,
      environment,
      metricUsers: basis.metricUsers,
    }),
    ...environmentFindings(variables, checked, plan.device.onCpu ? ownedOnCpu(variables) : undefined),
    ...weightsFindings(weights, model.id, plan.device.onCpu),
    ...memoryFindings({ model, accelerator, facts, release, weights, environment }, plan.memory, basis.unsafeMemoryFit),
    ...hostFindings({ model, accelerator, facts, release, weights, environment, mounts: basis.mounts }),
    ...timingFindings(plan.timing),
    ...resourceFindings(plan.resources),
    ...basis.placement,
    ...revisionFindings(plan),
  ];
}

/** Findings about the version of vLLM. */
function versionFindings({ version, release, versionIsChecked, basis, flags, environment }: StackPlan): Finding[] {
  if (!versionIsChecked) {
    const problem = `is ${version}, which the library does not know: flags, variables and metrics are not checked`;
    return [warning('version-unchecked', 'vllmVersion', problem, 'use VllmVersion.of as soon as the library knows it')];
  }
  if (!basis.versionIsSet) return [];
  return upgradeFindings(release, basis.upgradingFrom, {
    // The library decides about this flag in every release, even if it is not on the command line.
    flags: [...flags, '--shutdown-timeout'],
    env: environment.map(({ name }) => name),
    metrics: basis.metrics,
  });
}

/** Findings for a model without a revision. */
function revisionFindings({ basis, weights }: StackPlan): Finding[] {
  if (basis.model.revision !== undefined || weights.offline || weights.isCached) return [];
  if (isFolder(basis.model.id)) return [];
  const problem = 'is unset: pods that start later may serve other weights';
  return [notice('revision-open', 'model.revision', problem, 'set it to a commit of the model repository')];
}
