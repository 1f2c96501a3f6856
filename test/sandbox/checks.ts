// Which request bodies Akool takes. Rule: what the vendor's tables call required is required here, so that a client which leaves it out fails
// here and not at Akool. Refusals marked "invented" are where the vendor says what is allowed but not what happens otherwise.
import { findEffect, findModel } from './catalogue';
import { Refusal } from './codes';
import { isRecord, splitIds } from './values';
import type { Model, Settings } from './types';

type Body = Record<string, unknown>;

const CREATE_RESOLUTIONS = ['720p', '1080p', '4k'];
const CREATE_LENGTHS_SECONDS = [5, 10];
const PRO_LENGTH_SECONDS = 10;
const MOST_VIDEOS_OF_BATCH = 10;
const AUDIO_UPLOADED = 2;

function require1003(fine: boolean, msg?: string): asserts fine {
	if (!fine) throw new Refusal(1003, msg);
}

function text(body: Body, name: string) {
	const value = body[name];
	require1003(typeof value === 'string' && value !== '');
	return value;
}

/** May be empty, may be absent. */
function optionalText(body: Body, name: string) {
	const value = body[name];
	require1003(value === undefined || typeof value === 'string');
	return value;
}

function optionalFlag(body: Body, name: string) {
	const value = body[name];
	require1003(value === undefined || typeof value === 'boolean');
	return value;
}

/** One of a list of numbers; a number in quotes is not one. */
function oneOf(body: Body, name: string, allowed: readonly number[]) {
	const value = body[name];
	require1003(typeof value === 'number' && allowed.includes(value));
	return value;
}

/** Akool fetches by http(s) only; that it refuses others at once is invented. */
function link(body: Body, name: string) {
	const value = text(body, name);
	require1003(/^https?:\/\//i.test(value));
	return value;
}

/** An effect by its code; "" is none. That an unknown one is refused is invented. */
function effectOf(body: Body) {
	const code = optionalText(body, 'effect_code');
	if (code === undefined || code === '') return undefined;
	const effect = findEffect(code);
	if (!effect) throw new Refusal(1008);
	return effect;
}

/** The checks that both creates share. */
function readCommon(body: Body) {
	return {
		image_url: link(body, 'image_url'),
		prompt: text(body, 'prompt'),
		extend_prompt: optionalFlag(body, 'extend_prompt') ?? false,
		// Only the lower-case name counts: `webhookUrl` in a request is what the answers call it, and is ignored.
		webhookUrl: optionalText(body, 'webhookurl') ?? '',
	};
}

/** Body of "Create Image to Video". */
export function readCreate(body: Body, subscribed: boolean) {
	const audio_type = oneOf(body, 'audio_type', [1, AUDIO_UPLOADED, 3]);
	const audio_url = audio_type === AUDIO_UPLOADED ? link(body, 'audio_url') : optionalText(body, 'audio_url');
	const negative_prompt = optionalText(body, 'negative_prompt');
	require1003(negative_prompt !== undefined);
	const resolution = text(body, 'resolution');
	require1003(CREATE_RESOLUTIONS.includes(resolution));
	const lengthSeconds = oneOf(body, 'video_length', CREATE_LENGTHS_SECONDS);
	const premium = optionalFlag(body, 'is_premium_model') ?? false;
	if (!subscribed && (premium || lengthSeconds === PRO_LENGTH_SECONDS)) throw new Refusal(1213);
	const effect = effectOf(body);
	return {
		lengthSeconds,
		fields: {
			...readCommon(body),
			negative_prompt,
			resolution,
			audio_type,
			audio_url,
			effect_code: effect?.effect_code,
			effect_name: effect?.name,
		},
	};
}

const isAudioRequired = ({ generate_audio }: Model) =>
	generate_audio !== null && typeof generate_audio === 'object' && generate_audio.required;

/** Body of "Create Batch Image to Video". */
export function readBatch(body: Body, { subscribed, extraModels }: Settings) {
	const common = readCommon(body);
	const model = findModel(extraModels, optionalText(body, 'model_name'));
	// Invented: every refusal that comes from the model's own entry.
	require1003(model !== undefined, 'model_name is not supported');
	if (!subscribed && model.requiresPay) throw new Refusal(1213);
	const resolution = optionalText(body, 'resolution');
	const offered = model.resolutionList.find(({ value }) => value === resolution);
	// A model without a list takes any resolution or none: the vendor's own examples leave it out, its demo sends "1080p".
	require1003(offered !== undefined || model.resolutionList.length === 0, 'resolution is not supported by this model');
	const lengthSeconds = oneOf(body, 'video_length', model.durationList);
	const last_image_url = body['last_image_url'] === undefined ? undefined : link(body, 'last_image_url');
	require1003(
		last_image_url === undefined || model.supportedLastFrame,
		'last_image_url is not supported by this model',
	);
	const count = body['count'] ?? 1;
	require1003(typeof count === 'number' && Number.isInteger(count) && count >= 1);
	require1003(count <= Math.min(MOST_VIDEOS_OF_BATCH, model.maxCount), 'count is too large');
	return {
		count,
		lengthSeconds,
		unitCredits: offered?.unit_credit,
		// Audio that the model requires is charged even if it was not ordered (invented).
		audio: optionalFlag(body, 'generate_audio') === true || isAudioRequired(model) ? model.generate_audio : null,
		fields: {
			...common,
			negative_prompt: optionalText(body, 'negative_prompt') ?? '',
			resolution,
			last_image_url,
			model_name: model.value,
		},
	};
}

/** Body of "Update Video Audio". */
export function readAudio(body: Body) {
	const audio_type = oneOf(body, 'audio_type', [1, AUDIO_UPLOADED]);
	const audio_url = audio_type === AUDIO_UPLOADED ? link(body, 'audio_url') : optionalText(body, 'audio_url');
	return { pre_video_id: text(body, 'pre_video_id'), audio_type, audio_url };
}

/** The `_ids` of results and delete: one comma-separated string; an array or the key `ids` is refused. */
export function readIds(body: Body, msg?: string) {
	const ids = body['_ids'];
	require1003(typeof ids === 'string' && ids.trim() !== '', msg);
	return splitIds(ids);
}

/** A JSON object, or nothing at all: Akool then misses its fields one by one. */
export const asBody = (body: unknown): Body => (isRecord(body) ? body : {});
