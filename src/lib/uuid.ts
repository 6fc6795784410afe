/** An id as the database writes it: what is none in an address names nothing, and is not asked of the database. */
export const isUuid = (value: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
