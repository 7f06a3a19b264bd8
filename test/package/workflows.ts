import { readFileSync } from 'node:fs';

/** A job of a workflow, as its text has it. */
export class Job {
  readonly name: string;
  readonly text: string;

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
  }

  /** What it runs, line by line, in order. */
  get commands(): string[] {
    return [...this.text.matchAll(/^( +)(?:- )?run: (.+\n(?:\1 {2,}.*\n)*)/gm)].flatMap(([, , run = '']) =>
      run
        .replace(/^\|\n/, '')
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    );
  }

  /** Such as `id-token`, which it may write. */
  get rights(): string[] {
    return [...this.text.matchAll(/^ {6}(\S+): write/gm)].map(([, name = '']) => name);
  }

  get needs(): string[] {
    return (/^ {4}needs: \[?([^\]\n]+)/m.exec(this.text)?.[1] ?? '').split(',').map((name) => name.trim());
  }

  /** The actions that it uses, with the versions that the comments name. */
  get actions(): string[] {
    return [...this.text.matchAll(/uses: (.+)$/gm)].map(([, action = '']) => action);
  }
}

export class Workflow {
  readonly text: string;
  readonly jobs: ReadonlyMap<string, Job>;

  constructor(path: string) {
    this.text = readFileSync(path, 'utf8');
    const jobs = this.text
      .slice(this.text.indexOf('\njobs:\n'))
      .split(/^ {2}(?=[\w-]+:$)/m)
      .slice(1)
      .map((text) => new Job(text.slice(0, text.indexOf(':')), text));
    this.jobs = new Map(jobs.map((job) => [job.name, job]));
  }

  job(name: string): Job {
    const job = this.jobs.get(name);
    if (!job) throw new Error(`There is no job ${name}.`);
    return job;
  }
}
