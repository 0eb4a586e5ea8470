import { z } from 'zod';

export { newUsersSchema } from '../contract/admin.ts';

export const registrationSchema = z.strictObject({ name: z.string().trim().min(1).max(200) });
