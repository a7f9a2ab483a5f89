/** The viewer with what it shows as one script for a page, from source. */
export function viewerBundle(): Promise<string>;
