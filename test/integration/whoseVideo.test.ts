// A create without an answer, and whose video it is that Akool's list shows: nobody else's video ever leaves under its name, and what the message says of
// the balance is true.

import type { INodeExecutionData } from 'n8n-workflow';

import { watchLog } from './n8n';
import { at, CONTINUE, create, createBatch, madeIds, setStage, updateAudio } from './stage';

const stage = setStage();
const NO_WAIT = { waitForCompletion: false };
const ONE_BY_ONE = { ...NO_WAIT, options: { concurrency: 1 } };
const UNKNOWN = 'Akool may have created this video: check before retrying';
const TWO_HOURS_MS = 2 * 60 * 60_000;

/** When n8n's link to a picture ends: its token says so. */
function endOfLinkMs(link: unknown): number {
	const [, claims = ''] = String(new URL(String(link)).searchParams.get('token')).split('.');
	return JSON.parse(Buffer.from(claims, 'base64url').toString()).exp * 1_000;
}

const asked = (name: string): number => stage.sandbox.countRequests(name);

describe('an order without an answer', () => {
	it('of new audio does not take what was made of its sibling, which is ordered at the same time', async () => {
		const { json } = await stage.run(createBatch({ count: 2, ...NO_WAIT }));
		stage.sandbox.finishAll();
		stage.sandbox.addFault({ on: 'updateAudio', kind: 'hold', after: 0 });
		stage.sandbox.addFault({ on: 'updateAudio', kind: 'resetBefore' });
		const running = stage.run(updateAudio(json.map(({ _id }) => String(_id)).join(), NO_WAIT), { settings: CONTINUE });
		await stage.clock.until(() => asked('list') > 0);
		stage.sandbox.release();
		const audio = (await running).json;
		expect(audio.filter(({ _id }) => _id !== undefined)).toHaveLength(1);
		expect(audio.filter(({ error }) => String(error).startsWith(UNKNOWN))).toHaveLength(1);
	});

	it('does not take the video of another one without an answer, which asked for something else', async () => {
		stage.sandbox.addFault({ on: 'create', kind: 'resetAfter' });
		stage.sandbox.addFault({ on: 'create', kind: 'resetBefore', after: 0 });
		// So that the first is told of, too, and not found.
		stage.sandbox.addFault({ on: 'list', kind: 'status' });
		const parameters = create({ resolution: '={{ $json.resolution }}', ...ONE_BY_ONE });
		const { json } = await stage.run(parameters, {
			items: [{ resolution: '720p' }, { resolution: '1080p' }],
			settings: CONTINUE,
		});
		expect(json.map(({ _id }) => _id)).toEqual([undefined, undefined]);
		expect(json.map(({ error }) => error)).toEqual([`${UNKNOWN} [Item 0]`, `${UNKNOWN} [Item 1]`]);
	});

	it('does not take what another node of the workflow has made', async () => {
		stage.sandbox.addFault({ on: 'create', kind: 'resetBefore', after: 1 });
		const { error } = await stage.run(create(NO_WAIT), { twice: true });
		expect(stage.sandbox.jobs).toHaveLength(1);
		expect(error?.message).toBe(`${UNKNOWN} [Item 0]`);
	});

	it('is found behind the many that were made meanwhile', async () => {
		stage.sandbox.addFault({ on: 'create', kind: 'resetAfter' });
		stage.sandbox.addFault({ on: 'list', kind: 'hold', after: 0 });
		const items = Array.from({ length: 71 }, (_, n) => ({ n }));
		const running = stage.run(create({ prompt: '={{ $json.n }}', ...NO_WAIT, options: { concurrency: 2 } }), { items });
		await stage.clock.until(() => stage.sandbox.jobs.length >= 71);
		stage.sandbox.release();
		const { json } = await running;
		expect(new Set(json.map(({ _id }) => _id))).toEqual(new Set(madeIds(stage.sandbox)));
		expect(asked('list')).toBe(2);
	});

	it('is no order of those that come later in a loop: an equal one is a new one', async () => {
		stage.sandbox.addFault({ on: 'create', kind: 'resetBefore' });
		const { json } = await stage.run(create(NO_WAIT), { loop: true, items: [{}, {}, {}], settings: CONTINUE });
		expect(json.map(({ _id }) => _id !== undefined)).toEqual([false, true, true]);
		expect(stage.sandbox.jobs).toHaveLength(2);
	});

	it('stands in the log as well, which outlives an execution that is stopped', async () => {
		const log = watchLog();
		stage.sandbox.addFault({ on: 'create', kind: 'resetBefore' });
		await stage.run(create(NO_WAIT));
		expect(log.filter((line) => line.startsWith('warn: ') && line.includes(`${UNKNOWN} of item 0`))).toHaveLength(1);
	});
});

describe('what is said of the balance', () => {
	it('counts nothing twice where an earlier order was without an answer as well', async () => {
		stage.sandbox.addFault({ on: 'create', kind: 'resetBefore', after: 1, times: 2 });
		const { json } = await stage.run(create({ prompt: '={{ $json.n }}', ...NO_WAIT }), {
			loop: true,
			items: [{ n: 1 }, { n: 2 }, { n: 3 }],
			settings: CONTINUE,
		});
		for (const item of json.slice(1)) expect(String(item.error_description)).not.toContain('was probably charged');
	});

	it('is nothing where others are on their way, whose price is not known yet', async () => {
		stage.sandbox.addFault({ on: 'create', kind: 'hold' });
		stage.sandbox.addFault({ on: 'create', kind: 'resetBefore' });
		const running = stage.run(create({ prompt: '={{ $json.n }}', ...NO_WAIT }), {
			items: [{ n: 1 }, { n: 2 }],
			settings: CONTINUE,
		});
		await stage.clock.until(() => asked('credits') >= 2);
		stage.sandbox.release();
		const told = (await running).json.find(({ error }) => error !== undefined);
		expect(String(told?.error_description)).not.toContain('The balance');
	});
});

describe('an order that has to wait for its turn', () => {
	it('is not sent once the run is given up', async () => {
		stage.sandbox.addFault({ on: 'create', kind: 'code', code: 1005 });
		stage.sandbox.addFault({ on: 'create', kind: 'code', code: 1003 });
		const { error } = await stage.run(create({ prompt: '={{ $json.n }}', ...NO_WAIT }), {
			items: [{ n: 1 }, { n: 2 }],
		});
		expect(error).toBeDefined();
		expect(stage.sandbox.jobs).toHaveLength(0);
	});

	it('gives Akool a link that was made for it right then, and not when the run began', async () => {
		// n8n's own links go by the time of the system.
		jest.spyOn(Date, 'now').mockImplementation(() => stage.clock.now());
		const picture: INodeExecutionData = {
			json: {},
			binary: { data: { id: 'filesystem-v2:picture', data: 'filesystem-v2', mimeType: 'image/png' } },
		};
		stage.sandbox.addFault({ on: 'create', kind: 'hold' });
		const running = stage.run(create({ imageSource: 'binary', imageBinaryField: 'data', ...ONE_BY_ONE }), {
			inputs: [picture, picture],
		});
		await stage.clock.until(() => asked('create') > 0);
		stage.clock.advance(TWO_HOURS_MS);
		stage.sandbox.release();
		await running;
		const second = at(stage.sandbox.jobs, 1);
		expect(endOfLinkMs(second.body.image_url)).toBeGreaterThan(second.created_ms);
	});
});

describe('what was paid for', () => {
	it('leaves with its ID also where the credential is shut out meanwhile', async () => {
		const prompt = '={{ $json.n }}';
		stage.sandbox.addFault({ on: 'file', kind: 'wrongType', times: Infinity });
		stage.sandbox.addFault({ on: 'create', kind: 'code', code: 1200, after: 2, times: Infinity });
		const { json } = await stage.run(
			create({ prompt, downloadVideo: true, options: { concurrency: 1, waitMode: 'polling' } }),
			{
				items: [{ n: 1 }, { n: 2 }, { n: 3 }],
				settings: { ...CONTINUE, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			},
		);
		expect(json.slice(0, 2).map(({ _id }) => _id)).toEqual(madeIds(stage.sandbox));
	});

	it('is counted once for each of two equal items of a later round', async () => {
		stage.sandbox.addFault({ on: 'file', kind: 'wrongType', times: 3 });
		const parameters = create({ downloadVideo: true, options: { waitMode: 'polling', maxVideos: 1, concurrency: 1 } });
		const { json } = await stage.run(parameters, { loop: true, items: [{}, {}, {}], settings: CONTINUE });
		expect(stage.sandbox.jobs).toHaveLength(1);
		expect(json.map(({ error }) => error === undefined)).toEqual([false, true, false]);
	});
});
