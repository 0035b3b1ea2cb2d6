import { Catalogue } from '../engine/catalogue/catalogue';
import type { ReferringText } from '../engine/check/references';
import { referenceFindings } from '../engine/check/references';
import { upgradeFindings } from '../engine/changes/upgrade-findings';
import { commandLineFindings } from '../engine/command-line/command-line-findings';
import { boundFindings } from '../engine/command-line/histogram-bounds';
import { ownedOnCpu } from '../engine/cpu-environment';
import { needsPlugin } from '../accelerator/vendor';
import { environmentFindings, setVariables } from '../engine/environment';
import { hostFindings } from '../memory/host-findings';
import { memoryFindings } from '../memory/memory-findings';
import { isFolder } from '../model/model-id';
import type { StackPlan } from '../plan/stack-plan';
import { portsFindings } from '../ports/load';
import { mayOpen } from '../ports/opened';
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
    ...variableFindings(plan, checked),
    ...(mayOpen(facts.flags) ? portsFindings()(plan.opened, { facts, release, catalogue, environment }) : []),
    ...weightsFindings(weights, model.id, plan.device.onCpu),
    ...memoryFindings({ model, accelerator, facts, release, weights, environment }, plan.memory, basis.unsafeMemoryFit),
    ...hostFindings({ model, accelerator, facts, release, weights, environment, mounts: basis.mounts }),
    ...timingFindings(plan.timing),
    ...resourceFindings(plan.resources),
    ...basis.placement,
    ...revisionFindings(plan),
  ];
}

/** What is wrong with the variables; a text with a finding of its own is not read for references too. */
function variableFindings(plan: StackPlan, checked: Catalogue | undefined): Finding[] {
  const { onCpu, resourceName } = plan.device;
  const own = environmentFindings(plan.basis.variables, checked, {
    owned: onCpu ? ownedOnCpu(plan.basis.variables) : new Map(),
    withPlugin: !onCpu && needsPlugin(resourceName),
  });
  const texts = referringTexts(plan).filter(({ origin }) => own.every(({ subject }) => subject !== origin));
  const names = plan.environment.map(({ name }) => name);
  return [...own, ...referenceFindings(texts, names)];
}

/** Where Kubernetes fills in variables: their values, and the arguments. */
function referringTexts({ basis: { variables, commandLine } }: StackPlan): ReferringText[] {
  return [
    ...Object.entries(variables.env).map(([name, text]) => ({ origin: `env.${name}`, text })),
    ...commandLine.args.map(({ origin, values }) => ({ origin, text: values.join(' ') })),
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
