// Reads who imports whom, from the sources themselves.
'use strict';

const { readdirSync, readFileSync } = require('node:fs');
const { dirname, join, posix, relative } = require('node:path');
const ts = require('typescript');

/** @typedef {{ files: string[], packages: string[] }} Imports `files` are relative to the folder that was read, without extension */

const ROOT = dirname(__dirname);

/** @param {string} folder @returns {string[]} */
function sourcesIn(folder) {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
}

/** All imports below a folder, type-only ones included. @param {string} path @returns {Map<string, Imports>} */
function importsOf(path) {
	const folder = join(ROOT, path);
	/** @type {Map<string, Imports>} */
	const found = new Map();
	for (const name of sourcesIn(folder)) {
		const { importedFiles } = ts.preProcessFile(readFileSync(join(folder, name), 'utf8'), true, true);
		/** @type {Imports} */
		const imports = { files: [], packages: [] };
		for (const { fileName } of importedFiles) {
			if (fileName.startsWith('.')) imports.files.push(relative(folder, join(folder, dirname(name), fileName)));
			else imports.packages.push(fileName);
		}
		found.set(posix.normalize(name.replace(/\.ts$/, '')), imports);
	}
	return found;
}

/** Every file that comes back to itself, with the way. @param {Map<string, Imports>} imports */
function importCircles(imports) {
	/** @type {string[]} */
	const circles = [];
	/** @type {Set<string>} */
	const done = new Set();
	/** @param {string} file @param {string[]} way */
	const walk = (file, way) => {
		if (way.includes(file)) return void circles.push([...way.slice(way.indexOf(file)), file].join(' -> '));
		if (done.has(file)) return;
		for (const target of imports.get(file)?.files ?? []) walk(target, [...way, file]);
		done.add(file);
	};
	for (const file of imports.keys()) walk(file, []);
	return circles;
}

module.exports = { importCircles, importsOf };
