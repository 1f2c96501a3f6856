// What is used here of n8n's scan, which comes without types.
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	/** `message` and `details` say what was found, or that there was no file to check. */
	export interface ScanResult {
		passed: boolean;
		message?: string;
		details?: string;
	}
	export const SOURCE_FILE_PATTERNS: string[];
	export function analyzePackage(folder: string, filePatterns: string[]): Promise<ScanResult>;
}
