// How many cases a fuzz run has tried, and how they ended, said at its end: a run that tried nothing would be green as well.
'use strict';

/** @param {string} name @param {number} otherwise @returns {number} how many cases to try: what the environment says, else few */
function casesOf(name, otherwise) {
	const wanted = Number(process.env[name] ?? otherwise);
	if (!Number.isInteger(wanted) || wanted < 1) throw new TypeError(`${name} must be a whole number of 1 or more`);
	return wanted;
}

class Tally {
	constructor() {
		/** @type {Map<string, Map<string, number>>} */
		this.counts = new Map();
	}

	/** @param {string} what was tried @param {string} ending */
	count(what, ending) {
		const endings = this.counts.get(what) ?? new Map();
		this.counts.set(what, endings.set(ending, (endings.get(ending) ?? 0) + 1));
	}

	/** @param {string} what */
	total(what) {
		return [...(this.counts.get(what)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
	}

	print() {
		for (const [what, endings] of this.counts) {
			const list = [...endings]
				.sort(([, a], [, b]) => b - a)
				.map(([ending, count]) => `${count.toLocaleString('en')} ${ending}`);
			process.stdout.write(`${this.total(what).toLocaleString('en')} ${what}: ${list.join(', ')}\n`);
		}
	}
}

module.exports = { Tally, casesOf };
