// How many cases a fuzz run has tried, and how they ended, said at its end: a run that tried nothing would be green as well.

/** How many cases to try: what the environment says, else few. @throws TypeError where it says no such number */
export function casesOf(name: string, otherwise: number): number {
	const wanted = Number(process.env[name] ?? otherwise);
	if (!Number.isInteger(wanted) || wanted < 1) throw new TypeError(`${name} must be a whole number of 1 or more`);
	return wanted;
}

export class Tally {
	private readonly counts = new Map<string, Map<string, number>>();

	count(what: string, ending: string): void {
		const endings = this.counts.get(what) ?? new Map<string, number>();
		this.counts.set(what, endings.set(ending, (endings.get(ending) ?? 0) + 1));
	}

	total(what: string): number {
		return [...(this.counts.get(what)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
	}

	print(): void {
		for (const [what, endings] of this.counts) {
			const list = [...endings]
				.sort(([, a], [, b]) => b - a)
				.map(([ending, count]) => `${count.toLocaleString('en')} ${ending}`);
			process.stdout.write(`${this.total(what).toLocaleString('en')} ${what}: ${list.join(', ')}\n`);
		}
	}
}
