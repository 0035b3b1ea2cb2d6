import { entryOf } from '../shapes/entry-of';

/**
 * Cores of one device that are ranks of their own, by extended resource, where a device has several.
 *
 * A device of Inferentia2 or Trainium has two NeuronCores, and one of Trainium2 eight, which are four logical ones by
 * default (awsdocs-neuron, "Logical NeuronCore configuration"). Nodes offer all of them by the same name.
 */
const CORES: Readonly<Partial<Record<string, number>>> = {
  'aws.amazon.com/neuron': 2,
  'aws.amazon.com/neurondevice': 2,
};

/** Cores of one device, as far as the resource shows it. */
export const coresOf = (resourceName: string): number => entryOf(CORES, resourceName) ?? 1;
