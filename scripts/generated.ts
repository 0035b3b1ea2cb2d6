import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Writes a generated file; with `check`, changes nothing and fails when the file is out of date. */
export function writeGenerated(file: string, content: string, command: string, check: boolean): void {
  if (!check) return writeFileSync(file, content);
  if (readFileSync(file, 'utf8') !== content) throw new Error(`${basename(file)} is out of date: run ${command}`);
}
