// Fetching the inputs of a job: which, when, and what happens to the job if one is missing; and the videos that are made from images.
import { serve } from '../support/localServer';
import { startSandbox, type Sandbox } from '.';
import { callerOf } from './caller';
import { startReceiver, until } from './receiver';
import { standingClock } from './standingClock';

const clock = standingClock();
let sandbox: Sandbox;
let akool: ReturnType<typeof callerOf>;

beforeAll(async () => {
	sandbox = await startSandbox({ clock, queueSeconds: 0, jobSeconds: 10 });
	akool = callerOf(sandbox);
});
beforeEach(() => {
	sandbox.reset();
	sandbox.change({ fetchInputs: true, fetchAfterSeconds: 3, imageVideos: false, failureField: '' });
});
afterAll(() => sandbox.close());

const statusOf = async (id: string) => (await akool.results(id)).data.result[0]?.status;

/** Lets the inputs be fetched, and waits for that. */
async function letFetch(count = 1) {
	clock.advance(3);
	await until(() => sandbox.inputs.length === count, `${count} inputs`);
}

test('fetches an image late, and ends the job on time', async () => {
	const { data } = await akool.create({ image_url: `${sandbox.url}/images/product.jpg` });
	clock.advance(2);
	expect(sandbox.inputs).toEqual([]);
	clock.advance(1);
	await until(() => sandbox.inputs.length === 1, 'the image');
	expect(sandbox.inputs).toMatchObject([
		{ _id: data._id, field: 'image_url', httpStatus: 200, type: 'image/jpeg', outcome: 'fetched' },
	]);
	expect(await statusOf(data._id)).toBe(2);
	clock.advance(7);
	expect(await statusOf(data._id)).toBe(3);
});

test.each([
	['status-404.jpg', 404],
	['page.html', 200],
	['document.pdf', 200],
])('fails a job whose image is %s, and its callback says so', async (name, httpStatus) => {
	const receiver = await startReceiver();
	sandbox.change({ failureField: 'error_reason' });
	const image_url = `${sandbox.url}/images/${name}`;
	const { data } = await akool.create({ image_url, webhookurl: receiver.url });
	await letFetch();
	expect(sandbox.inputs).toMatchObject([{ httpStatus, outcome: 'failed' }]);
	clock.advance(8);
	await receiver.received(2);
	const [row] = (await akool.results(data._id)).data.result;
	expect(row).toMatchObject({ status: 4, error_reason: 'image_url could not be fetched' });
	expect(sandbox.openCallback(receiver.bodies[1] ?? '')).toMatchObject({ status: 4 });
	await receiver.close();
});

test('fails a job whose link expired before it was fetched', async () => {
	const server = await serve(
		(_request, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end(),
	);
	const { data } = await akool.create({ image_url: server.url });
	await server.close();
	await letFetch();
	clock.advance(8);
	expect(await statusOf(data._id)).toBe(4);
	expect(sandbox.inputs).toMatchObject([{ httpStatus: null, outcome: 'failed' }]);
});

test('fetches the last image and the audio too, but not the image of an audio job', async () => {
	const image = `${sandbox.url}/images/square.png`;
	const audio_url = `${sandbox.url}/images/video.mp4`;
	await akool.batch({ image_url: image, last_image_url: image });
	await letFetch(2);
	const { data } = await akool.create({ image_url: image, audio_type: 2, audio_url });
	await letFetch(4);
	sandbox.finishAll();
	await akool.updateAudio(data._id, { audio_type: 2, audio_url });
	await letFetch(5);
	expect(sandbox.inputs.map(({ field }) => field)).toEqual([
		'image_url',
		'last_image_url',
		'image_url',
		'audio_url',
		'audio_url',
	]);
});

test('fetches nothing from other machines, and the job continues', async () => {
	const { data } = await akool.create({ image_url: 'https://example.com/a.png' });
	await letFetch();
	expect(sandbox.inputs).toMatchObject([{ url: 'https://example.com/a.png', httpStatus: null, outcome: 'skipped' }]);
	clock.advance(7);
	expect(await statusOf(data._id)).toBe(3);
});

test('ends a job only after its inputs, and a reset forgets it', async () => {
	sandbox.change({ fetchAfterSeconds: 100 });
	const { data } = await akool.create();
	clock.advance(99);
	expect(await statusOf(data._id)).toBe(2);
	sandbox.reset();
	clock.advance(100);
	expect(sandbox.inputs).toEqual([]);
});

test('fetches nothing by default', async () => {
	sandbox.change({ fetchInputs: false });
	const { data } = await akool.create({ image_url: `${sandbox.url}/images/status-404.jpg` });
	clock.advance(10);
	expect(await statusOf(data._id)).toBe(3);
	expect(sandbox.countRequests('image')).toBe(0);
});

test('keeps the end that a job was given by hand, whatever becomes of its inputs', async () => {
	const { data } = await akool.create({ image_url: `${sandbox.url}/images/status-404.jpg` });
	sandbox.finishJob(data._id);
	await letFetch();
	expect(sandbox.inputs).toMatchObject([{ outcome: 'failed' }]);
	expect(await statusOf(data._id)).toBe(3);
});
