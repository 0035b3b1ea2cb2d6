import { atLeast } from '../engine/release';
import { isInObjectStorage } from '../model/model-id';
import { error } from '../preflight/finding';
import type { CrossCheck } from './cross-check';

/** The load formats that read object storage (vllm/config/vllm.py); `auto` becomes the first one there. */
const READERS = ['runai_streamer', 'runai_streamer_sharded', 'modelexpress', 'auto'];

/** Weights in object storage need a loader that reads it. */
export const objectStorage: CrossCheck = ({ facts: { loadFormat }, modelId, release }) => {
  const { value, origin } = loadFormat;
  const isRead = value === undefined || READERS.includes(value.toLowerCase());
  if (isRead || !isInObjectStorage(modelId) || !atLeast(release, '0.11')) return [];
  const problem = `is ${value}, but the model is ${modelId}, which only ${READERS[0]} reads`;
  return [error('load-format-of-object-storage', origin, problem, `remove it, or set it to ${READERS[0]}`)];
};
