// Akool's effects: ready-made motions that replace the prompt. A code is opaque; what is shown is the name.

import { isRecord, numberOf, textOf, type JsonRecord } from './json';
import { rowsOf } from './rows';

export interface Effect {
	code: string;
	name: string;
	logoUrl: string | undefined;
	previewUrl: string | undefined;
	id: string | undefined;
	createTimeMs: number | undefined;
	raw: JsonRecord;
}

/** Reads the list of effects; entries without a code cannot be used and are left out. Vendor page: "Get Available Effects". */
export function parseEffects(data: unknown): Effect[] {
	return (rowsOf(data) ?? []).filter(isRecord).flatMap((row) => {
		const code = textOf(row, 'effect_code');
		if (code === undefined) return [];
		return {
			code,
			name: textOf(row, 'name') ?? code,
			logoUrl: textOf(row, 'logo'),
			previewUrl: textOf(row, 'video_url'),
			id: textOf(row, '_id'),
			createTimeMs: numberOf(row, 'create_time'),
			raw: row,
		};
	});
}
