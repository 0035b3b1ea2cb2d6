import type { Toleration } from '../../accelerator/toleration';
import { TaintEffect } from '../../accelerator/toleration';
import { DNS_SUBDOMAIN, LABEL_VALUE, QUALIFIED_KEY } from '../../shapes/kubernetes-names';
import { listOf, matching, oneOf } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';

export const OBJECT_NAME = matching(DNS_SUBDOMAIN, 'the name of an object: lower-case letters, digits, "-" and "."');
export const LABEL_KEY = matching(QUALIFIED_KEY, 'a key such as "team" or "example.com/team"');
export const VALUE = matching(LABEL_VALUE, 'a label value: at most 63 letters, digits, "-", "_" and "."');

export const TOLERATIONS = listOf(
  structOf<Toleration>({ key: LABEL_KEY }, { value: VALUE, effect: oneOf(...Object.values(TaintEffect)) }),
);
