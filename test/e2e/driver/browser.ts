// Owns the browser: the system's own Chromium. Rule: it talks to this machine only, and keeps no profile.
import { access } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { ScriptError } from '../../../scripts/lib/steps';
import type { BrowserContext } from 'playwright-core';

const PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--autoplay-policy=no-user-gesture-required',
];
const OWN_HOSTS = ['127.0.0.1', 'localhost'];
/** As large as that of a laptop. */
export const WINDOW = { width: 1440, height: 900 };
const PLAY_TIMEOUT_MS = 120_000;

/** @returns path of a Chromium or Chrome on this machine */
export async function findChromium(): Promise<string | undefined> {
	for (const place of PLACES) {
		const there = await access(place).then(
			() => true,
			() => false,
		);
		if (there) return place;
	}
	return undefined;
}

/**
 * @returns path of a Chromium or Chrome
 * @throws {ScriptError} when there is none
 */
export async function requireChromium(): Promise<string> {
	const place = await findChromium();
	if (place !== undefined) return place;
	throw new ScriptError(
		'This needs Chromium, and none was found.',
		'On Debian and Ubuntu: apt-get install -y chromium',
	);
}

export interface BrowserOptions {
	pixelRatio?: number;
	names?: Readonly<Record<string, string>>;
}

function namesFlag(names: Readonly<Record<string, string>>): string[] {
	const rules = Object.entries(names).map(([host, place]) => `MAP ${host} ${place}`);
	return rules.length === 0 ? [] : [`--host-resolver-rules=${rules.join(', ')}`];
}

/**
 * Opens a browser window that reaches no host but this machine.
 * @param options `pixelRatio`: how many pixels of an image stand for one of the screen; `names`: hosts that are servers of this machine here, and where
 *   each listens, such as `{ 'shop.example.com': '127.0.0.1:4510' }`
 * @throws {ScriptError} when there is no Chromium
 */
export async function openBrowser({ pixelRatio = 1, names = {} }: BrowserOptions = {}): Promise<{
	context: BrowserContext;
	close: () => Promise<void>;
}> {
	const executablePath = await requireChromium();
	const browser = await chromium.launch({
		executablePath,
		args: [...FLAGS, ...namesFlag(names)],
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
	});
	const context = await browser.newContext({ viewport: WINDOW, deviceScaleFactor: pixelRatio });
	await context.route(
		(url) => url.protocol.startsWith('http') && ![...OWN_HOSTS, ...Object.keys(names)].includes(url.hostname),
		async (route) => await route.abort(),
	);
	return { context, close: async () => await browser.close() };
}

/**
 * Plays a video file until its frames have moved.
 * @throws {Error} when the browser cannot play it
 */
export async function playInBrowser(path: string) {
	const { context, close } = await openBrowser();
	try {
		const page = await context.newPage();
		await page.goto(pathToFileURL(path).href);
		// play() is not awaited: for a file that has no end it never settles.
		await page.locator('video').evaluate(
			(video) => {
				video.muted = true;
				void video.play().catch(() => undefined);
			},
			undefined,
			{ timeout: PLAY_TIMEOUT_MS },
		);
		await page.waitForFunction('document.querySelector("video").currentTime > 0.1', undefined, {
			timeout: PLAY_TIMEOUT_MS,
		});
	} catch (error) {
		throw new Error(`Chromium cannot play ${path}: ${error instanceof Error ? error.message : error}`, {
			cause: error,
		});
	} finally {
		await close();
	}
}
