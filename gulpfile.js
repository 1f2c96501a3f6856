// What the bundler leaves to be done: icons, codex files and output schemas keep their place under dist/, and the bundled code is indented
// with tabs like its source, which makes the package a tenth smaller.
const { Transform } = require('node:stream');
const { dest, series, src } = require('gulp');

const ASSETS = [
	'nodes/**/*.{png,svg}',
	'nodes/**/*.node.json',
	'nodes/**/__schema__/**/*.json',
	'credentials/**/*.{png,svg}',
];
const COMPILER_INDENT = / {2}/g;

function assets() {
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
}

/** @param {string} code */
function withTabs(code) {
	return code.replace(/^ +/gm, (indent) => indent.replace(COMPILER_INDENT, '\t'));
}

function indent() {
	const tidy = new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			file.contents = Buffer.from(withTabs(file.contents.toString()));
			done(null, file);
		},
	});
	return src('dist/**/*.js').pipe(tidy).pipe(dest('dist'));
}

exports.default = series(assets, indent);
