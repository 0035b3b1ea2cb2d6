import * as library from '../../lib';
import { CLASS_SAMPLES } from './samples';

type Constructor = new (...given: unknown[]) => object;

/** What is given in place of an instance of a public class, and is none. */
export function impostersOf(className: string): [name: string, value: unknown][] {
  const made = (library as unknown as Record<string, Constructor & Record<string, unknown>>)[className];
  const sample = CLASS_SAMPLES[className]?.();
  if (made === undefined || sample === undefined) return [];
  const [factory] = Object.getOwnPropertyNames(made).filter((name) => typeof made[name] === 'function');
  const isConstruct = 'node' in sample;
  return [
    ['the class', made],
    ['its prototype', made.prototype],
    ['Object.create', Object.create(made.prototype as object)],
    ['a copy', { ...sample }],
    ['a Promise of it', Promise.resolve(sample)],
    ['a function that makes it', () => sample],
    ['a list of it', [sample]],
    ['a class of its name', new ({ [className]: class {} }[className] as unknown as Constructor)()],
    ...(isConstruct ? [] : [['JSON of it', JSON.parse(JSON.stringify(sample) ?? 'null')] as [string, unknown]]),
    ...(factory === undefined ? [] : [[`${className}.${factory} without a call`, made[factory]] as [string, unknown]]),
  ];
}
