// Fetches the images and audio of jobs, as Akool does, if a test or the demo turns that on. Rules: only from this machine, whatever address a
// workflow has; a job whose input is missing fails, and no job ends before its inputs were requested.
import { isOurProduct } from './images';
import { isLoopback } from './post';
import { zoomOver } from './zoomVideo';
import type { InputFetch, InputField, Job, Json } from './types';
import type { Parts } from './sandboxState';

const AUDIO_UPLOADED = 2;
const FETCH_TIMEOUT_MS = 30_000;
const EXPECTED_TYPES: Readonly<Record<InputField, RegExp>> = {
	image_url: /^image\//,
	last_image_url: /^image\//,
	audio_url: /^(audio|video)\//,
};

interface Fetched {
	httpStatus: number | null;
	type: string;
	content: Buffer;
}

async function fetchFile(url: string, signal: AbortSignal): Promise<Fetched> {
	try {
		const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(FETCH_TIMEOUT_MS)]) });
		const content = Buffer.from(await response.arrayBuffer());
		return { httpStatus: response.status, type: response.headers.get('content-type') ?? '', content };
	} catch {
		return { httpStatus: null, type: '', content: Buffer.alloc(0) };
	}
}

/** The inputs of a job; an audio job needs no image any more. */
function inputsOf({ kind, fields }: Job): [InputField, string][] {
	const audio: [InputField, string | undefined] = [
		'audio_url',
		fields.audio_type === AUDIO_UPLOADED ? fields.audio_url : undefined,
	];
	const images: [InputField, string | undefined][] =
		kind === 'audio'
			? []
			: [
					['image_url', fields.image_url],
					['last_image_url', fields.last_image_url],
				];
	return [...images, audio].flatMap(([field, url]) => (url === undefined ? [] : [[field, url]]));
}

export class Inputs {
	log: InputFetch[] = [];
	private stop = new AbortController();

	constructor(
		private readonly state: Parts,
		private readonly onEnd: (job: Job) => void,
	) {}

	/** Leaves the end of a new job open until its inputs are fetched. */
	watch(job: Job): void {
		const { settings, jobs, timers } = this.state;
		if (!settings.fetchInputs && !settings.imageVideos) return;
		jobs.suspend(job);
		timers.after(settings.fetchAfterSeconds * 1000, () => void this.prepare(job));
	}

	private async prepare(job: Job): Promise<void> {
		const { stop } = this;
		const { settings, jobs, now, url } = this.state;
		const found: Json = {};
		for (const [field, address] of inputsOf(job)) {
			const fetched = await this.fetchInput(job, field, address, stop.signal);
			if (fetched?.outcome === 'fetched') found[field] = fetched.content;
			if (fetched?.outcome === 'failed') this.fail(job, `${field} could not be fetched`);
		}
		const image = found['image_url'];
		const hasVideo = isOurProduct(url, job.fields.image_url);
		if (settings.imageVideos && !hasVideo && Buffer.isBuffer(image))
			job.video = await zoomOver(image, job.lengthSeconds);
		if (!stop.signal.aborted && jobs.resume(job, now())) this.onEnd(job);
	}

	private fail(job: Job, reason: string): void {
		// A job that was ended by hand meanwhile keeps its end.
		if (!this.state.settings.fetchInputs || !job.isWaiting) return;
		job.outcome = 4;
		job.failure = reason;
	}

	private async fetchInput(job: Job, field: InputField, url: string, signal: AbortSignal) {
		const { log } = this;
		const atMs = this.state.now();
		const entry = { _id: job._id, field, url, atMs };
		if (!isLoopback(url)) {
			log.push({ ...entry, httpStatus: null, bytes: 0, type: '', outcome: 'skipped' });
			return undefined;
		}
		const { httpStatus, type, content } = await fetchFile(url, signal);
		const outcome = httpStatus === 200 && EXPECTED_TYPES[field].test(type) ? 'fetched' : 'failed';
		log.push({ ...entry, httpStatus, bytes: content.length, type, outcome });
		return { outcome, content };
	}

	/** What is fetched at this moment ends no job any more. */
	reset(): void {
		this.stop.abort();
		this.stop = new AbortController();
		this.log = [];
	}
}
