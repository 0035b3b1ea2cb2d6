import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { CrossCheck } from './cross-check';

const isPath = (name: string): boolean => name.startsWith('/');

/** Without the Hub, a tokenizer or a draft model must be a folder of the pod. */
export const filesWithoutHub: CrossCheck = ({ facts, offline }) => {
  if (!offline) return [];
  const { tokenizer, speculativeConfig, specModel } = facts;
  const draft = speculativeConfig.value?.['model'] ?? specModel.value;
  const names: [subject: string, name: unknown][] = [
    [tokenizer.origin, tokenizer.value],
    [(speculativeConfig.isSet ? speculativeConfig : specModel).origin, draft],
  ];
  return names.flatMap(([subject, name]): Finding[] => {
    if (typeof name !== 'string' || isPath(name)) return [];
    const problem = `names "${name}" on the Hugging Face Hub, but the weights come from a volume and the pod never contacts the Hub`;
    return [error('hub-is-not-asked', subject, problem, 'give its folder, for example "/models/tokenizer"')];
  });
};

/** The kubelet has no client certificate, so a server that requires one never becomes ready. */
export const clientCertificates: CrossCheck = ({ facts }) => {
  const { value, origin } = facts.sslCertReqs;
  if (value !== 2) return [];
  const problem = 'requires a certificate from every client, and the kubelet has none: the pod never becomes ready';
  return [error('client-certificates', origin, problem, 'use 0 or 1, or check client certificates in the gateway')];
};
