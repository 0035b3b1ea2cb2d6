import { isIP } from 'node:net';
import { isString, listOf, matching, shape, wrongValue } from '../shapes/shape';
import { DNS_LABEL, DNS_SUBDOMAIN } from '../shapes/kubernetes-names';
import type { Shape } from '../shapes/shape';
import { atMost, unique } from '../shapes/unique-list';

export const objectName = matching(
  DNS_SUBDOMAIN,
  'the name of an object: lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit',
);
/** The name of a Service. Since the feature RelaxedServiceNameValidation of Kubernetes it may begin with a digit. */
export const serviceName = matching(
  DNS_LABEL,
  'the name of a Service: at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit',
);
/** A name that others are made of, such as those of Services, which have at most 63 characters and begin with a letter. */
export const shortName = matching(
  /^(?=.{1,40}$)[a-z]([-a-z0-9]*[a-z0-9])?$/,
  'a name: lower-case letters, digits and "-", beginning with a letter, at most 40 characters',
);
export const namespace = matching(
  DNS_LABEL,
  'a namespace: lower-case letters, digits and "-", beginning and ending with a letter or digit',
);

/** Of gateway.networking.k8s.io, Hostname: no port, no address, `*` only as the whole first part. */
const HOSTNAME = /^(?=.{1,253}$)(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const ADDRESS = /^[0-9.]+$/;

export const hostname = shape<string>(
  'a hostname such as "llm.example.com" or "*.example.com": lower-case, without scheme, port and path',
  (value) => typeof value === 'string' && HOSTNAME.test(value) && !ADDRESS.test(value),
);

/** Whether an address of a Gateway is one of IP. */
export const isIpAddress = (value: string): boolean => isIP(value) !== 0;

/** An address of a Gateway. The name of a reserved one (GKE) has the form of a hostname too. */
const address = shape<string>(
  'an IP address, or a hostname in lower case',
  (value) => typeof value === 'string' && (isIpAddress(value) || (HOSTNAME.test(value) && !ADDRESS.test(value))),
);

/** Addresses of a Gateway (GatewaySpec.addresses): at most 16, each once. */
export const addresses: Shape<string[]> = atMost(16, unique(listOf(address, 1)));

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

/** Name of a header as HTTP has it (RFC 9110, token). */
export const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}$/;

/** A value of a header, by the word that the property has for it. */
export const headerValueOf = (what: string): Shape<string> =>
  shape<string>(
    `${what}: text of 1 to 4096 characters, without control characters and spaces at its ends`,
    // eslint-disable-next-line no-control-regex -- control characters are what is refused.
    (value) => isString(value) && /^[^\u0000-\u001f\u007f]{1,4096}$/.test(value) && value.trim() === value,
  );

export const headerValue = headerValueOf('a header value');

/** A path prefix in front of the API's own paths. */
export const pathPrefix = matching(
  /^(?=.{1,512}$)(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._~-]+)+$/,
  'a path such as "/llama" or "/models/llama": letters, digits, "-", "_", "." and "~", without a "/" at its end, at most 512 characters',
);
