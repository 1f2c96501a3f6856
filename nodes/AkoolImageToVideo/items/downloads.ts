// Files of finished videos into items: several at a time, each as soon as its video is finished. Rule: a file that cannot be had is an outcome of its own
// item, with its cause, and costs the other items nothing.

import mapValues from 'lodash/mapValues';
import type { IBinaryKeyData } from 'n8n-workflow';

import { numberOf } from '../akool/json';
import { isCompleted, type AkoolVideo, type VideoId } from '../akool/video';
import type { UserMessage } from '../messages/define';
import { fileMessages } from '../messages/files';
import { named } from './fileNames';
import { fetchFile, VIDEO_FILE, type FileContext, type FileSource } from '../transport/downloadFile';
import { Pool } from '../transport/pool';

export type Download =
	| { kind: 'file'; binary: IBinaryKeyData }
	/** `reason` is the message without what stands around it. */
	| { kind: 'error'; message: UserMessage; reason: string };

function missing({ id }: AkoolVideo, reason: string): Download {
	return { kind: 'error', message: fileMessages.notDownloaded(id, reason), reason };
}

/** Where the file of a video is, and how old it may be: counted from when the video was finished, where Akool says that. */
export function sourceOf(video: AkoolVideo, url: string): FileSource {
	return { name: video.id, url, createTimeMs: video.createTimeMs, finishTimeMs: numberOf(video.raw, 'update_time') };
}

export class Downloads {
	private readonly underWay = new Map<VideoId, Promise<Download>>();

	private readonly pool: Pool;

	constructor(
		private readonly context: FileContext,
		private readonly fieldName: string,
		concurrency: number,
	) {
		this.pool = new Pool(concurrency);
	}

	/** Starts the download of a completed video; others have no file. A second call for the same video changes nothing. */
	start(video: AkoolVideo): void {
		if (!isCompleted(video) || this.underWay.has(video.id)) return;
		this.underWay.set(
			video.id,
			this.pool.run(async () => await this.fetch(video)),
		);
	}

	/**
	 * The file of a video once it is here; undefined where none was started. Never throws.
	 *
	 * @param fileName without the ending; undefined: after the ID
	 */
	async of(id: VideoId, fileName?: string): Promise<Download | undefined> {
		const download = await this.underWay.get(id);
		if (download?.kind !== 'file' || fileName === undefined) return download;
		return { kind: 'file', binary: mapValues(download.binary, (binary) => named(binary, fileName)) };
	}

	private async fetch(video: AkoolVideo): Promise<Download> {
		if (video.videoUrl === undefined) return missing(video, fileMessages.noLink());
		const outcome = await fetchFile(this.context, VIDEO_FILE, sourceOf(video, video.videoUrl));
		if (outcome.kind === 'stored') return { kind: 'file', binary: { [this.fieldName]: outcome.binary } };
		return missing(video, outcome.kind === 'cancelled' ? fileMessages.stopped() : outcome.reason);
	}
}
