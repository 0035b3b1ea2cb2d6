import type { Size } from 'cdk8s';
import { resourceNameLike } from '../accelerator/resource-name';
import { error } from '../preflight/finding';
import type { Shape } from '../shapes/shape';
import { atLeast, findingsOf, flag, integer, mapOf, shape, showSize, size } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import { isSize, MIB_PER_GIB, mebibytesOf } from '../units/mebibytes';
import type { PodResources } from './resource-options';
import { entryOf } from '../shapes/entry-of';

const memory = size('Size.gibibytes(16)');
const counts = mapOf(integer(1));
const name = resourceNameLike('github.com/fuse');

/** Names of Kubernetes itself that people expect here, and the property that each has. */
const PROPERTIES: Readonly<Record<string, string>> = {
  cpu: 'cpu',
  memory: 'memory',
  'ephemeral-storage': 'ephemeralStorage',
  'hugepages-2Mi': 'hugePages2Mi',
  'hugepages-1Gi': 'hugePages1Gi',
};

/** Whether a map has a resource of Kubernetes itself, whose amount is no number of devices. */
const native = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).some((key) => Object.hasOwn(PROPERTIES, key));

/** Extended resources with whole numbers: a domain of their own, and no part of one. */
const extended: Shape<Record<string, number>> = {
  allowed: 'a map of extended resources, for example { "github.com/fuse": 1 }',
  check: (value, subject, findings) => {
    const before = findings.length;
    counts.check(native(value) ? {} : value, subject, findings);
    if (findings.length > before) return;
    for (const key of Object.keys(value as object)) {
      const property = entryOf(PROPERTIES, key);
      const isNative = /(^|\.)kubernetes\.io\//.test(key);
      if (property !== undefined) {
        const problem = `has "${key}", which is no extended resource`;
        findings.push(error('wrong-value', subject, problem, `set resources.${property} instead`));
      } else if (isNative) {
        const problem = `has "${key}", and Kubernetes keeps the domain kubernetes.io for itself`;
        findings.push(error('wrong-value', subject, problem, 'use the name that the device plugin registers'));
      } else findings.push(...findingsOf(key, `${subject} key`, name));
    }
  },
};

/** Huge pages: the size is a multiple of that of a page. */
const pages = (mib: number, page: string, example: string): Shape<Size> =>
  shape<Size>(
    `a Size that is a multiple of ${page}, for example ${example}`,
    (value) => isSize(value) && mebibytesOf(value) > 0 && mebibytesOf(value) % mib === 0,
    showSize,
  );

/** What `resources` of a stack may be. */
export const RESOURCES_SHAPE = structOf<PodResources>(
  {},
  {
    cpu: atLeast(0.1),
    cpuLimit: atLeast(0.1),
    memory,
    memoryLimit: memory,
    sharedMemory: memory,
    ephemeralStorage: memory,
    guaranteed: flag,
    extended,
    hugePages2Mi: pages(2, '2 MiB', 'Size.mebibytes(512)'),
    hugePages1Gi: pages(MIB_PER_GIB, '1 GiB', 'Size.gibibytes(4)'),
  },
);
