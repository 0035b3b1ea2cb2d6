import type { PodSecurity } from './sandbox';

/** Counts for the summary line of the run. */
export class Tally {
  private applied = 0;
  private rejected = 0;
  private refusedPods = 0;
  private notJudged = 0;
  private readonly skipped: string[] = [];
  private readonly pods = new Map<PodSecurity, number>();

  object(accepted: boolean): void {
    this.applied += 1;
    this.rejected += accepted ? 0 : 1;
  }

  /** Objects of APIs that the server does not have. */
  foreign(count: number): void {
    this.notJudged += count;
  }

  podTemplate(level: PodSecurity, accepted: boolean): void {
    this.pods.set(level, (this.pods.get(level) ?? 0) + 1);
    this.refusedPods += accepted ? 0 : 1;
  }

  leaveOut(example: string, minKubernetes: string): void {
    this.skipped.push(`${example} needs ${minKubernetes}`);
  }

  /** `42 objects applied, 0 rejected; 9 pod templates at Pod Security restricted` */
  summary(): string {
    const pods = [...this.pods].map(([level, count]) => `${counted(count, 'pod template')} at Pod Security ${level}`);
    const refused = this.refusedPods > 0 ? `, ${this.refusedPods} of them refused` : '';
    const objects = `${counted(this.applied, 'object')} applied, ${this.rejected} rejected`;
    const skipped = this.skipped.length > 0 ? `; skipped: ${this.skipped.join(', ')}` : '';
    const foreign =
      this.notJudged > 0 ? `; not judged, since the API is a gateway's own: ${counted(this.notJudged, 'object')}` : '';
    return `${objects}; ${pods.join(', ') || 'no pod templates'}${refused}${skipped}${foreign}`;
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
