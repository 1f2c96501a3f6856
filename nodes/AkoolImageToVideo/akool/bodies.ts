// The bodies of the requests that cost credits, in Akool's own field names. The two creates differ: audio, effect and premium exist only in
// the single create; model, last frame and count only in the batch. The callback's address is `webhookurl`, all lower case, in requests.

import { withoutUndefined, type JsonRecord } from './json';
import type { VideoId } from './video';

export type AudioType = 1 | 2 | 3;

export interface CreateRequest {
	imageUrl: string;
	prompt: string;
	negativePrompt: string | undefined;
	resolution: string;
	videoLengthSeconds: number;
	audioType: AudioType;
	audioUrl: string | undefined;
	effectCode: string | undefined;
	extendPrompt: boolean | undefined;
	isPremiumModel: boolean | undefined;
	webhookUrl: string | undefined;
	customBodyFields: JsonRecord;
}

/**
 * The body of a single create. `negative_prompt` and `prompt` are always there, even empty: the vendor marks both as required, with an
 * effect too. Vendor page: "Create Image to Video".
 */
export function createBody(request: CreateRequest): JsonRecord {
	return withoutUndefined({
		image_url: request.imageUrl,
		prompt: request.prompt,
		negative_prompt: request.negativePrompt ?? '',
		extend_prompt: request.extendPrompt,
		resolution: request.resolution,
		audio_type: request.audioType,
		audio_url: request.audioUrl,
		video_length: request.videoLengthSeconds,
		is_premium_model: request.isPremiumModel,
		effect_code: request.effectCode,
		webhookurl: request.webhookUrl,
		...request.customBodyFields,
	});
}

export interface BatchRequest {
	imageUrl: string;
	prompt: string;
	modelName: string | undefined;
	negativePrompt: string | undefined;
	/** Undefined for a model that lists none. */
	resolution: string | undefined;
	videoLengthSeconds: number;
	count: number;
	extendPrompt: boolean | undefined;
	lastImageUrl: string | undefined;
	generateAudio: boolean | undefined;
	webhookUrl: string | undefined;
	customBodyFields: JsonRecord;
}

/** The body of a batch: one image, 1 to 10 videos. Vendor page: "Create Batch Image to Video". */
export function batchBody(request: BatchRequest): JsonRecord {
	return withoutUndefined({
		image_url: request.imageUrl,
		prompt: request.prompt,
		model_name: request.modelName,
		negative_prompt: request.negativePrompt,
		extend_prompt: request.extendPrompt,
		resolution: request.resolution,
		video_length: request.videoLengthSeconds,
		last_image_url: request.lastImageUrl,
		generate_audio: request.generateAudio,
		count: request.count,
		webhookurl: request.webhookUrl,
		...request.customBodyFields,
	});
}

/** The body of an audio update: the finished video goes in as `pre_video_id`, a new video with its own ID comes out. Vendor page: "Update Video Audio". */
export function updateAudioBody(preVideoId: VideoId, audioType: AudioType, audioUrl: string | undefined): JsonRecord {
	return withoutUndefined({ pre_video_id: preVideoId, audio_type: audioType, audio_url: audioUrl });
}

/** The body of results and delete: one text with commas. A list, or the key `ids`, is refused by Akool. */
export function idsBody(ids: readonly VideoId[]): JsonRecord {
	return { _ids: ids.join(',') };
}
