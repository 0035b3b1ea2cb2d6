import { isOfficialImage } from '../defaults/images';
import type { Span } from '../engine/catalogue/rows';
import { holds } from '../engine/catalogue/span';
import type { JsonObject } from '../shapes/json-object';
import { isJsonObject } from '../shapes/json-object';
import type { Release } from '../engine/release';
import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import { choicesFor, didYouMean, nearest } from '../preflight/nearest';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import { hasIndex } from './model-kinds';
import { isGiven } from './setting';

/** Releases whose list of connectors is known (vllm/distributed/kv_transfer/kv_connector/factory.py). */
const LISTED: Span = '0.32..';

const CONNECTORS: readonly string[] = [
  'DecodeBenchConnector',
  'ExampleConnector',
  'ExampleHiddenStatesConnector',
  'FlexKVConnectorV1',
  'HF3FSKVConnector',
  'HiSparseConnector',
  'LMCacheConnectorV1',
  'LMCacheMPConnector',
  'MoRIIOConnector',
  'MooncakeConnector',
  'MooncakeStoreConnector',
  'MultiConnector',
  'NixlConnector',
  'NixlPullConnector',
  'NixlPushConnector',
  'OffloadingConnector',
  'SimpleCPUOffloadConnector',
];

/** What to use for connectors that older releases had. */
const REPLACED: Readonly<Record<string, string>> = {
  LMCacheConnector: 'LMCacheConnectorV1',
  P2pNcclConnector: 'NixlConnector',
  PyNcclConnector: 'NixlConnector',
  SharedStorageConnector: 'ExampleConnector',
};

const ROLES = 'kv_producer, kv_consumer or kv_both';

/** What reads a connector, and where it is set. */
interface Reader {
  readonly release: Release;
  readonly image: string;
  readonly origin: string;
}

/** A name that vLLM does not have. An image of one's own may have a plugin that adds it. */
function unknownName(id: 'kv-connector-unknown' | 'ec-connector-unknown', what: string, fix: string, reader: Reader) {
  const { release, image, origin } = reader;
  const problem = `${what}, which vLLM ${release.text} does not have`;
  if (isOfficialImage(image)) return error(id, origin, problem, fix);
  return warning(id, origin, `${problem}: a plugin of ${image} must add it`, `${fix}, or acknowledge this finding`);
}

const isMisspelt = (config: JsonObject): boolean =>
  nearest(
    'kv_connector',
    Object.keys(config).filter((key) => key !== 'kv_connector'),
  ) !== undefined;

/** What is wrong with one connector; `where` names it inside of a list of several. */
function connectorFindings(config: JsonObject, where: string, reader: Reader): Finding[] {
  const { release, origin } = reader;
  const { kv_connector: name, kv_role: role, kv_connector_module_path: module } = config;
  if (!isGiven(name)) {
    // A misspelt key is a finding of the argument check.
    if (!holds(LISTED, release) || isMisspelt(config)) return [];
    const problem = `${where}has no kv_connector: vLLM refuses to start`;
    return [error('kv-connector-missing', origin, problem, 'set it, for example to "NixlConnector"')];
  }
  if (typeof name !== 'string') return []; // The check of values has a finding for it.
  const findings: Finding[] = [];
  if (!isGiven(role)) {
    const problem = `${where}names the connector "${name}" without kv_role`;
    findings.push(error('kv-role-missing', origin, problem, `add kv_role: ${ROLES}`));
  }
  if (module === '') {
    const problem = `${where}has an empty kv_connector_module_path: vLLM refuses to start`;
    findings.push(
      error('kv-connector-unknown', origin, problem, 'remove it, or name the Python module of the connector'),
    );
  }
  // A module of the user's own may have any class.
  if (isGiven(module) || CONNECTORS.includes(name) || !holds(LISTED, release)) return findings;
  const instead = REPLACED[name];
  const fix = instead === undefined ? `use one of ${choicesFor(name, CONNECTORS)}` : `use ${instead}`;
  const what = `${where}names the connector "${name}"${instead === undefined ? didYouMean(name, CONNECTORS) : ''}`;
  findings.push(unknownName('kv-connector-unknown', what, `${fix}, or set kv_connector_module_path`, reader));
  return findings;
}

/** The connectors behind a MultiConnector. */
function children(extra: unknown): unknown {
  return isJsonObject(extra) ? extra['connectors'] : undefined;
}

/** What moves the KV cache between engines, hosts and disks. */
export const kvTransfer: CrossCheck = ({ facts, release, image }) => {
  const { value: config, origin, isSet } = facts.kvTransferConfig;
  const reader = { release, image, origin };
  // With a size for offloading, vLLM sets the connector itself (vllm/config/vllm.py, _post_init_kv_transfer_config).
  if (!isSet || config === undefined || facts.kvOffloadingSize.isSet) return [];
  // Only the hybrid cache manager asks for the connector, unless it is set or turned off.
  if (!isGiven(config['kv_connector']) && facts.disableHybridKvCacheManager.isSet) return [];
  const findings = connectorFindings(config, '', reader);
  if (config['kv_connector'] !== 'MultiConnector' || isGiven(config['kv_connector_module_path'])) return findings;
  const several = children(config['kv_connector_extra_config']);
  if (!Array.isArray(several)) {
    const problem = 'names MultiConnector without the connectors behind it';
    const fix = 'list them in kv_connector_extra_config: {"connectors": [{"kv_connector": …, "kv_role": …}]}';
    return [...findings, error('kv-connector-missing', origin, problem, fix)];
  }
  const each = several.flatMap((child: unknown, index) =>
    isJsonObject(child) ? connectorFindings(child, `connectors[${index}] `, reader) : [],
  );
  return [...findings, ...each];
};

/** All connectors of a command line, those behind a MultiConnector included. */
function connectorNames({ facts }: Pick<CrossCheckContext, 'facts'>): readonly unknown[] {
  const config = facts.kvTransferConfig.value ?? {};
  const several = children(config['kv_connector_extra_config']);
  const behind = Array.isArray(several) ? several.filter(isJsonObject).map(({ kv_connector: name }) => name) : [];
  return [config['kv_connector'], ...behind];
}

/** Connectors that register the memory of the KV cache once cannot follow an allocator that moves it. */
export const pinnedCache: CrossCheck = ({ facts, environment, release }) => {
  const variable = 'PYTORCH_CUDA_ALLOC_CONF';
  const moves = environment.get(variable)?.includes('expandable_segments:True') === true;
  const { enableSleepMode, enableCumemAllocator } = facts;
  const isSafe = enableSleepMode.value === true || enableCumemAllocator.value === true;
  const [name] = connectorNames({ facts });
  if (!moves || isSafe || !isGiven(name) || !holds('0.32..', release)) return [];
  const problem = `has expandable_segments:True, which moves memory that the connector ${String(name)} has registered: vLLM refuses to start`;
  return [
    error('kv-connector-and-allocator', `env.${variable}`, problem, 'remove it, or set --enable-cumem-allocator'),
  ];
};

/** A backend for offloading that is not used. */
export const offloadingSize: CrossCheck = ({ facts: { kvOffloadingBackend: backend, kvOffloadingSize: size } }) => {
  if (!backend.isSet || size.isSet) return [];
  const problem = `is ${backend.value ?? 'set'}, and nothing is offloaded without a size`;
  return [warning('kv-offloading-without-size', backend.origin, problem, 'set engine.kvOffloadingSize, or remove it')];
};

/** NIXL copies a cache that all ranks have whole, or each rank its part (vllm/config/vllm.py, __post_init__). */
export const nixlContext: CrossCheck = (context) => {
  const { facts, release, architecture } = context;
  // Heads of keys and values have a finding of their own.
  if (architecture?.kvHeads !== undefined) return [];
  const { tensor, prefillContext, decodeContext: decode } = facts.parallelism;
  const ranks = Math.max(tensor, prefillContext);
  const isUsed = connectorNames(context).includes('NixlConnector');
  if (!isUsed || decode === 1 || decode === ranks || !holds('0.32..', release)) return [];
  const problem = `is ${decode}, but NixlConnector needs 1 or all ${ranks} ranks: vLLM refuses to start`;
  const fix = `set it to ${ranks}, or remove it`;
  return [error('kv-connector-and-context', facts.decodeContextParallelSize.origin, problem, fix)];
};

/** HiSparse keeps most of a sparse cache in the memory of the host (vllm/config/vllm.py and kv_transfer.py). */
export const hiSparse: CrossCheck = (context) => {
  const { facts, release, architecture } = context;
  const hisparse = connectorNames(context).includes('HiSparseConnector');
  const isUsed = hisparse || isGiven(facts.attentionConfig.value?.['hisparse_config']);
  if (!isUsed || !holds('0.30..', release) || (architecture && !hasIndex(architecture))) return [];
  const subject = hisparse ? facts.kvTransferConfig.origin : facts.attentionConfig.origin;
  const mode = facts.compilationConfig.value?.['cudagraph_mode'];
  const reasons: readonly (string | false)[] = [
    facts.parallelism.pipeline > 1 && 'pipeline parallelism',
    facts.parallelism.decodeContext > 1 && 'decode context parallelism',
    typeof mode === 'string' && mode.toUpperCase() === 'FULL' && 'the mode FULL of CUDA graphs',
    facts.schedulerReserveFullIsl.value === false && '--no-scheduler-reserve-full-isl',
    facts.disableHybridKvCacheManager.value === true && '--disable-hybrid-kv-cache-manager',
  ];
  const reason = reasons.find((each) => each !== false);
  if (reason === undefined) return [];
  return [
    error('hisparse', subject, `has HiSparse, which vLLM refuses together with ${reason}`, 'remove one of the two'),
  ];
};

/** What moves the output of encoders from engines that only encode to engines that generate. */
export const encoderTransfer: CrossCheck = ({ facts, architecture, modelId, release, image }) => {
  const { value: config, origin } = facts.ecTransferConfig;
  if (config === undefined || !isGiven(config['ec_connector'])) return [];
  const { ec_role: role, ec_connector: name, ec_connector_module_path: module } = config;
  if (!isGiven(role)) {
    const problem = `names the connector "${String(name)}" without ec_role`;
    return [error('ec-role-missing', origin, problem, 'add ec_role: ec_producer, ec_consumer or ec_both')];
  }
  if (!holds('0.32..', release)) return [];
  if (role === 'ec_producer' && architecture !== undefined && architecture.isMultimodal !== true) {
    const problem = `only encodes images, audio or video, and ${modelId} reads none: vLLM refuses to start`;
    return [error('encoder-of-text-model', origin, problem, 'remove it, or serve a multimodal model')];
  }
  const known = ['ECExampleConnector', 'ECCPUConnector', 'ECMooncakeConnector'];
  if (typeof name !== 'string' || isGiven(module) || known.includes(name)) return [];
  const fix = `use one of ${known.join(', ')}, or set ec_connector_module_path`;
  return [unknownName('ec-connector-unknown', `names the connector "${name}"`, fix, { release, image, origin })];
};
