import type { Finding } from '../../../preflight/finding';
import { error, warning } from '../../../preflight/finding';
import { quantityValue } from '../quantity-value';
import type { Tree } from '../tree';
import { tree } from '../tree';
import { entryOf } from '../../../shapes/entry-of';

/** Resources whose names have no domain (kubernetes.io, Managing Resources for Containers); `storage` is of a volume. */
const STANDARD = /^(cpu|memory|ephemeral-storage|storage|hugepages-\S+)$/;

/** Devices and the like: whole numbers, and the request is the limit. */
const isExtended = (name: string): boolean => name.includes('/') || name.startsWith('hugepages-');

/** GPUs by names that a person may write without their domain. */
const SHORT_NAMES: Readonly<Record<string, string>> = { gpu: 'nvidia.com/gpu', gpus: 'nvidia.com/gpu' };

function ofOne(name: string, quantity: unknown, subject: string): Finding[] {
  const value = quantityValue(quantity);
  if (value === undefined) return []; // The type has its own finding.
  if (!STANDARD.test(name) && !name.includes('/')) {
    const meant = entryOf(SHORT_NAMES, name.toLowerCase()) ?? 'cpu, memory, ephemeral-storage or a name with a domain';
    return [error('wrong-value', subject, `names a resource that Kubernetes does not know`, `use ${meant}`)];
  }
  if (value < 0) return [error('wrong-value', subject, `is ${String(quantity)}`, 'give a quantity of at least 0')];
  if (isExtended(name) && !Number.isInteger(value)) {
    return [error('wrong-value', subject, `is ${String(quantity)}, and devices have no parts`, 'give a whole number')];
  }
  if (!/^(memory|ephemeral-storage|storage)$/.test(name) || !String(quantity).endsWith('m')) return [];
  const problem = `is ${String(quantity)}: "m" means a thousandth of a byte`;
  return [warning('thousandths-of-bytes', subject, problem, `write "${String(quantity).replace(/m$/, 'Mi')}"`)];
}

/** A request above its limit, or of a device without an equal limit. */
function together(name: string, requests: Tree, limits: Tree, subject: string): Finding[] {
  const request = quantityValue(requests[name]);
  const limit = quantityValue(limits[name]);
  if (request === undefined) return [];
  const at = `${subject}.requests.${name}`;
  if (isExtended(name) && request !== limit) {
    const found = limit === undefined ? 'there is no limit' : `the limit is ${String(limits[name])}`;
    const problem = `is ${String(requests[name])} and ${found}: Kubernetes needs both to be equal`;
    return [error('request-unlike-limit', at, problem, 'set the limit alone')];
  }
  if (limit === undefined || request <= limit) return [];
  const problem = `is ${String(requests[name])}, more than the limit of ${String(limits[name])}`;
  return [error('request-unlike-limit', at, problem, 'lower it, or raise the limit')];
}

/** What is wrong with requests and limits of one container. */
export function resourcesRelation({ merged, subject }: { readonly merged: Tree; readonly subject: string }): Finding[] {
  const requests = tree(merged['requests']);
  const limits = tree(merged['limits']);
  const single = Object.entries({ requests, limits }).flatMap(([field, map]) =>
    Object.entries(map).flatMap(([name, quantity]) => ofOne(name, quantity, `${subject}.${field}.${name}`)),
  );
  if (single.length > 0) return single;
  return Object.keys(requests).flatMap((name) => together(name, requests, limits, subject));
}
