import { spawnSync } from 'node:child_process';

/** Runs kubectl and returns its output. */
export function kubectl(args: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync('kubectl', args, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error || status !== 0) throw error ?? new Error(`kubectl ${args.join(' ')}: ${stderr.trim()}`);
  return stdout;
}

/** The items of a list, from all namespaces. */
export function list<Item>(resource: string, ...args: string[]): Item[] {
  return (JSON.parse(kubectl(['get', resource, '--all-namespaces', '-o', 'json', ...args])) as { items: Item[] }).items;
}

export function apply(objects: readonly object[]): void {
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], input);
}
