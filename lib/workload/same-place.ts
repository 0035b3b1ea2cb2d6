import type { Finding } from '../preflight/finding';
import { FindingSeverity } from '../preflight/finding';

/** A subject without the name of its item: `spec.volumes[0] (models)`. */
const placeOf = ({ subject }: Finding): string => subject.replace(/ \([^)]*\)$/, '');

/** Whether a place is a part of another one. */
const isInside = (place: string, whole: string): boolean =>
  place.startsWith(`${whole}.`) || place.startsWith(`${whole}[`);

/** Whether a finding is about the same place as an earlier one, or about a part of what that one refuses as a whole. */
function isKnown(finding: Finding, earlier: readonly Finding[]): boolean {
  return earlier.some((each) => {
    const place = placeOf(each);
    if (place === finding.subject) return true;
    const isWhole = each.id === 'protected-override' || each.id === 'wrong-value';
    return isWhole && isInside(finding.subject, place);
  });
}

/** One mistake has one finding: the first one, which knows more about it. */
export function firstOfEach(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of findings) if (!isKnown(finding, kept)) kept.push(finding);
  return kept;
}

/** Findings without those about the same place or a part of it as a refused one, or about the object that it is a field of. */
export function withoutWhole(findings: readonly Finding[], better: readonly Finding[]): Finding[] {
  const places = better.map(placeOf);
  return findings.filter(
    ({ subject }) => !places.some((place) => place === subject || place.replace(/\.\w+$/, '') === subject),
  );
}

/** Findings about what was read, without those about a value that is refused, and so means nothing. */
export function withoutRefused(findings: readonly Finding[], others: readonly Finding[]): Finding[] {
  const refused = others.filter(({ severity }) => severity === FindingSeverity.ERROR).map(placeOf);
  return findings.filter(
    ({ subject }) =>
      !refused.some((place) => place === subject || isInside(place, subject) || isInside(subject, place)),
  );
}
