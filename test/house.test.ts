import { importCircles, importsOf } from './house';

const IMPORTS = importsOf('nodes/AkoolImageToVideo');
const FLOORS = ['akool', 'transport', 'webhook', 'run', 'actions', 'methods', 'trigger'];

/** What each floor may stand on, beside itself. */
const MAY_IMPORT: Record<string, string[]> = {
	akool: [],
	transport: ['akool'],
	webhook: ['akool', 'transport'],
	run: ['akool', 'transport', 'webhook'],
	actions: ['akool', 'transport', 'run'],
	methods: ['akool', 'transport'],
	trigger: ['akool', 'transport', 'webhook', 'run', 'actions'],
};

const floorOf = (file: string): string => file.split('/')[0] ?? '';

describe('the house', () => {
	it('has all its floors', () => {
		const floors = new Set([...IMPORTS.keys()].map(floorOf));
		expect([...floors]).toEqual(expect.arrayContaining(FLOORS));
	});

	it.each(FLOORS)('%s imports nothing of a floor above it', (floor) => {
		const allowed = [floor, ...(MAY_IMPORT[floor] ?? [])];
		const wrong = [...IMPORTS]
			.filter(([file]) => floorOf(file) === floor)
			.flatMap(([file, imports]) =>
				imports.files
					.filter((target) => !allowed.includes(floorOf(target)))
					.map((target) => `${file} imports ${target}`),
			);
		expect(wrong).toEqual([]);
	});

	it.each(['akool', 'webhook'])('%s knows nothing of n8n', (floor) => {
		const wrong = [...IMPORTS].filter(
			([file, { packages }]) => floorOf(file) === floor && packages.some((name) => name.startsWith('n8n')),
		);
		expect(wrong.map(([file]) => file)).toEqual([]);
	});

	it('akool imports no package at all', () => {
		const packages = [...IMPORTS]
			.filter(([file]) => floorOf(file) === 'akool')
			.flatMap(([, imports]) => imports.packages);
		expect(packages).toEqual([]);
	});

	it('has no circle', () => {
		expect(importCircles(IMPORTS)).toEqual([]);
	});
});
