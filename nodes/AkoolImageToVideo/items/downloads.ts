// Downloads the files of finished videos: several at a time, each as soon as its video is finished. Rule: a failed download affects only its own item, which
// gets the cause.

import type { IBinaryData, IBinaryKeyData } from 'n8n-workflow';

import { numberOf } from '../akool/json';
import { isCompleted, type AkoolVideo, type VideoId } from '../akool/video';
import type { UserMessage } from '../messages/userMessage';
import { fileMessages } from '../messages/files';
import type { Delivery } from './delivery';
import { named } from './fileNames';
import { fetchFile, VIDEO_FILE, type FileContext, type FileSource } from '../transport/downloadFile';
import { Pool } from '../transport/pool';

/** `reason` is the core of the message. */
interface NoFile {
	kind: 'error';
	message: UserMessage;
	reason: string;
}

type Fetched = { kind: 'file'; file: IBinaryData } | NoFile;

export type Download = { kind: 'file'; binary: IBinaryKeyData } | NoFile;

function missing({ id }: AkoolVideo, reason: string): NoFile {
	return { kind: 'error', message: fileMessages.notDownloaded(id, reason), reason };
}

/** The address of a video's file, and the times that decide how long it is waited for. */
export function sourceOf(video: AkoolVideo, url: string): FileSource {
	return { name: video.id, url, createTimeMs: video.createTimeMs, finishTimeMs: numberOf(video.raw, 'update_time') };
}

/** The downloads of one run, at most `concurrency` at a time. */
export class Downloads {
	private readonly underWay = new Map<VideoId, Promise<Fetched>>();

	private readonly pool: Pool;

	/** @param wanted the videos whose files at least one item wants */
	constructor(
		private readonly context: FileContext,
		private readonly wanted: ReadonlySet<VideoId>,
		concurrency: number,
	) {
		this.pool = new Pool(concurrency);
	}

	/** Starts the download of a completed video if it is wanted. A second call for the same video does nothing. */
	start(video: AkoolVideo): void {
		if (!isCompleted(video) || !this.wanted.has(video.id) || this.underWay.has(video.id)) return;
		this.underWay.set(
			video.id,
			this.pool.run(async () => await this.fetch(video)),
		);
	}

	/** The file of a video as an item wants it, once it has arrived; undefined where the item wants none, or no download was started. Never throws. */
	async of(id: VideoId, { binaryField, fileName }: Delivery): Promise<Download | undefined> {
		if (binaryField === undefined) return undefined;
		const fetched = await this.underWay.get(id);
		if (fetched?.kind !== 'file') return fetched;
		const file = fileName === undefined ? fetched.file : named(fetched.file, fileName);
		return { kind: 'file', binary: { [binaryField]: file } };
	}

	private async fetch(video: AkoolVideo): Promise<Fetched> {
		if (video.videoUrl === undefined) return missing(video, fileMessages.noLink());
		const outcome = await fetchFile(this.context, VIDEO_FILE, sourceOf(video, video.videoUrl));
		if (outcome.kind === 'stored') return { kind: 'file', file: outcome.binary };
		return missing(video, outcome.kind === 'canceled' ? fileMessages.stopped() : outcome.reason);
	}
}
