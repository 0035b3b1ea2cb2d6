import type { Finding } from '../../preflight/finding';
import { looksSecret, looksSecretAt } from '../../secrets/looks-secret';
import { eachText, secretAsText } from '../../shapes/secret-texts';
import type { Tree } from './tree';
import { list, tree } from './tree';

const ROOT = 'podTemplateOverrides';

/** Each container, with the path of its list. */
const containersOf = (overrides: Tree): [subject: string, container: Tree][] =>
  ['containers', 'initContainers'].flatMap((kind) =>
    list(tree(overrides['spec'])[kind]).map((each, at): [string, Tree] => [`${ROOT}.spec.${kind}[${at}]`, each]),
  );

/** Variables whose name or value is that of a secret. */
function variables(subject: string, { env }: Tree): string[] {
  return list(env).flatMap(({ name, value }, at) =>
    typeof name === 'string' && typeof value === 'string' && value !== '' && looksSecret(name, value)
      ? [`${subject}.env[${at}].value`]
      : [],
  );
}

/** Whether a flag in one item, `--password=x`, has a secret. `--token` is that of a client: no tokenizer runs in a sidecar. */
function isSecretFlag(flag: string, value: string): boolean {
  const key = flag.replace(/^-+/, '');
  return value !== '' && !value.startsWith('-') && looksSecretAt(key === 'token' ? 'access_token' : key, value);
}

/** Arguments that have a secret: `--password=x`, or `--password` and `x` in the next item. */
function flags(subject: string, container: Tree): string[] {
  return ['command', 'args'].flatMap((kind) => {
    const items = Array.isArray(container[kind]) ? (container[kind] as unknown[]) : [];
    return items.flatMap((item, at) => {
      if (typeof item !== 'string' || !item.startsWith('-')) return [];
      const [, flag = item, value] = /^(-[^=\s]*)=(.*)$/s.exec(item) ?? [];
      const next = items[at + 1];
      if (value !== undefined) return isSecretFlag(flag, value) ? [`${subject}.${kind}[${at}]`] : [];
      return typeof next === 'string' && isSecretFlag(flag, next) ? [`${subject}.${kind}[${at + 1}]`] : [];
    });
  });
}

/** Secrets in the clear in what a user puts into the pod. */
export function overrideSecrets(overrides: Tree): Finding[] {
  const found = new Set<string>();
  for (const [subject, container] of containersOf(overrides)) {
    for (const each of [...variables(subject, container), ...flags(subject, container)]) found.add(each);
  }
  eachText(overrides, ROOT, (text, subject) => {
    if (looksSecret('', text)) found.add(subject);
  });
  return [...found].map((subject) =>
    secretAsText(
      subject,
      'put it into a Secret, and read it with valueFrom: { secretKeyRef: { name, key } } of a variable',
    ),
  );
}
