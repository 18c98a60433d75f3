/** The account and region that the laptop's cloud says it is; moto's are the same. */
export const ACCOUNT_ID = '123456789012';
export const REGION = 'us-east-1';
