import { holds } from '../engine/catalogue/span';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { CrossCheck } from './cross-check';

/** Backends that exchange the tokens of experts while another microbatch computes (vllm/config/vllm.py, __post_init__). */
const OVERLAPPING: readonly string[] = ['deepep_low_latency', 'deepep_high_throughput', 'nixl_ep'];

/** Two or more microbatches overlap computing and communication: `--enable-dbo`, or `--ubatch-size` above 1. */
export const microbatches: CrossCheck = ({ facts, environment, release }) => {
  const { enableDbo, ubatchSize, all2allBackend, dboDecodeTokenThreshold, dboPrefillTokenThreshold } = facts;
  const isDual = enableDbo.value === true;
  const count = isDual ? 2 : (ubatchSize.value ?? 0);
  if (count < 2 || !holds('0.25..', release)) return [];
  const findings: Finding[] = [];
  const { origin } = isDual ? enableDbo : ubatchSize;
  const backend = all2allBackend.value ?? 'allgather_reducescatter';
  // Older releases take the backend from a variable.
  const isFromVariable = !all2allBackend.isSet && environment.has('VLLM_ALL2ALL_BACKEND');
  if (!OVERLAPPING.includes(backend) && !isFromVariable) {
    const problem = `needs a backend that overlaps with computing, and the all-to-all backend is ${backend}: vLLM refuses to start`;
    const fix = `set engine.all2allBackend to one of ${OVERLAPPING.join(', ')}, or remove it`;
    findings.push(error('microbatches-without-backend', origin, problem, fix));
  }
  if (!holds('0.32..', release)) return findings;
  for (const { value, origin: subject } of [dboDecodeTokenThreshold, dboPrefillTokenThreshold]) {
    if (value === undefined || value >= count) continue;
    const problem = `is ${value}, fewer tokens than the ${count} microbatches: vLLM refuses to start`;
    findings.push(error('microbatch-threshold', subject, problem, `set it to ${count} or more, or remove it`));
  }
  return findings;
};
