// The effects and models that this Akool offers. Rule: the shapes seen in the wild stay in the list, odd ones above all (an empty
// resolutionList, generate_audio as null, true or an object, resolutions like "768P"), for they are what breaks a client.
import type { EffectEntry, Model, Resolution } from './types';

const IMAGE_TO_VIDEO = 1501;
const EFFECTS_CREATED_MS = 1752576694502;
const DEFAULT_MODEL = 'AkoolImage2VideoFastV1';

/** The first three are documented, the others are made up. */
export const EFFECTS: readonly EffectEntry[] = [
	{ _id: '687632b95a0f52799eeed701', name: 'Squish', effect_code: 'squish_89244231312' },
	{ _id: '687632ba5a0f52799eeed887', name: 'Cakeify', effect_code: 'cakeify_24743216' },
	{ _id: '687632bc5a0f52799eeed929', name: 'Samurai', effect_code: 'samurai_99757865' },
	{ _id: '687632bd5a0f52799eeeda01', name: 'Inflate', effect_code: 'inflate_51820447' },
	{ _id: '687632be5a0f52799eeeda02', name: 'Melt', effect_code: 'melt_30977152' },
	{ _id: '687632bf5a0f52799eeeda03', name: 'Crush', effect_code: 'crush_77410268' },
	{ _id: '687632c05a0f52799eeeda04', name: '360 Rotation', effect_code: '360_rotation_66120934' },
	{ _id: '687632c15a0f52799eeeda05', name: 'Zoom Call', effect_code: 'zoom_call_18256093' },
	{ _id: '687632c25a0f52799eeeda06', name: 'Balloon', effect_code: 'balloon_43902871' },
	{ _id: '687632c35a0f52799eeeda07', name: 'Snow Globe', effect_code: 'snow_globe_90517326' },
	{ _id: '687632c45a0f52799eeeda08', name: 'Pixelate', effect_code: 'pixelate_25680914' },
	{ _id: '687632c55a0f52799eeeda09', name: 'Café Noir', effect_code: 'cafe_noir_61348027' },
];

const resolution = (value: string, width: number, height: number, unit_credit: number): Resolution => ({
	label: value,
	value,
	width,
	height,
	unit_credit,
});

/** What most models share; each entry below says only how it differs. */
const PLAIN = {
	type: IMAGE_TO_VIDEO,
	isPro: false,
	generate_audio: null,
	durationList: [5, 10],
	requiresPay: false,
	supportedLastFrame: false,
	supportedExtendPrompt: false,
	maxImageCount: 1,
	maxCount: 10,
};

const AKOOL_RESOLUTIONS = [
	resolution('720p', 1280, 720, 5),
	resolution('1080p', 1920, 1080, 10),
	resolution('4k', 3840, 2160, 20),
];

export const MODELS: readonly Model[] = [
	{
		...PLAIN,
		sort: 100,
		group: 'akool',
		provider: 'akool',
		label: 'Akool Image2Video Fast V1',
		value: DEFAULT_MODEL,
		description: "Fast image to video generation with Akool's AI",
		resolutionList: AKOOL_RESOLUTIONS,
	},
	{
		...PLAIN,
		sort: 98,
		group: 'akool',
		provider: 'akool',
		label: 'Akool Premium',
		value: 'AkoolImage2VideoHDV1',
		description: 'Image to video in high detail',
		resolutionList: AKOOL_RESOLUTIONS,
		isPro: true,
		requiresPay: true,
	},
	{
		...PLAIN,
		sort: 95,
		group: 'seedance',
		provider: 'seedance',
		label: 'Seedance Lite Image2Video',
		value: 'seedance-1-0-lite-i2v-250428',
		description: 'Seedance Lite model for image to video generation',
		resolutionList: [
			resolution('480p', 854, 480, 3),
			resolution('720p', 1280, 720, 5),
			resolution('1080p', 1920, 1080, 10),
		],
		supportedLastFrame: true,
	},
	{
		...PLAIN,
		sort: 92,
		group: 'seedance',
		provider: 'seedance',
		label: 'Seedance 2.0 Fast',
		value: 'doubao-seedance-2-0-fast-260128/image-to-video',
		description: 'Video and audio together',
		resolutionList: [resolution('720p', 1280, 720, 12), resolution('1280x720', 1280, 720, 12)],
		generate_audio: { required: false, type: true, default: false, extra_credit_multiplier: 1.25 },
		durationList: [4, 8, 12],
		supportedLastFrame: true,
		supportedExtendPrompt: true,
		maxCount: 2,
	},
	{
		...PLAIN,
		sort: 90,
		group: 'kwaivgi-kling-v3.0-std',
		provider: 'kwaivgi',
		label: 'Kling V3.0 Standard',
		value: 'kwaivgi/kling-v3.0-std/image-to-video',
		description: 'Core Kling quality, balanced performance',
		resolutionList: [],
		isPro: true,
		generate_audio: true,
		durationList: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
		requiresPay: true,
		supportedLastFrame: true,
		maxCount: 4,
	},
	{
		...PLAIN,
		sort: 80,
		group: 'minimax',
		provider: 'minimax',
		label: 'MiniMax Hailuo 2.3',
		value: 'MiniMax-Hailuo-2.3/image-to-video',
		description: 'Cinematic motion',
		resolutionList: [resolution('768P', 1366, 768, 8), resolution('1080P', 1920, 1080, 15)],
		durationList: [6, 10],
		requiresPay: true,
		maxCount: 4,
	},
];

/** As the effects endpoint lists them. @param url the sandbox's own address, where logos and previews live */
export function effectRows(url: string) {
	return EFFECTS.map(({ _id, name, effect_code }) => ({
		_id,
		create_time: EFFECTS_CREATED_MS,
		logo: `${url}/files/effects/${effect_code}.png`,
		name,
		video_url: `${url}/files/effects/${effect_code}.mp4`,
		effect_code,
	}));
}

export const findEffect = (code: string) => EFFECTS.find((effect) => effect.effect_code === code);

export const findModel = (value: string | undefined = DEFAULT_MODEL) => MODELS.find((model) => model.value === value);
