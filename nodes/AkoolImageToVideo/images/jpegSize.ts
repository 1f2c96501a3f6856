// Reads the size of a JPEG from its frame header. Pure.

interface Size {
	width: number;
	height: number;
}

const PREFIX = 0xff;
/** Markers without a length. */
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
/** Frame headers, without the tables that share their range of numbers. */
const isFrame = (marker: number): boolean =>
	marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const SCAN = 0xda;

/** The size in pixels; undefined where the frame header is not in these bytes. */
export function jpegSize(bytes: Buffer): Size | undefined {
	let at = 2;
	while (at + 9 <= bytes.length) {
		const marker = bytes.readUInt8(at + 1);
		if (bytes.readUInt8(at) !== PREFIX || marker === SCAN) return undefined;
		// Fill bytes may stand before a marker.
		if (marker === PREFIX || isAlone(marker)) {
			at += marker === PREFIX ? 1 : 2;
			continue;
		}
		if (isFrame(marker)) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
		at += 2 + bytes.readUInt16BE(at + 2);
	}
	return undefined;
}
