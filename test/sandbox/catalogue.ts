// The effects and models that this Akool offers. Rule: the forms that real answers have stay in the list, odd ones above all (an empty
// resolutionList, generate_audio as null, true or an object, resolutions like "768P"), since they are what breaks a client.
import { MODELS } from './models';
import { isRecord } from './values';
import type { EffectEntry, Model } from './types';

export { MODELS };

const EFFECTS_CREATED_MS = 1752576694502;
const DEFAULT_MODEL = 'AkoolImage2VideoFastV1';

/** The first three are documented, the others are invented. */
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
	{ _id: '687632c65a0f52799eeeda10', name: 'Explode', effect_code: 'explode_31870254' },
	{ _id: '687632c75a0f52799eeeda11', name: 'Levitate', effect_code: 'levitate_88120463' },
	{ _id: '687632c85a0f52799eeeda12', name: 'Claymation', effect_code: 'claymation_54019327' },
	{ _id: '687632c95a0f52799eeeda13', name: 'Paper Cutout', effect_code: 'paper_cutout_70936128' },
	{ _id: '687632ca5a0f52799eeeda14', name: 'Gold Pour', effect_code: 'gold_pour_12785640' },
	{ _id: '687632cb5a0f52799eeeda15', name: 'Frost', effect_code: 'frost_96340215' },
	{ _id: '687632cc5a0f52799eeeda16', name: 'Bloom', effect_code: 'bloom_27461893' },
	{ _id: '687632cd5a0f52799eeeda17', name: 'Unboxing', effect_code: 'unboxing_83015476' },
	{ _id: '687632ce5a0f52799eeeda18', name: 'Liquid Splash', effect_code: 'liquid_splash_45297810' },
	{ _id: '687632cf5a0f52799eeeda19', name: 'Turntable', effect_code: 'turntable_61904372' },
	{ _id: '687632d05a0f52799eeeda1a', name: 'Neon Sign', effect_code: 'neon_sign_39058162' },
	{ _id: '687632d15a0f52799eeeda1b', name: 'Parallax', effect_code: 'parallax_72648095' },
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

/** Whether a model that a test added says enough to be ordered with. */
function isModel(entry: unknown): entry is Model {
	return (
		isRecord(entry) &&
		typeof entry['value'] === 'string' &&
		Array.isArray(entry['resolutionList']) &&
		Array.isArray(entry['durationList'])
	);
}

/** @param extra what a test added to the list */
export const findModel = (extra: readonly unknown[], value = DEFAULT_MODEL): Model | undefined =>
	[...MODELS, ...extra.filter(isModel)].find((model) => model.value === value);
