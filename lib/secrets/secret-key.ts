import { throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { findingsOf, instance, matching } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import { DNS_SUBDOMAIN } from '../shapes/kubernetes-names';

/** A key of a Secret, as plain data. */
export interface SecretReference {
  readonly secretName: string;
  readonly key: string;
}

/** The plain data of a SecretKey. */
export const secretReference = ({ secretName, key }: SecretKey): SecretReference => ({ secretName, key });

const SHAPE = structOf<{ secretName: string; key: string }>(
  {
    secretName: matching(DNS_SUBDOMAIN, 'the name of a Secret: lower-case letters, digits, "-" and "."'),
    key: matching(/^[-._a-zA-Z0-9]{1,253}$/, 'a key of that Secret: letters, digits, "-", "_" and "."'),
  },
  {},
);

/**
 * One key of a Secret that exists in the stack's namespace.
 *
 * Secret values never enter the program: the emitted YAML refers to the Secret by name, and the kubelet reads it.
 */
export class SecretKey {
  /**
   * Refers to a key of a Secret.
   *
   * @param secretName name of the Secret, in the namespace of the stack
   * @param key key inside the Secret
   */
  public static of(secretName: string, key: string): SecretKey {
    throwOnErrors('SecretKey.of', findingsOf({ secretName, key }, '', SHAPE));
    return new SecretKey(FACTORY, secretName, key);
  }

  private constructor(
    caller: typeof FACTORY,
    /** Name of the Secret. */
    public readonly secretName: string,
    /** Key inside the Secret. */
    public readonly key: string,
  ) {
    brandMade(this, 'SecretKey', caller);
  }
}

/** The shape of a property that takes one. */
export const SECRET_KEY = instance<SecretKey>(
  'SecretKey',
  'SecretKey.of(secretName, key): a secret must not be text in the program',
);
