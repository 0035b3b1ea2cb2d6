import type { Shape } from './shape';
import { shape, wrongValue } from './shape';

/** Of gateway.networking.k8s.io, Hostname: no port, no address, `*` only as the whole first part. */
export const HOSTNAME = /^(?=.{1,253}$)(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
export const ADDRESS = /^[0-9.]+$/;

export const hostname = shape<string>(
  'a hostname such as "llm.example.com" or "*.example.com": lower-case, without scheme, port and path',
  (value) => typeof value === 'string' && HOSTNAME.test(value) && !ADDRESS.test(value),
);

/** A list of hostnames, each once: an HTTPRoute has at most 16. */
export const hostnames: Shape<string[]> = {
  allowed: 'a list of 1 to 16 hostnames',
  check: (value, subject, findings) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > 16) {
      findings.push(wrongValue(subject, value, 'a list of 1 to 16 hostnames'));
      return;
    }
    for (let at = 0; at < value.length; at += 1) {
      hostname.check(value[at], `${subject}[${at}]`, findings);
      if (value.indexOf(value[at]) < at) {
        findings.push(wrongValue(`${subject}[${at}]`, value[at], 'each hostname once'));
      }
    }
  },
};
