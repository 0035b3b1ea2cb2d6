import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { DNS_SUBDOMAIN } from '../shapes/kubernetes-names';
import { findingsOf, integer, listOf, matching, shape } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { DeviceClaimOptions } from './device-claim-options';
import type { GpuModel } from './gpu-model';

/** Devices that a pod claims by their properties (Dynamic Resource Allocation). Pure data for the emit step. */
export interface DeviceClaim {
  readonly deviceClass: string;
  /** CEL expressions that each device meets. */
  readonly selectors: readonly string[];
}

/** Driver and domain of all devices of NVIDIA's driver, whole GPUs and slices (sigs.k8s.io/dra-driver-nvidia-gpu). */
const DRIVER = 'gpu.nvidia.com';
const SLICES = 'mig.nvidia.com';

/**
 * Memory differs a little from driver to driver. Models of one compute capability differ more, except A10 and A10G,
 * which are equal.
 */
const MEMORY_TOLERANCE = 0.03;

/** Longest CEL expression that the API accepts (k8s.io/api/resource/v1, CELSelectorExpressionMaxLength). */
const MAX_EXPRESSION = 10 * 1024;

/** Maximum number of devices in one claim (k8s.io/api/resource/v1, AllocationResultsMaxSize). */
const MAX_DEVICES = 32;

/** The API accepts 32 selectors; two select the model. */
const MAX_SELECTORS = 30;

const expression = shape<string>(
  `a CEL expression of at most ${MAX_EXPRESSION} bytes, for example "device.attributes['${DRIVER}'].driverVersion.isGreaterThan(semver('580.0.0'))"`,
  (value) => typeof value === 'string' && value.trim() !== '' && Buffer.byteLength(value) <= MAX_EXPRESSION,
);
const expressions = listOf(expression);

const OPTIONS = structOf<DeviceClaimOptions>(
  {},
  {
    count: integer(1, MAX_DEVICES),
    // The profiles depend on the model, so they are checked where the model is known.
    migProfile: shape<string>('a MIG profile', () => true),
    deviceClass: matching(DNS_SUBDOMAIN, 'the name of a DeviceClass, for example "gpu.nvidia.com"'),
    selectors: {
      allowed: `at most ${MAX_SELECTORS} CEL expressions`,
      check: (value, subject, findings) => {
        expressions.check(value, subject, findings);
        if (!Array.isArray(value) || value.length <= MAX_SELECTORS) return;
        findings.push(
          error('wrong-value', subject, `has ${value.length} items`, `give at most ${MAX_SELECTORS}, joined by &&`),
        );
      },
    },
  },
);

/** Findings about the options of a claim. */
export function claimFindings(options: DeviceClaimOptions): Finding[] {
  const findings = findingsOf(options, '', OPTIONS);
  if (findings.length > 0 || options.migProfile === undefined || (options.count ?? 1) === 1) return findings;
  const problem = `is ${options.count} with a MIG profile: slices cannot work together`;
  return [error('slices-together', 'count', problem, 'remove it, and scale with replicas')];
}

/**
 * Selects models of this compute capability; none where the capability is not known. Product names would be more
 * exact, but a model has several: H100 alone is "NVIDIA H100 80GB HBM3" or "NVIDIA H100 PCIe".
 */
function capabilitySelectors({ computeCapability }: GpuModel): string[] {
  if (computeCapability === undefined) return [];
  const version = `${computeCapability.toFixed(1)}.0`;
  return [`device.attributes['${DRIVER}'].cudaComputeCapability.compareTo(semver('${version}')) == 0`];
}

/** Selects models of this memory size. */
function memorySelector({ memoryMib }: GpuModel): string {
  const memory = `device.capacity['${DRIVER}'].memory.compareTo(quantity('`;
  const min = Math.floor(memoryMib * (1 - MEMORY_TOLERANCE));
  const max = Math.ceil(memoryMib * (1 + MEMORY_TOLERANCE));
  return `${memory}${min}Mi')) >= 0 && ${memory}${max}Mi')) <= 0`;
}

/** Decides what a pod claims. Expects options of the right shape. */
export function deviceClaim(model: GpuModel, options: DeviceClaimOptions): DeviceClaim {
  const { migProfile: profile, deviceClass, selectors = [] } = options;
  const byCapability = deviceClass === undefined ? capabilitySelectors(model) : [];
  if (profile !== undefined) {
    // A slice has the compute capability of its GPU; its profile sets its memory.
    const byProfile = `device.attributes['${DRIVER}'].profile == '${profile}'`;
    return { deviceClass: deviceClass ?? SLICES, selectors: [...byCapability, byProfile, ...selectors] };
  }
  const byMemory = deviceClass === undefined ? [memorySelector(model)] : [];
  return { deviceClass: deviceClass ?? DRIVER, selectors: [...byCapability, ...byMemory, ...selectors] };
}
