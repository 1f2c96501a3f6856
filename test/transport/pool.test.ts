import { inPool } from '../../nodes/AkoolImageToVideo/transport/pool';

const turn = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

it('returns the results in the order of the entries, with no more at once than allowed', async () => {
	let inFlight = 0;
	let most = 0;
	const results = await inPool([5, 1, 3, 0, 2], 2, async (turns) => {
		most = Math.max(most, ++inFlight);
		for (let left = turns; left > 0; left--) await turn();
		inFlight--;
		return turns * 10;
	});
	expect(results).toEqual([50, 10, 30, 0, 20]);
	expect(most).toBe(2);
});

it('waits for all work even if a piece throws, since the others may have been paid for', async () => {
	const ended: number[] = [];
	const work = async (entry: number): Promise<number> => {
		for (let left = entry; left > 0; left--) await turn();
		ended.push(entry);
		if (entry === 1 || entry === 2) throw new Error(`no ${entry}`);
		return entry;
	};
	await expect(inPool([4, 2, 1, 5, 3], 3, work)).rejects.toThrow('no 2');
	expect(ended.sort()).toEqual([1, 2, 3, 4, 5]);
});
