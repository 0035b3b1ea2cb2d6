import { PATHS, RESOURCES } from '../../defaults';
import { hasQuirk } from '../../engine/catalogue/quirks';
import { usesModelScope } from '../../engine/environment';
import { knownShape } from '../../model/known-models';
import { formatsOf } from '../../model/weight-formats';
import type { FolderNeed, HostPart } from '../../timing/host-needs';
import { MIB_PER_GIB } from '../../units/mebibytes';
import { folder } from './folder';
import type { HostContext } from './host-context';

/** Whether the weights come from ModelScope instead of the Hub. */
const fromModelScope = ({ environment }: HostContext): boolean =>
  usesModelScope({ VLLM_USE_MODELSCOPE: environment.get('VLLM_USE_MODELSCOPE') ?? '' });

/** Whether an id is a repository, and no folder of the container. */
const isRepository = (id: string): boolean => /^[\w.-]+\/[\w.-]+$/.test(id) && !id.startsWith('.');

/**
 * Weights of other formats that are downloaded too. ModelScope downloads whole repositories. From the Hub vLLM leaves
 * `original/` out, since 0.12 it prefers Mistral's own format, and since 0.14 it downloads the files of the index only
 * (vllm/model_executor/model_loader/weight_utils.py, default_loader.py).
 */
function otherFormats(context: HostContext): HostPart[] {
  const { model, weights, facts, release } = context;
  const formats = formatsOf(model.id);
  if (formats === undefined || weights.size === undefined) return [];
  const format = facts.loadFormat.value ?? 'auto';
  const downloadsOne =
    hasQuirk(release, 'indexed-download') || (format === 'auto' && hasQuirk(release, 'mistral-format'));
  const isTwice = fromModelScope(context) || (formats.isBeside && !downloadsOne && format !== 'mistral');
  if (!isTwice) return [];
  const mib = weights.size.value * (formats.count - 1);
  return [{ what: `the same weights in ${formats.others}`, mib, atStart: 0 }];
}

/** The id of a draft model that is downloaded. */
export function draftOf({ facts, model }: Pick<HostContext, 'facts' | 'model'>): string | undefined {
  const id: unknown = facts.speculativeConfig.value?.['model'] ?? facts.specModel.value;
  return typeof id === 'string' && id !== model.id && isRepository(id) ? id : undefined;
}

/** Whether the size of the draft model is known. */
export const isKnownDraft = (id: string): boolean => knownShape(id) !== undefined;

function draft(context: HostContext): HostPart[] {
  const id = draftOf(context);
  const shape = id === undefined ? undefined : knownShape(id);
  if (shape === undefined) return [];
  return [{ what: `draft model ${id}`, mib: shape.weightsGib * MIB_PER_GIB, atStart: 0 }];
}

/** Where the path of a LoRA module is: `name=path`, or JSON. */
function adapterPath(module: string): string | undefined {
  if (!module.trimStart().startsWith('{')) return /^[^=]*=(.*)$/.exec(module)?.[1];
  try {
    const path = (JSON.parse(module) as { path?: unknown }).path;
    return typeof path === 'string' ? path : undefined;
  } catch {
    return undefined; // Invalid JSON is a finding of the argument check.
  }
}

/** Adapters that are downloaded (vllm/lora/utils.py, get_adapter_absolute_path). */
function adapters({ facts }: HostContext): HostPart[] {
  const count = (facts.loraModules.value ?? []).filter((module) => isRepository(adapterPath(module) ?? '')).length;
  if (count === 0) return [];
  return [{ what: count === 1 ? '1 adapter' : `${count} adapters`, mib: count * RESOURCES.adapter, atStart: 0 }];
}

/** What is downloaded beside the weights that are loaded. */
export function downloads(context: HostContext): { readonly parts: HostPart[]; readonly isOpen: boolean } {
  const id = draftOf(context);
  return {
    parts: [...otherFormats(context), ...draft(context), ...adapters(context)],
    isOpen: id !== undefined && !isKnownDraft(id),
  };
}

/** Variables that move the download, in the order in which they win (huggingface_hub/constants.py). */
const HUB_FOLDERS = ['HF_HUB_CACHE', 'HUGGINGFACE_HUB_CACHE'];

/** The folder of the download, where it is another than that of the weights. */
export function downloadFolder(context: HostContext): FolderNeed | undefined {
  const { environment } = context;
  const names = fromModelScope(context) ? ['MODELSCOPE_CACHE'] : HUB_FOLDERS;
  for (const name of names) {
    const path = environment.get(name);
    if (!path) continue;
    const found = folder(context, path, { mib: undefined, what: 'the download', origin: `env.${name}` });
    return found.mount === PATHS.models ? undefined : found;
  }
  return undefined;
}
