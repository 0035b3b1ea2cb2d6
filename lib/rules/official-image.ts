import { VLLM_REPOSITORY } from '../defaults/images';

const OFFICIAL = [`${VLLM_REPOSITORY}:`, `docker.io/${VLLM_REPOSITORY}:`];

/** Whether an image is vLLM's own, of which it is known what is inside. */
export const isOfficial = (image: string): boolean => OFFICIAL.some((repository) => image.startsWith(repository));
