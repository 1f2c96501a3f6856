import { cleanFileName, fileNamesFor } from '../../nodes/AkoolImageToVideo/items/fileNames';

describe('the name of a file', () => {
	it.each([
		['a plain one', 'Summer bottle', 'Summer bottle'],
		['its ending is added later', 'bottle.mp4', 'bottle'],
		['an ending in capitals', 'BOTTLE.MP4', 'BOTTLE'],
		['an ending and a dot', 'bottle.mp4.', 'bottle'],
		['the ending of another video', 'bottle.mov', 'bottle'],
		['a version is no ending', 'bottle v1.5', 'bottle v1.5'],
		['another ending stays', 'bottle.final', 'bottle.final'],
		['a path', '../../etc/passwd', '_.._etc_passwd'],
		['a Windows path', String.raw`C:\Videos\bottle`, 'C_Videos_bottle'],
		['what Windows does not allow', 'a<b>c:d"e|f?g*h', 'a_b_c_d_e_f_g_h'],
		['control characters and line breaks', 'a\u0000b\nc\u202Ed', 'a_b_c_d'],
		['half a character', 'a\uD800b', 'a_b'],
		['dots at the beginning, which hide a file', '...hidden', 'hidden'],
		['dots and blanks at the end', 'bottle. . ', 'bottle'],
		['dots before the ending', 'bottle...mp4', 'bottle'],
		['a device of Windows', 'CON', '_CON'],
		['a device with an ending', 'com1.txt', '_com1.txt'],
		['no device', 'console', 'console'],
		['other languages', 'Flasche für Ärzte 瓶子', 'Flasche für Ärzte 瓶子'],
	])('%s', (_, wanted, cleaned) => {
		expect(cleanFileName(wanted)).toBe(cleaned);
	});

	it.each(['', ' ', '...', '/', '.mp4', '\u0000', '___'])('is undefined if nothing is left of %j', (wanted) => {
		expect(cleanFileName(wanted)).toBeUndefined();
	});

	it('fits every disk, and cuts no character in two', () => {
		const name = cleanFileName('瓶'.repeat(500)) ?? '';
		expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
		expect(name).toMatch(/^瓶+$/u);
		expect(cleanFileName('😀'.repeat(500))).toMatch(/^(?:😀)+$/u);
	});

	it('is numbered if several videos want it, in capitals or not', () => {
		const names = fileNamesFor(['bottle', undefined, 'Bottle.mp4', 'bottle-2', 'bottle', '...']);
		expect(names).toEqual(['bottle', undefined, 'Bottle-2', 'bottle-2-2', 'bottle-3', undefined]);
	});
});
