import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { CrossCheck } from './cross-check';

const isPath = (name: string): boolean => name.startsWith('/');

/** Without the Hub, a tokenizer or a draft model must be a folder of the pod. */
export const filesWithoutHub: CrossCheck = ({ flags, offline }) => {
  if (!offline) return [];
  const draft = flags.object('--speculative-config')?.['model'] ?? flags.text('--spec-model');
  const said: [subject: string, name: unknown][] = [
    [flags.origin('--tokenizer'), flags.text('--tokenizer')],
    [flags.origin(flags.has('--speculative-config') ? '--speculative-config' : '--spec-model'), draft],
  ];
  return said.flatMap(([subject, name]): Finding[] => {
    if (typeof name !== 'string' || isPath(name)) return [];
    const problem = `names "${name}" on the Hugging Face Hub, but the weights come from a volume and the Hub is never asked`;
    return [error('hub-is-not-asked', subject, problem, 'give its folder, for example "/models/tokenizer"')];
  });
};

/** The kubelet has no client certificate, so a server that asks for one never becomes ready. */
export const clientCertificates: CrossCheck = ({ flags }) => {
  if (flags.number('--ssl-cert-reqs') !== 2) return [];
  const problem = 'asks every client for a certificate, and the kubelet has none: the pod never becomes ready';
  return [error('client-certificates', flags.origin('--ssl-cert-reqs'), problem, 'use 0 or 1, or let the gateway ask')];
};
