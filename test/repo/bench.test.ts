// What the bench says of its figures. Rule: no rounding may hide on which side of its goal a figure is.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digitsOf, goalText, isMet } from '../../bench/figures';
import { differingJobs, equalJobs, rangeOf } from '../../bench/jobs';
import { keep, type Kept } from '../../bench/report';
import { makeTemporaryFolder } from '../../scripts/lib/temporary';

describe('a goal', () => {
	it('is shown with three decimals if the figure is near', () => {
		expect(goalText({ what: 'Beside', value: 0.9996, atMost: 1 })).toBe('Beside: 1.000, goal at most 1.000');
		expect(goalText({ what: 'Beside', value: 1.0024, atMost: 1 })).toBe('Beside: 1.002, goal at most 1.000');
		expect(goalText({ what: 'Trigger', value: 0.8961, atLeast: 0.9 })).toBe('Trigger: 0.896, goal at least 0.900');
	});

	it('is shown with its own digits if the figure is far or a whole number', () => {
		expect(digitsOf({ what: 'Beside', value: 0.7, atMost: 1 })).toBe(2);
		expect(digitsOf({ what: 'Status requests', value: 15, atMost: 15, digits: 0 })).toBe(0);
		expect(digitsOf({ what: 'Size', value: 200.4, atMost: 200, digits: 0 })).toBe(3);
	});

	it('is missed by a figure that could not be measured', () => {
		expect(isMet({ what: 'Memory', value: undefined, atMost: 64 })).toBe(false);
	});
});

describe('jobs', () => {
	it('of different length are spread from 0.7 to 1.3 of their mean, no two alike', () => {
		const { items, title } = differingJobs(20, 30);
		const seconds = items.map((item) => item.seconds);
		expect(rangeOf({ items })).toEqual({ shortest: 21, longest: 39 });
		expect(new Set(seconds).size).toBe(20);
		expect(seconds.reduce((sum, each) => sum + each) / seconds.length).toBeCloseTo(30);
		expect(title).toBe('jobs of 21 to 39 s');
	});

	it('of equal length all take the same', () => {
		expect(rangeOf(equalJobs(20, 30))).toEqual({ shortest: 30, longest: 30 });
	});
});

describe('a partial run of the bench', () => {
	const measured = (name: string, head: string): Kept => ({
		name,
		head,
		title: name,
		about: '',
		columns: [],
		rows: [],
		goals: [],
	});

	it('replaces its own part, and keeps the others with their dates', async () => {
		const { path, remove } = await makeTemporaryFolder('akool-bench-');
		const file = join(path, 'bench.json');
		await keep(file, 'figures', [measured('videos', 'Monday'), measured('calls', 'Monday')]);
		await keep(file, 'profiles', [measured('profile-file', 'Monday')]);
		const kept = await keep(file, 'figures', [measured('creates', 'Tuesday'), measured('calls', 'Tuesday')]);
		expect(kept.map(({ name, head }) => `${name} ${head}`)).toEqual([
			'videos Monday',
			'creates Tuesday',
			'calls Tuesday',
		]);
		expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
			figures: kept,
			profiles: [measured('profile-file', 'Monday')],
		});
		await remove();
	});
});
