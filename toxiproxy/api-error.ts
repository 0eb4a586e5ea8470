// An answer of the API that is not a success: its status and the text clients of the real server know.

export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

export const badRequestBody = (reason: string): ApiError => new ApiError(400, `bad request body: ${reason}`);
export const missingField = (field: string): ApiError => new ApiError(400, `missing required field: ${field}`);
export const invalidStream = (): ApiError =>
  new ApiError(400, 'stream was invalid, can be either upstream or downstream');
export const invalidToxicType = (): ApiError => new ApiError(400, 'invalid toxic type');
export const proxyNotFound = (): ApiError => new ApiError(404, 'proxy not found');
export const toxicNotFound = (): ApiError => new ApiError(404, 'toxic not found');
export const proxyExists = (): ApiError => new ApiError(409, 'proxy already exists');
export const toxicExists = (): ApiError => new ApiError(409, 'toxic already exists');

/** Whatever has no status of its own is a 500 with the bare text, as on the real server. */
export const toApiError = (cause: unknown): ApiError => {
  if (cause instanceof ApiError) return cause;
  return new ApiError(500, cause instanceof Error ? cause.message : String(cause), { cause });
};
