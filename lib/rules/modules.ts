import { isOfficialImage } from '../defaults/images';
import type { Finding } from '../preflight/finding';
import { warning } from '../preflight/finding';
import type { CrossCheck } from './cross-check';
import type { Setting } from './setting';
import { originOf, valueAt } from './setting';

/** Options that name a Python module, or an object in one. */
const MODULES: readonly Setting[] = [
  'middleware',
  'logitsProcessors',
  'schedulerCls',
  'workerCls',
  'workerExtensionCls',
  'kvTransferConfig.kv_connector_module_path',
  'ecTransferConfig.ec_connector_module_path',
];

/** Packages of vLLM's image that have such objects (requirements/common.txt, cuda.txt and kv_connectors.txt). */
const PACKAGES = [
  ...['vllm', 'torch', 'transformers', 'fastapi', 'starlette', 'uvicorn', 'prometheus_fastapi_instrumentator'],
  ...['lmcache', 'nixl', 'mooncake', 'opentelemetry', 'ray', 'model_hosting_container_standards'],
];

/** The package of a name such as `package.module.Class`; undefined for a word such as `auto`. */
const packageOf = (name: string): string | undefined => /^([\p{L}_][\p{L}\d_]*)[.:]/u.exec(name)?.[1];

/** Modules of the user: vLLM's image has none, and the engine finds those of a volume only by `PYTHONPATH`. */
export const modulesInImage: CrossCheck = (context) => {
  const { image, environment } = context;
  if (!isOfficialImage(image) || environment.has('PYTHONPATH')) return [];
  return MODULES.flatMap((setting): Finding[] => {
    const value = valueAt(context, setting);
    const names = Array.isArray(value) ? (value as readonly string[]) : [value];
    const name = names.find((each) => typeof each === 'string' && !PACKAGES.includes(packageOf(each) ?? 'vllm'));
    if (name === undefined) return [];
    const problem = `names "${String(name)}", and ${image} may not have the package "${packageOf(String(name))}": the engine exits at start`;
    const fix =
      'mount it with an ExtraVolume and set PYTHONPATH in env to its folder, or set an image of your own that has it; acknowledge this if the image has it';
    return [warning('module-not-in-image', originOf(context, setting), problem, fix)];
  });
};
