import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import { adaptersOf, draftModelOf } from './paths/named-path';
import { isHubId } from './paths/path-form';

/** What may be named by its id on the Hub, with an example of its folder. */
interface Named {
  readonly subject: string;
  readonly name: string | undefined;
  readonly folder: string;
  /** What it is, where the subject has several: `the adapter `. */
  readonly what?: string;
}

function namedIn({ facts }: CrossCheckContext): Named[] {
  const { tokenizer, hfConfigPath, generationConfig } = facts;
  const draft = draftModelOf(facts);
  return [
    { subject: tokenizer.origin, name: tokenizer.value, folder: 'tokenizer' },
    ...(draft === undefined ? [] : [{ subject: draft.origin, name: draft.path, folder: 'draft' }]),
    { subject: hfConfigPath.origin, name: hfConfigPath.value, folder: 'config' },
    { subject: generationConfig.origin, name: generationConfig.value, folder: 'generation' },
    ...adaptersOf(facts).map(({ origin, path }) => ({
      subject: origin,
      name: path,
      folder: 'adapter',
      what: 'the adapter ',
    })),
  ];
}

/** Without the Hub, what belongs to a model must be a folder of the pod, as the model is. */
export const filesWithoutHub: CrossCheck = (context) => {
  const { offline, environment } = context;
  if (!offline) return [];
  const because = 'but the weights come from a volume and the pod never contacts the Hub';
  const found = namedIn(context).flatMap(({ subject, name, folder, what = '' }): Finding[] => {
    if (name === undefined || !isHubId(name) || ['auto', 'vllm'].includes(name)) return [];
    const problem = `names ${what}"${name}" on the Hugging Face Hub, ${because}`;
    return [error('hub-is-not-asked', subject, problem, `give its folder, for example "/models/${folder}"`)];
  });
  const repositories = environment.get('VLLM_LORA_RESOLVER_HF_REPO_LIST');
  if (!repositories) return found;
  const problem = `is "${repositories}", from which adapters are downloaded, ${because}`;
  const fix = 'set VLLM_LORA_RESOLVER_CACHE_DIR to a folder with the adapters, and remove it';
  return [...found, error('hub-is-not-asked', 'env.VLLM_LORA_RESOLVER_HF_REPO_LIST', problem, fix)];
};

/** The kubelet has no client certificate, so a server that requires one never becomes ready. */
export const clientCertificates: CrossCheck = ({ facts }) => {
  const { value, origin } = facts.sslCertReqs;
  if (value !== 2) return [];
  const problem = 'requires a certificate from every client, and the kubelet has none: the pod never becomes ready';
  return [error('client-certificates', origin, problem, 'use 0 or 1, or check client certificates in the gateway')];
};
