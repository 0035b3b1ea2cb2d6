import { MigStrategy } from '../../accelerator/mig-strategy';
import { MAX_SHARED_UTILIZATION } from '../../defaults';
import { PLAUSIBLE } from '../../defaults/plausible';
import type { Finding } from '../../preflight/finding';
import { error, notice, warning } from '../../preflight/finding';
import { implausible } from '../../shapes/plausible';
import type { PluginConfigPlan } from './config-plan';
import { sharesByMps } from './config-plan';
import { DeviceListStrategy } from './plugin-config';

/** Upstream's rules (NVIDIA/k8s-device-plugin cmd/nvidia-device-plugin/main.go, internal/plugin/mps.go). */
function mpsFindings(subject: string, config: PluginConfigPlan): Finding[] {
  const { migStrategy: strategy } = config;
  if (!sharesByMps(config)) return [];
  const findings = [
    notice(
      'mps-experimental',
      `${subject}.sharing`,
      'is MPS, which upstream calls experimental',
      'use time slicing or MIG unless you need MPS',
    ),
  ];
  if (strategy !== MigStrategy.NONE) {
    const problem = `is "${strategy}" together with MPS, which the plugin refuses: MPS shares whole GPUs only`;
    findings.push(error('mps-with-mig', `${subject}.migStrategy`, problem, 'use MigStrategy.NONE, or time slicing'));
  }
  return findings;
}

function sharingFindings(subject: string, config: PluginConfigPlan): Finding[] {
  const { sharing, migStrategy: strategy } = config;
  if (sharing === undefined) return [];
  const { method, resources, renameByDefault, failRequestsGreaterThanOne } = sharing;
  const at = `${subject}.sharing`;
  const findings: Finding[] = resources.flatMap(({ replicas }, index) => {
    const property = method === 'mps' ? 'replicas' : `resources[${index}].replicas`;
    return implausible(PLAUSIBLE['sharing.replicas'], `${at}.${property}`, replicas);
  });
  for (const { name } of resources.filter((each) => each.name.startsWith('nvidia.com/mig-'))) {
    if (strategy === MigStrategy.MIXED) continue;
    const problem = `shares ${name}, which the MIG strategy "${strategy}" does not offer`;
    findings.push(error('mig-resource-without-mixed', at, problem, 'use MigStrategy.MIXED, or share nvidia.com/gpu'));
  }
  if (!renameByDefault) {
    const problem =
      'offers shares under the plain name: a stack that requests a whole GPU or slice gets a share of one';
    const fix = 'remove renameByDefault, or acknowledge this if no stack in the cluster needs a whole one';
    findings.push(warning('shares-look-like-gpus', at, problem, fix));
  }
  if (!failRequestsGreaterThanOne) {
    const problem = 'lets a pod request several shares; they may be on one GPU and give no more than one share';
    findings.push(warning('several-shares', at, problem, 'remove failRequestsGreaterThanOne'));
  }
  if (method === 'timeSlicing') {
    const most = Math.max(...resources.map(({ replicas }) => replicas));
    const problem = `does not divide memory: ${most} engines on one GPU fit only with gpuMemoryUtilization below ${(MAX_SHARED_UTILIZATION / most).toFixed(2)} each`;
    const fix = 'use Accelerator.shared in the stacks, which checks it';
    findings.push(notice('time-slicing-memory', at, problem, fix));
  }
  return findings;
}

function strategyFindings(subject: string, config: PluginConfigPlan): Finding[] {
  const findings: Finding[] = [];
  const { migStrategy: strategy } = config;
  if (strategy === MigStrategy.SINGLE) {
    const problem = 'is "single", which offers slices as nvidia.com/gpu: a stack that requests a GPU may get a slice';
    const fix = 'use MigStrategy.MIXED with Accelerator.mig, or acknowledge this and select nodes by GPU product';
    findings.push(warning('mig-single', `${subject}.migStrategy`, problem, fix));
  }
  const { sharedDevicesAllocationPolicy: policy, sharing, deviceListStrategies } = config;
  if (policy !== undefined && sharing === undefined && strategy === MigStrategy.NONE) {
    const problem = `is "${policy}", but this configuration has neither shares nor slices to choose from`;
    const fix = 'remove it, or set sharing or a MIG strategy';
    findings.push(warning('allocation-policy-unused', `${subject}.sharedDevicesAllocationPolicy`, problem, fix));
  }
  if ((deviceListStrategies ?? [DeviceListStrategy.ENVVAR]).includes(DeviceListStrategy.ENVVAR)) {
    const problem =
      'is envvar: a container that requests no GPU sees all of them if its image sets NVIDIA_VISIBLE_DEVICES';
    const fix = 'use volume mounts or CDI, or set NVIDIA_VISIBLE_DEVICES=void in such containers';
    findings.push(notice('visible-devices', `${subject}.deviceListStrategies`, problem, fix));
  }
  return findings;
}

/** All findings about one configuration. */
export function configFindings(config: PluginConfigPlan): Finding[] {
  const { subject } = config;
  // An unset configuration has no findings: it is the upstream default.
  if (subject === undefined) return [];
  return [...mpsFindings(subject, config), ...sharingFindings(subject, config), ...strategyFindings(subject, config)];
}
