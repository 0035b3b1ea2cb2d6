import { cpSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './child';

/** A package that is measured. */
export interface Subject {
  readonly name: string;
  /** Folder with the programs, which import the package by its name, as user programs do. */
  readonly folder: string;
}

const DEPENDENCIES = ['cdk8s', 'cdk8s-plus-28', 'constructs'];

/** Makes a folder with the programs, the package of a compiled checkout, and the dependencies of that checkout. */
export function subject(name: string, checkout: string, parent: string): Subject {
  const folder = join(parent, name);
  const modules = join(folder, 'node_modules');
  cpSync(join(ROOT, 'bench/programs'), folder, { recursive: true });
  mkdirSync(modules);
  symlinkSync(realpathSync(checkout), join(modules, 'cdk8s-vllm'));
  for (const each of DEPENDENCIES) symlinkSync(realpathSync(join(checkout, 'node_modules', each)), join(modules, each));
  return { name, folder };
}
