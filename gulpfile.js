// Lays icons, codex files and output schemas beside the compiled code, where n8n looks for them.
const { dest, src } = require('gulp');

const ASSETS = [
	'nodes/**/*.{png,svg}',
	'nodes/**/*.node.json',
	'nodes/**/__schema__/**/*.json',
	'credentials/**/*.{png,svg}',
];

exports.default = function assets() {
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
};
