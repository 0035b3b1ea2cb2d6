import { isIP } from 'node:net';
import { ADDRESS, HOSTNAME } from '../shapes/hostnames';
import { isString, listOf, matching, shape } from '../shapes/shape';
import { DNS_LABEL } from '../shapes/kubernetes-names';
import type { Shape } from '../shapes/shape';
import { atMost, unique } from '../shapes/unique-list';

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

/** Whether an address of a Gateway is one of IP. */
export const isIpAddress = (value: string): boolean => isIP(value) !== 0;

/** An address of a Gateway. The name of a reserved one (GKE) has the form of a hostname too. */
const address = shape<string>(
  'an IP address, or a hostname in lower case',
  (value) => typeof value === 'string' && (isIpAddress(value) || (HOSTNAME.test(value) && !ADDRESS.test(value))),
);

/** Addresses of a Gateway (GatewaySpec.addresses): at most 16, each once. */
export const addresses: Shape<string[]> = atMost(16, unique(listOf(address, 1)));

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
