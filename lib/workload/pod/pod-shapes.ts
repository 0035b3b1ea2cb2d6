import { isIPv6 } from 'node:net';
import { DNS_LABEL } from '../../shapes/kubernetes-names';
import { ENDS } from '../../shapes/object-names';
import type { Shape } from '../../shapes/shape';
import { matching, shape } from '../../shapes/shape';

/** Each part of an IPv4 range, and its length; the API server also refuses bits after the length, and leading zeros. */
function isRange4(value: string): boolean {
  const part = '(0|[1-9]\\d{0,2})';
  const [, a, b, c, d, length] = (new RegExp(`^${part}\\.${part}\\.${part}\\.${part}/${part}$`).exec(value) ?? []).map(
    Number,
  );
  if (a === undefined || b === undefined || c === undefined || d === undefined || length === undefined) return false;
  if ([a, b, c, d].some((each) => each > 255) || length > 32) return false;
  const address = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  return address % 2 ** (32 - length) === 0;
}

/** The eight groups of an IPv6 address, `::` filled with zeros. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((each) => Number.parseInt(each, 16));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const zeros: number[] = new Array<number>(8 - first.length - last.length).fill(0);
  return [...first, ...(tail === undefined ? [] : zeros), ...last];
}

/** An IPv6 range without bits after its length. An IPv4 address inside of one is refused: Kubernetes reads it as IPv4. */
function isRange6(value: string): boolean {
  const [, address = '', length = ''] = /^([0-9a-fA-F:]+)\/(0|[1-9]\d{0,2})$/.exec(value) ?? [];
  if (!isIPv6(address) || Number(length) > 128) return false;
  return groupsOf(address).every((group, at) => {
    const kept = Math.min(16, Math.max(0, Number(length) - at * 16));
    return group % 2 ** (16 - kept) === 0;
  });
}

/** An IP range in the notation of CIDR. */
export const range = shape<string>(
  'an IP range such as "10.129.0.0/23" or "fd00:10::/64", without bits after its length',
  (value) => typeof value === 'string' && (isRange4(value) || isRange6(value)),
);
export const volumeName = matching(DNS_LABEL, `a volume name: lower-case letters, digits and "-", ${ENDS}`);

const path = matching(
  /^(\/(?!\.{1,2}(\/|$))[^\s/:]+)+$/,
  'an absolute path inside the container, without ":", ".." and a slash at its end',
);

/** Folders that the image needs, and those below the weights, whose volume may be read-only. */
const OCCUPIED = /^\/((usr|bin|sbin|lib|lib64|etc|dev|proc|sys|opt)|models\/.*)$/;

const free = shape<string>(
  'a path that is not below /models and hides none of /usr, /bin, /sbin, /lib, /lib64, /etc, /dev, /proc, /sys, /opt',
  (value) => typeof value !== 'string' || !OCCUPIED.test(value),
);

/** Where a volume may be mounted. */
export const mountPath: Shape<string> = {
  allowed: path.allowed,
  check: (...args) => {
    path.check(...args);
    free.check(...args);
  },
};
