/**
 * Whether the id of a model is a path in an object store. The engine then streams the weights, and only configuration
 * files are downloaded (vllm/transformers_utils/runai_utils.py).
 */
export const isInObjectStore = (modelId: string): boolean => /^(s3|gs|az):\/\//i.test(modelId);
