/** What the tests use of the format's own validator, which has no types. */
declare module 'gltf-validator' {
  export function validateBytes(
    file: Uint8Array,
    options?: { readonly maxIssues?: number },
  ): Promise<{
    readonly issues: {
      readonly numErrors: number;
      readonly numWarnings: number;
      readonly messages: readonly { readonly code: string; readonly message: string; readonly pointer?: string }[];
    };
    readonly info: { readonly totalTriangleCount: number };
  }>;
}
