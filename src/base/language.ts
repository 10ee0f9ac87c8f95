/** The two languages of the product; every text exists in both. */
export type Language = 'nl' | 'en';
export type Text = Readonly<Record<Language, string>>;
