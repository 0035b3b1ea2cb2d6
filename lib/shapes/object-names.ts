import { DNS_LABEL, DNS_SUBDOMAIN } from './kubernetes-names';
import { matching } from './shape';

/** Rule for the first and the last character of every name. */
export const ENDS = 'beginning and ending with a letter or digit';

export const objectName = matching(
  DNS_SUBDOMAIN,
  `the name of an object: lower-case letters, digits, "-" and ".", ${ENDS}`,
);
export const namespace = matching(DNS_LABEL, `a namespace: at most 63 lower-case letters, digits and "-", ${ENDS}`);
