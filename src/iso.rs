//! Code tables that the specification refers to: ISO 4217 currencies, ISO 3166-1 countries,
//! ISO 639-1 languages and ISO 18245 merchant categories.
//!
//! The tables are plain constants. Names are the usual short English ones; they are there to be
//! shown to people, are no part of the standards' wording, and say nothing about the status of a
//! territory.
//!
//! ```
//! use emvqr::iso;
//!
//! let riel = iso::currency(116).map(|record| (record.alphabetic, record.exponent));
//! assert_eq!(riel, Some(("KHR", Some(2))));
//! assert_eq!(iso::country("kh").map(|record| record.name), Some("Cambodia"));
//! assert_eq!(iso::language("km").map(|record| record.name), Some("Khmer"));
//! assert_eq!(iso::category(5812).map(|record| record.name), Some("Restaurants"));
//! ```

/// A currency, fund or precious metal of ISO 4217.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrencyRecord {
    /// Numeric code, 1 to 999, written with three digits.
    pub numeric: u16,
    /// Alphabetic code: three upper-case letters.
    pub alphabetic: &'static str,
    /// Digits after the decimal point in the minor unit; `None` where ISO 4217 defines no minor unit.
    pub exponent: Option<u8>,
    /// Short English name.
    pub name: &'static str,
}

/// A country or territory with a code in ISO 3166-1.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountryRecord {
    /// Alpha-2 code: two upper-case letters.
    pub alpha2: &'static str,
    /// Short English name.
    pub name: &'static str,
}

/// A language with a two-letter code in ISO 639-1.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LanguageRecord {
    /// Two-letter code: two lower-case letters.
    pub alpha2: &'static str,
    /// English name.
    pub name: &'static str,
}

/// A merchant category of ISO 18245.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategoryRecord {
    /// Category code, 1 to 9999, written with four digits.
    pub code: u16,
    /// Short English description.
    pub name: &'static str,
}

const fn cur(numeric: u16, alphabetic: &'static str, exponent: u8, name: &'static str) -> CurrencyRecord {
    CurrencyRecord { numeric, alphabetic, exponent: Some(exponent), name }
}

const fn unit(numeric: u16, alphabetic: &'static str, name: &'static str) -> CurrencyRecord {
    CurrencyRecord { numeric, alphabetic, exponent: None, name }
}

const fn land(alpha2: &'static str, name: &'static str) -> CountryRecord {
    CountryRecord { alpha2, name }
}

const fn lang(alpha2: &'static str, name: &'static str) -> LanguageRecord {
    LanguageRecord { alpha2, name }
}

const fn cat(code: u16, name: &'static str) -> CategoryRecord {
    CategoryRecord { code, name }
}

/// ISO 4217 currencies, ascending by numeric code: the active list as of amendment 180
/// (1 January 2026).
///
/// Five codes that have left the active list since 2021 stay in, because printed codes outlive a
/// currency: `HRK` (191), `SLL` (694), `CUC` (931), `ZWL` (932) and `BGN` (975). No other withdrawn
/// code is here. `ANG` shared the number 532 with its successor `XCG`, so only `XCG` is found.
/// Exponents are those of ISO 4217, which are not always the ones that a country's cash or
/// acquirers use.
#[rustfmt::skip]
pub const CURRENCIES: &[CurrencyRecord] = &[
    cur(8, "ALL", 2, "Albanian lek"),
    cur(12, "DZD", 2, "Algerian dinar"),
    cur(32, "ARS", 2, "Argentine peso"),
    cur(36, "AUD", 2, "Australian dollar"),
    cur(44, "BSD", 2, "Bahamian dollar"),
    cur(48, "BHD", 3, "Bahraini dinar"),
    cur(50, "BDT", 2, "Bangladeshi taka"),
    cur(51, "AMD", 2, "Armenian dram"),
    cur(52, "BBD", 2, "Barbadian dollar"),
    cur(60, "BMD", 2, "Bermudian dollar"),
    cur(64, "BTN", 2, "Bhutanese ngultrum"),
    cur(68, "BOB", 2, "Bolivian boliviano"),
    cur(72, "BWP", 2, "Botswana pula"),
    cur(84, "BZD", 2, "Belize dollar"),
    cur(90, "SBD", 2, "Solomon Islands dollar"),
    cur(96, "BND", 2, "Brunei dollar"),
    cur(104, "MMK", 2, "Myanmar kyat"),
    cur(108, "BIF", 0, "Burundian franc"),
    cur(116, "KHR", 2, "Cambodian riel"),
    cur(124, "CAD", 2, "Canadian dollar"),
    cur(132, "CVE", 2, "Cape Verdean escudo"),
    cur(136, "KYD", 2, "Cayman Islands dollar"),
    cur(144, "LKR", 2, "Sri Lankan rupee"),
    cur(152, "CLP", 0, "Chilean peso"),
    cur(156, "CNY", 2, "Chinese yuan"),
    cur(170, "COP", 2, "Colombian peso"),
    cur(174, "KMF", 0, "Comorian franc"),
    cur(188, "CRC", 2, "Costa Rican colón"),
    cur(191, "HRK", 2, "Croatian kuna"),
    cur(192, "CUP", 2, "Cuban peso"),
    cur(203, "CZK", 2, "Czech koruna"),
    cur(208, "DKK", 2, "Danish krone"),
    cur(214, "DOP", 2, "Dominican peso"),
    cur(222, "SVC", 2, "Salvadoran colón"),
    cur(230, "ETB", 2, "Ethiopian birr"),
    cur(232, "ERN", 2, "Eritrean nakfa"),
    cur(238, "FKP", 2, "Falkland Islands pound"),
    cur(242, "FJD", 2, "Fijian dollar"),
    cur(262, "DJF", 0, "Djiboutian franc"),
    cur(270, "GMD", 2, "Gambian dalasi"),
    cur(292, "GIP", 2, "Gibraltar pound"),
    cur(320, "GTQ", 2, "Guatemalan quetzal"),
    cur(324, "GNF", 0, "Guinean franc"),
    cur(328, "GYD", 2, "Guyanese dollar"),
    cur(332, "HTG", 2, "Haitian gourde"),
    cur(340, "HNL", 2, "Honduran lempira"),
    cur(344, "HKD", 2, "Hong Kong dollar"),
    cur(348, "HUF", 2, "Hungarian forint"),
    cur(352, "ISK", 0, "Icelandic króna"),
    cur(356, "INR", 2, "Indian rupee"),
    cur(360, "IDR", 2, "Indonesian rupiah"),
    cur(364, "IRR", 2, "Iranian rial"),
    cur(368, "IQD", 3, "Iraqi dinar"),
    cur(376, "ILS", 2, "Israeli new shekel"),
    cur(388, "JMD", 2, "Jamaican dollar"),
    cur(392, "JPY", 0, "Japanese yen"),
    cur(396, "XAD", 2, "Arab accounting dinar"),
    cur(398, "KZT", 2, "Kazakhstani tenge"),
    cur(400, "JOD", 3, "Jordanian dinar"),
    cur(404, "KES", 2, "Kenyan shilling"),
    cur(408, "KPW", 2, "North Korean won"),
    cur(410, "KRW", 0, "South Korean won"),
    cur(414, "KWD", 3, "Kuwaiti dinar"),
    cur(417, "KGS", 2, "Kyrgyzstani som"),
    cur(418, "LAK", 2, "Lao kip"),
    cur(422, "LBP", 2, "Lebanese pound"),
    cur(426, "LSL", 2, "Lesotho loti"),
    cur(430, "LRD", 2, "Liberian dollar"),
    cur(434, "LYD", 3, "Libyan dinar"),
    cur(446, "MOP", 2, "Macanese pataca"),
    cur(454, "MWK", 2, "Malawian kwacha"),
    cur(458, "MYR", 2, "Malaysian ringgit"),
    cur(462, "MVR", 2, "Maldivian rufiyaa"),
    cur(480, "MUR", 2, "Mauritian rupee"),
    cur(484, "MXN", 2, "Mexican peso"),
    cur(496, "MNT", 2, "Mongolian tugrik"),
    cur(498, "MDL", 2, "Moldovan leu"),
    cur(504, "MAD", 2, "Moroccan dirham"),
    cur(512, "OMR", 3, "Omani rial"),
    cur(516, "NAD", 2, "Namibian dollar"),
    cur(524, "NPR", 2, "Nepalese rupee"),
    cur(532, "XCG", 2, "Caribbean guilder"),
    cur(533, "AWG", 2, "Aruban florin"),
    cur(548, "VUV", 0, "Vanuatu vatu"),
    cur(554, "NZD", 2, "New Zealand dollar"),
    cur(558, "NIO", 2, "Nicaraguan córdoba"),
    cur(566, "NGN", 2, "Nigerian naira"),
    cur(578, "NOK", 2, "Norwegian krone"),
    cur(586, "PKR", 2, "Pakistani rupee"),
    cur(590, "PAB", 2, "Panamanian balboa"),
    cur(598, "PGK", 2, "Papua New Guinean kina"),
    cur(600, "PYG", 0, "Paraguayan guaraní"),
    cur(604, "PEN", 2, "Peruvian sol"),
    cur(608, "PHP", 2, "Philippine peso"),
    cur(634, "QAR", 2, "Qatari riyal"),
    cur(643, "RUB", 2, "Russian rouble"),
    cur(646, "RWF", 0, "Rwandan franc"),
    cur(654, "SHP", 2, "Saint Helena pound"),
    cur(682, "SAR", 2, "Saudi riyal"),
    cur(690, "SCR", 2, "Seychellois rupee"),
    cur(694, "SLL", 2, "Sierra Leonean leone, before redenomination"),
    cur(702, "SGD", 2, "Singapore dollar"),
    cur(704, "VND", 0, "Vietnamese dong"),
    cur(706, "SOS", 2, "Somali shilling"),
    cur(710, "ZAR", 2, "South African rand"),
    cur(728, "SSP", 2, "South Sudanese pound"),
    cur(748, "SZL", 2, "Swazi lilangeni"),
    cur(752, "SEK", 2, "Swedish krona"),
    cur(756, "CHF", 2, "Swiss franc"),
    cur(760, "SYP", 2, "Syrian pound"),
    cur(764, "THB", 2, "Thai baht"),
    cur(776, "TOP", 2, "Tongan paʻanga"),
    cur(780, "TTD", 2, "Trinidad and Tobago dollar"),
    cur(784, "AED", 2, "United Arab Emirates dirham"),
    cur(788, "TND", 3, "Tunisian dinar"),
    cur(800, "UGX", 0, "Ugandan shilling"),
    cur(807, "MKD", 2, "Macedonian denar"),
    cur(818, "EGP", 2, "Egyptian pound"),
    cur(826, "GBP", 2, "Pound sterling"),
    cur(834, "TZS", 2, "Tanzanian shilling"),
    cur(840, "USD", 2, "United States dollar"),
    cur(858, "UYU", 2, "Uruguayan peso"),
    cur(860, "UZS", 2, "Uzbekistani sum"),
    cur(882, "WST", 2, "Samoan tala"),
    cur(886, "YER", 2, "Yemeni rial"),
    cur(901, "TWD", 2, "New Taiwan dollar"),
    cur(924, "ZWG", 2, "Zimbabwe gold"),
    cur(925, "SLE", 2, "Sierra Leonean leone"),
    cur(926, "VED", 2, "Venezuelan digital bolívar"),
    cur(927, "UYW", 4, "Uruguayan nominal wage index unit"),
    cur(928, "VES", 2, "Venezuelan sovereign bolívar"),
    cur(929, "MRU", 2, "Mauritanian ouguiya"),
    cur(930, "STN", 2, "São Tomé and Príncipe dobra"),
    cur(931, "CUC", 2, "Cuban convertible peso"),
    cur(932, "ZWL", 2, "Zimbabwean dollar"),
    cur(933, "BYN", 2, "Belarusian rouble"),
    cur(934, "TMT", 2, "Turkmenistani manat"),
    cur(936, "GHS", 2, "Ghanaian cedi"),
    cur(938, "SDG", 2, "Sudanese pound"),
    cur(940, "UYI", 0, "Uruguayan peso in indexed units"),
    cur(941, "RSD", 2, "Serbian dinar"),
    cur(943, "MZN", 2, "Mozambican metical"),
    cur(944, "AZN", 2, "Azerbaijani manat"),
    cur(946, "RON", 2, "Romanian leu"),
    cur(947, "CHE", 2, "WIR euro"),
    cur(948, "CHW", 2, "WIR franc"),
    cur(949, "TRY", 2, "Turkish lira"),
    cur(950, "XAF", 0, "Central African CFA franc"),
    cur(951, "XCD", 2, "East Caribbean dollar"),
    cur(952, "XOF", 0, "West African CFA franc"),
    cur(953, "XPF", 0, "CFP franc"),
    unit(955, "XBA", "European composite unit"),
    unit(956, "XBB", "European monetary unit"),
    unit(957, "XBC", "European unit of account 9"),
    unit(958, "XBD", "European unit of account 17"),
    unit(959, "XAU", "Gold, troy ounce"),
    unit(960, "XDR", "Special drawing right"),
    unit(961, "XAG", "Silver, troy ounce"),
    unit(962, "XPT", "Platinum, troy ounce"),
    unit(963, "XTS", "Reserved for testing"),
    unit(964, "XPD", "Palladium, troy ounce"),
    unit(965, "XUA", "African Development Bank unit of account"),
    cur(967, "ZMW", 2, "Zambian kwacha"),
    cur(968, "SRD", 2, "Surinamese dollar"),
    cur(969, "MGA", 2, "Malagasy ariary"),
    cur(970, "COU", 2, "Colombian real value unit"),
    cur(971, "AFN", 2, "Afghan afghani"),
    cur(972, "TJS", 2, "Tajikistani somoni"),
    cur(973, "AOA", 2, "Angolan kwanza"),
    cur(975, "BGN", 2, "Bulgarian lev"),
    cur(976, "CDF", 2, "Congolese franc"),
    cur(977, "BAM", 2, "Bosnia and Herzegovina convertible mark"),
    cur(978, "EUR", 2, "Euro"),
    cur(979, "MXV", 2, "Mexican investment unit"),
    cur(980, "UAH", 2, "Ukrainian hryvnia"),
    cur(981, "GEL", 2, "Georgian lari"),
    cur(984, "BOV", 2, "Bolivian mvdol"),
    cur(985, "PLN", 2, "Polish zloty"),
    cur(986, "BRL", 2, "Brazilian real"),
    cur(990, "CLF", 4, "Chilean unit of account"),
    unit(994, "XSU", "Sucre"),
    cur(997, "USN", 2, "United States dollar, next day"),
    unit(999, "XXX", "No currency"),
];

/// The 249 officially assigned ISO 3166-1 codes, ascending by alpha-2 code.
///
/// User-assigned and reserved codes (`XK`, `EU`, `UK` and others) are left out.
#[rustfmt::skip]
pub const COUNTRIES: &[CountryRecord] = &[
    land("AD", "Andorra"),
    land("AE", "United Arab Emirates"),
    land("AF", "Afghanistan"),
    land("AG", "Antigua and Barbuda"),
    land("AI", "Anguilla"),
    land("AL", "Albania"),
    land("AM", "Armenia"),
    land("AO", "Angola"),
    land("AQ", "Antarctica"),
    land("AR", "Argentina"),
    land("AS", "American Samoa"),
    land("AT", "Austria"),
    land("AU", "Australia"),
    land("AW", "Aruba"),
    land("AX", "Åland Islands"),
    land("AZ", "Azerbaijan"),
    land("BA", "Bosnia and Herzegovina"),
    land("BB", "Barbados"),
    land("BD", "Bangladesh"),
    land("BE", "Belgium"),
    land("BF", "Burkina Faso"),
    land("BG", "Bulgaria"),
    land("BH", "Bahrain"),
    land("BI", "Burundi"),
    land("BJ", "Benin"),
    land("BL", "Saint Barthélemy"),
    land("BM", "Bermuda"),
    land("BN", "Brunei"),
    land("BO", "Bolivia"),
    land("BQ", "Bonaire, Sint Eustatius and Saba"),
    land("BR", "Brazil"),
    land("BS", "Bahamas"),
    land("BT", "Bhutan"),
    land("BV", "Bouvet Island"),
    land("BW", "Botswana"),
    land("BY", "Belarus"),
    land("BZ", "Belize"),
    land("CA", "Canada"),
    land("CC", "Cocos (Keeling) Islands"),
    land("CD", "Democratic Republic of the Congo"),
    land("CF", "Central African Republic"),
    land("CG", "Republic of the Congo"),
    land("CH", "Switzerland"),
    land("CI", "Côte d'Ivoire"),
    land("CK", "Cook Islands"),
    land("CL", "Chile"),
    land("CM", "Cameroon"),
    land("CN", "China"),
    land("CO", "Colombia"),
    land("CR", "Costa Rica"),
    land("CU", "Cuba"),
    land("CV", "Cabo Verde"),
    land("CW", "Curaçao"),
    land("CX", "Christmas Island"),
    land("CY", "Cyprus"),
    land("CZ", "Czechia"),
    land("DE", "Germany"),
    land("DJ", "Djibouti"),
    land("DK", "Denmark"),
    land("DM", "Dominica"),
    land("DO", "Dominican Republic"),
    land("DZ", "Algeria"),
    land("EC", "Ecuador"),
    land("EE", "Estonia"),
    land("EG", "Egypt"),
    land("EH", "Western Sahara"),
    land("ER", "Eritrea"),
    land("ES", "Spain"),
    land("ET", "Ethiopia"),
    land("FI", "Finland"),
    land("FJ", "Fiji"),
    land("FK", "Falkland Islands"),
    land("FM", "Micronesia"),
    land("FO", "Faroe Islands"),
    land("FR", "France"),
    land("GA", "Gabon"),
    land("GB", "United Kingdom"),
    land("GD", "Grenada"),
    land("GE", "Georgia"),
    land("GF", "French Guiana"),
    land("GG", "Guernsey"),
    land("GH", "Ghana"),
    land("GI", "Gibraltar"),
    land("GL", "Greenland"),
    land("GM", "Gambia"),
    land("GN", "Guinea"),
    land("GP", "Guadeloupe"),
    land("GQ", "Equatorial Guinea"),
    land("GR", "Greece"),
    land("GS", "South Georgia and the South Sandwich Islands"),
    land("GT", "Guatemala"),
    land("GU", "Guam"),
    land("GW", "Guinea-Bissau"),
    land("GY", "Guyana"),
    land("HK", "Hong Kong"),
    land("HM", "Heard Island and McDonald Islands"),
    land("HN", "Honduras"),
    land("HR", "Croatia"),
    land("HT", "Haiti"),
    land("HU", "Hungary"),
    land("ID", "Indonesia"),
    land("IE", "Ireland"),
    land("IL", "Israel"),
    land("IM", "Isle of Man"),
    land("IN", "India"),
    land("IO", "British Indian Ocean Territory"),
    land("IQ", "Iraq"),
    land("IR", "Iran"),
    land("IS", "Iceland"),
    land("IT", "Italy"),
    land("JE", "Jersey"),
    land("JM", "Jamaica"),
    land("JO", "Jordan"),
    land("JP", "Japan"),
    land("KE", "Kenya"),
    land("KG", "Kyrgyzstan"),
    land("KH", "Cambodia"),
    land("KI", "Kiribati"),
    land("KM", "Comoros"),
    land("KN", "Saint Kitts and Nevis"),
    land("KP", "North Korea"),
    land("KR", "South Korea"),
    land("KW", "Kuwait"),
    land("KY", "Cayman Islands"),
    land("KZ", "Kazakhstan"),
    land("LA", "Laos"),
    land("LB", "Lebanon"),
    land("LC", "Saint Lucia"),
    land("LI", "Liechtenstein"),
    land("LK", "Sri Lanka"),
    land("LR", "Liberia"),
    land("LS", "Lesotho"),
    land("LT", "Lithuania"),
    land("LU", "Luxembourg"),
    land("LV", "Latvia"),
    land("LY", "Libya"),
    land("MA", "Morocco"),
    land("MC", "Monaco"),
    land("MD", "Moldova"),
    land("ME", "Montenegro"),
    land("MF", "Saint Martin"),
    land("MG", "Madagascar"),
    land("MH", "Marshall Islands"),
    land("MK", "North Macedonia"),
    land("ML", "Mali"),
    land("MM", "Myanmar"),
    land("MN", "Mongolia"),
    land("MO", "Macao"),
    land("MP", "Northern Mariana Islands"),
    land("MQ", "Martinique"),
    land("MR", "Mauritania"),
    land("MS", "Montserrat"),
    land("MT", "Malta"),
    land("MU", "Mauritius"),
    land("MV", "Maldives"),
    land("MW", "Malawi"),
    land("MX", "Mexico"),
    land("MY", "Malaysia"),
    land("MZ", "Mozambique"),
    land("NA", "Namibia"),
    land("NC", "New Caledonia"),
    land("NE", "Niger"),
    land("NF", "Norfolk Island"),
    land("NG", "Nigeria"),
    land("NI", "Nicaragua"),
    land("NL", "Netherlands"),
    land("NO", "Norway"),
    land("NP", "Nepal"),
    land("NR", "Nauru"),
    land("NU", "Niue"),
    land("NZ", "New Zealand"),
    land("OM", "Oman"),
    land("PA", "Panama"),
    land("PE", "Peru"),
    land("PF", "French Polynesia"),
    land("PG", "Papua New Guinea"),
    land("PH", "Philippines"),
    land("PK", "Pakistan"),
    land("PL", "Poland"),
    land("PM", "Saint Pierre and Miquelon"),
    land("PN", "Pitcairn Islands"),
    land("PR", "Puerto Rico"),
    land("PS", "Palestine"),
    land("PT", "Portugal"),
    land("PW", "Palau"),
    land("PY", "Paraguay"),
    land("QA", "Qatar"),
    land("RE", "Réunion"),
    land("RO", "Romania"),
    land("RS", "Serbia"),
    land("RU", "Russia"),
    land("RW", "Rwanda"),
    land("SA", "Saudi Arabia"),
    land("SB", "Solomon Islands"),
    land("SC", "Seychelles"),
    land("SD", "Sudan"),
    land("SE", "Sweden"),
    land("SG", "Singapore"),
    land("SH", "Saint Helena, Ascension and Tristan da Cunha"),
    land("SI", "Slovenia"),
    land("SJ", "Svalbard and Jan Mayen"),
    land("SK", "Slovakia"),
    land("SL", "Sierra Leone"),
    land("SM", "San Marino"),
    land("SN", "Senegal"),
    land("SO", "Somalia"),
    land("SR", "Suriname"),
    land("SS", "South Sudan"),
    land("ST", "São Tomé and Príncipe"),
    land("SV", "El Salvador"),
    land("SX", "Sint Maarten"),
    land("SY", "Syria"),
    land("SZ", "Eswatini"),
    land("TC", "Turks and Caicos Islands"),
    land("TD", "Chad"),
    land("TF", "French Southern Territories"),
    land("TG", "Togo"),
    land("TH", "Thailand"),
    land("TJ", "Tajikistan"),
    land("TK", "Tokelau"),
    land("TL", "Timor-Leste"),
    land("TM", "Turkmenistan"),
    land("TN", "Tunisia"),
    land("TO", "Tonga"),
    land("TR", "Türkiye"),
    land("TT", "Trinidad and Tobago"),
    land("TV", "Tuvalu"),
    land("TW", "Taiwan"),
    land("TZ", "Tanzania"),
    land("UA", "Ukraine"),
    land("UG", "Uganda"),
    land("UM", "United States Minor Outlying Islands"),
    land("US", "United States"),
    land("UY", "Uruguay"),
    land("UZ", "Uzbekistan"),
    land("VA", "Vatican City"),
    land("VC", "Saint Vincent and the Grenadines"),
    land("VE", "Venezuela"),
    land("VG", "British Virgin Islands"),
    land("VI", "United States Virgin Islands"),
    land("VN", "Vietnam"),
    land("VU", "Vanuatu"),
    land("WF", "Wallis and Futuna"),
    land("WS", "Samoa"),
    land("YE", "Yemen"),
    land("YT", "Mayotte"),
    land("ZA", "South Africa"),
    land("ZM", "Zambia"),
    land("ZW", "Zimbabwe"),
];

/// The 183 current ISO 639-1 codes and the deprecated `sh`, ascending by code.
///
/// `sh` (Serbo-Croatian) stays in because the ISO 639-3 tables still map it to a language. Codes
/// that were replaced (`in`, `iw`, `ji`, `jw`, `mo`) are left out.
#[rustfmt::skip]
pub const LANGUAGES: &[LanguageRecord] = &[
    lang("aa", "Afar"),
    lang("ab", "Abkhaz"),
    lang("ae", "Avestan"),
    lang("af", "Afrikaans"),
    lang("ak", "Akan"),
    lang("am", "Amharic"),
    lang("an", "Aragonese"),
    lang("ar", "Arabic"),
    lang("as", "Assamese"),
    lang("av", "Avar"),
    lang("ay", "Aymara"),
    lang("az", "Azerbaijani"),
    lang("ba", "Bashkir"),
    lang("be", "Belarusian"),
    lang("bg", "Bulgarian"),
    lang("bi", "Bislama"),
    lang("bm", "Bambara"),
    lang("bn", "Bengali"),
    lang("bo", "Tibetan"),
    lang("br", "Breton"),
    lang("bs", "Bosnian"),
    lang("ca", "Catalan"),
    lang("ce", "Chechen"),
    lang("ch", "Chamorro"),
    lang("co", "Corsican"),
    lang("cr", "Cree"),
    lang("cs", "Czech"),
    lang("cu", "Church Slavonic"),
    lang("cv", "Chuvash"),
    lang("cy", "Welsh"),
    lang("da", "Danish"),
    lang("de", "German"),
    lang("dv", "Dhivehi"),
    lang("dz", "Dzongkha"),
    lang("ee", "Ewe"),
    lang("el", "Greek"),
    lang("en", "English"),
    lang("eo", "Esperanto"),
    lang("es", "Spanish"),
    lang("et", "Estonian"),
    lang("eu", "Basque"),
    lang("fa", "Persian"),
    lang("ff", "Fula"),
    lang("fi", "Finnish"),
    lang("fj", "Fijian"),
    lang("fo", "Faroese"),
    lang("fr", "French"),
    lang("fy", "Western Frisian"),
    lang("ga", "Irish"),
    lang("gd", "Scottish Gaelic"),
    lang("gl", "Galician"),
    lang("gn", "Guarani"),
    lang("gu", "Gujarati"),
    lang("gv", "Manx"),
    lang("ha", "Hausa"),
    lang("he", "Hebrew"),
    lang("hi", "Hindi"),
    lang("ho", "Hiri Motu"),
    lang("hr", "Croatian"),
    lang("ht", "Haitian Creole"),
    lang("hu", "Hungarian"),
    lang("hy", "Armenian"),
    lang("hz", "Herero"),
    lang("ia", "Interlingua"),
    lang("id", "Indonesian"),
    lang("ie", "Interlingue"),
    lang("ig", "Igbo"),
    lang("ii", "Nuosu"),
    lang("ik", "Inupiaq"),
    lang("io", "Ido"),
    lang("is", "Icelandic"),
    lang("it", "Italian"),
    lang("iu", "Inuktitut"),
    lang("ja", "Japanese"),
    lang("jv", "Javanese"),
    lang("ka", "Georgian"),
    lang("kg", "Kongo"),
    lang("ki", "Kikuyu"),
    lang("kj", "Kuanyama"),
    lang("kk", "Kazakh"),
    lang("kl", "Greenlandic"),
    lang("km", "Khmer"),
    lang("kn", "Kannada"),
    lang("ko", "Korean"),
    lang("kr", "Kanuri"),
    lang("ks", "Kashmiri"),
    lang("ku", "Kurdish"),
    lang("kv", "Komi"),
    lang("kw", "Cornish"),
    lang("ky", "Kyrgyz"),
    lang("la", "Latin"),
    lang("lb", "Luxembourgish"),
    lang("lg", "Ganda"),
    lang("li", "Limburgish"),
    lang("ln", "Lingala"),
    lang("lo", "Lao"),
    lang("lt", "Lithuanian"),
    lang("lu", "Luba-Katanga"),
    lang("lv", "Latvian"),
    lang("mg", "Malagasy"),
    lang("mh", "Marshallese"),
    lang("mi", "Māori"),
    lang("mk", "Macedonian"),
    lang("ml", "Malayalam"),
    lang("mn", "Mongolian"),
    lang("mr", "Marathi"),
    lang("ms", "Malay"),
    lang("mt", "Maltese"),
    lang("my", "Burmese"),
    lang("na", "Nauruan"),
    lang("nb", "Norwegian Bokmål"),
    lang("nd", "North Ndebele"),
    lang("ne", "Nepali"),
    lang("ng", "Ndonga"),
    lang("nl", "Dutch"),
    lang("nn", "Norwegian Nynorsk"),
    lang("no", "Norwegian"),
    lang("nr", "South Ndebele"),
    lang("nv", "Navajo"),
    lang("ny", "Nyanja"),
    lang("oc", "Occitan"),
    lang("oj", "Ojibwe"),
    lang("om", "Oromo"),
    lang("or", "Odia"),
    lang("os", "Ossetian"),
    lang("pa", "Punjabi"),
    lang("pi", "Pali"),
    lang("pl", "Polish"),
    lang("ps", "Pashto"),
    lang("pt", "Portuguese"),
    lang("qu", "Quechua"),
    lang("rm", "Romansh"),
    lang("rn", "Rundi"),
    lang("ro", "Romanian"),
    lang("ru", "Russian"),
    lang("rw", "Kinyarwanda"),
    lang("sa", "Sanskrit"),
    lang("sc", "Sardinian"),
    lang("sd", "Sindhi"),
    lang("se", "Northern Sami"),
    lang("sg", "Sango"),
    lang("sh", "Serbo-Croatian"),
    lang("si", "Sinhala"),
    lang("sk", "Slovak"),
    lang("sl", "Slovenian"),
    lang("sm", "Samoan"),
    lang("sn", "Shona"),
    lang("so", "Somali"),
    lang("sq", "Albanian"),
    lang("sr", "Serbian"),
    lang("ss", "Swazi"),
    lang("st", "Sotho"),
    lang("su", "Sundanese"),
    lang("sv", "Swedish"),
    lang("sw", "Swahili"),
    lang("ta", "Tamil"),
    lang("te", "Telugu"),
    lang("tg", "Tajik"),
    lang("th", "Thai"),
    lang("ti", "Tigrinya"),
    lang("tk", "Turkmen"),
    lang("tl", "Tagalog"),
    lang("tn", "Tswana"),
    lang("to", "Tongan"),
    lang("tr", "Turkish"),
    lang("ts", "Tsonga"),
    lang("tt", "Tatar"),
    lang("tw", "Twi"),
    lang("ty", "Tahitian"),
    lang("ug", "Uyghur"),
    lang("uk", "Ukrainian"),
    lang("ur", "Urdu"),
    lang("uz", "Uzbek"),
    lang("ve", "Venda"),
    lang("vi", "Vietnamese"),
    lang("vo", "Volapük"),
    lang("wa", "Walloon"),
    lang("wo", "Wolof"),
    lang("xh", "Xhosa"),
    lang("yi", "Yiddish"),
    lang("yo", "Yoruba"),
    lang("za", "Zhuang"),
    lang("zh", "Chinese"),
    lang("zu", "Zulu"),
];

/// The more common ISO 18245 merchant categories, ascending by code.
///
/// This is a selection: a code that is missing here may well be assigned. `0000`, which stands for
/// no category in some payloads, is not a record.
#[rustfmt::skip]
pub const CATEGORIES: &[CategoryRecord] = &[
    cat(742, "Veterinary care"),
    cat(763, "Farming cooperatives"),
    cat(780, "Gardening and landscaping"),
    cat(1520, "Building contractors"),
    cat(1711, "Heating, plumbing and air conditioning"),
    cat(1731, "Electricians"),
    cat(1750, "Carpenters"),
    cat(1799, "Other building trades"),
    cat(4011, "Rail freight"),
    cat(4111, "Local and commuter transport"),
    cat(4112, "Passenger trains"),
    cat(4119, "Ambulances"),
    cat(4121, "Taxis"),
    cat(4131, "Buses and coaches"),
    cat(4214, "Road freight and removals"),
    cat(4215, "Couriers"),
    cat(4225, "Warehousing and storage"),
    cat(4411, "Cruises"),
    cat(4457, "Boat hire"),
    cat(4511, "Airlines"),
    cat(4582, "Airports"),
    cat(4722, "Travel agencies and tours"),
    cat(4784, "Road and bridge tolls"),
    cat(4789, "Other transport"),
    cat(4812, "Telephones and telephone equipment"),
    cat(4814, "Telecommunication services"),
    cat(4816, "Online and network services"),
    cat(4829, "Money transfers"),
    cat(4899, "Pay television and radio"),
    cat(4900, "Electricity, gas, water and waste"),
    cat(5013, "Vehicle parts, wholesale"),
    cat(5039, "Building materials, wholesale"),
    cat(5045, "Computers, wholesale"),
    cat(5047, "Medical and dental equipment"),
    cat(5065, "Electrical parts, wholesale"),
    cat(5072, "Hardware, wholesale"),
    cat(5094, "Precious metals and stones, wholesale"),
    cat(5111, "Stationery and office supplies, wholesale"),
    cat(5122, "Medicines, wholesale"),
    cat(5137, "Uniforms and clothing, wholesale"),
    cat(5192, "Books and newspapers, wholesale"),
    cat(5193, "Flowers and plants, wholesale"),
    cat(5199, "Other non-durable goods, wholesale"),
    cat(5200, "Home supply warehouses"),
    cat(5211, "Building materials and timber"),
    cat(5231, "Paint, glass and wallpaper"),
    cat(5251, "Hardware shops"),
    cat(5261, "Garden centres"),
    cat(5300, "Wholesale clubs"),
    cat(5309, "Duty-free shops"),
    cat(5310, "Discount shops"),
    cat(5311, "Department stores"),
    cat(5331, "Variety stores"),
    cat(5399, "General merchandise"),
    cat(5411, "Supermarkets and grocers"),
    cat(5422, "Butchers and frozen meat"),
    cat(5441, "Sweets and nuts"),
    cat(5451, "Dairy products"),
    cat(5462, "Bakeries"),
    cat(5499, "Convenience and speciality food shops"),
    cat(5511, "New and used car dealers"),
    cat(5521, "Used car dealers"),
    cat(5532, "Tyres"),
    cat(5533, "Car parts and accessories"),
    cat(5541, "Fuel stations"),
    cat(5542, "Self-service fuel pumps"),
    cat(5551, "Boat dealers"),
    cat(5571, "Motorcycle dealers"),
    cat(5611, "Men's clothing"),
    cat(5621, "Women's clothing"),
    cat(5631, "Women's accessories"),
    cat(5641, "Children's clothing"),
    cat(5651, "Family clothing"),
    cat(5655, "Sportswear"),
    cat(5661, "Shoes"),
    cat(5681, "Furs"),
    cat(5691, "Men's and women's clothing"),
    cat(5697, "Tailors and alterations"),
    cat(5698, "Wigs"),
    cat(5699, "Other clothing and accessories"),
    cat(5712, "Furniture"),
    cat(5713, "Floor coverings"),
    cat(5714, "Curtains and upholstery"),
    cat(5719, "Other home furnishings"),
    cat(5722, "Household appliances"),
    cat(5732, "Electronics"),
    cat(5733, "Musical instruments"),
    cat(5734, "Computer software"),
    cat(5735, "Recorded music"),
    cat(5811, "Caterers"),
    cat(5812, "Restaurants"),
    cat(5813, "Bars and nightclubs"),
    cat(5814, "Fast food"),
    cat(5815, "Digital books, films and music"),
    cat(5816, "Digital games"),
    cat(5817, "Digital applications"),
    cat(5818, "Mixed digital goods"),
    cat(5912, "Pharmacies"),
    cat(5921, "Beer, wine and spirits shops"),
    cat(5931, "Second-hand shops"),
    cat(5932, "Antiques"),
    cat(5933, "Pawnbrokers"),
    cat(5940, "Bicycles"),
    cat(5941, "Sporting goods"),
    cat(5942, "Bookshops"),
    cat(5943, "Stationery and school supplies"),
    cat(5944, "Jewellery, watches and silverware"),
    cat(5945, "Toys, games and hobbies"),
    cat(5946, "Cameras and photographic supplies"),
    cat(5947, "Gifts, cards and souvenirs"),
    cat(5948, "Luggage and leather goods"),
    cat(5949, "Fabric and sewing"),
    cat(5968, "Subscriptions by direct marketing"),
    cat(5969, "Other direct marketing"),
    cat(5970, "Artists' materials and crafts"),
    cat(5971, "Art dealers and galleries"),
    cat(5973, "Religious goods"),
    cat(5976, "Orthopaedic goods"),
    cat(5977, "Cosmetics"),
    cat(5983, "Heating fuel dealers"),
    cat(5992, "Florists"),
    cat(5993, "Tobacconists"),
    cat(5994, "Newsagents"),
    cat(5995, "Pet shops"),
    cat(5999, "Other speciality shops"),
    cat(6010, "Cash from a bank counter"),
    cat(6011, "Cash from a machine"),
    cat(6012, "Financial institution goods and services"),
    cat(6051, "Money orders, foreign exchange and other quasi-cash"),
    cat(6211, "Securities brokers"),
    cat(6300, "Insurance"),
    cat(6513, "Property agents and rent"),
    cat(6540, "Stored-value top-up"),
    cat(7011, "Hotels and lodging"),
    cat(7033, "Campsites"),
    cat(7210, "Laundry and garment care"),
    cat(7211, "Laundries"),
    cat(7216, "Dry cleaners"),
    cat(7221, "Photographic studios"),
    cat(7230, "Hairdressers and beauty salons"),
    cat(7251, "Shoe repair"),
    cat(7261, "Funeral services"),
    cat(7276, "Tax preparation"),
    cat(7297, "Massage"),
    cat(7298, "Health and beauty spas"),
    cat(7299, "Other personal services"),
    cat(7311, "Advertising"),
    cat(7338, "Copying and printing"),
    cat(7342, "Pest control"),
    cat(7349, "Cleaning and caretaking"),
    cat(7372, "Programming and data processing"),
    cat(7379, "Computer repair"),
    cat(7392, "Consultants"),
    cat(7393, "Security and detective services"),
    cat(7394, "Equipment hire"),
    cat(7399, "Other business services"),
    cat(7512, "Car hire"),
    cat(7523, "Car parks"),
    cat(7531, "Car body repair"),
    cat(7538, "Car repair and servicing"),
    cat(7542, "Car washes"),
    cat(7549, "Vehicle towing"),
    cat(7622, "Electronics repair"),
    cat(7629, "Small appliance repair"),
    cat(7631, "Watch and jewellery repair"),
    cat(7699, "Other repairs"),
    cat(7832, "Cinemas"),
    cat(7922, "Theatres and ticket sellers"),
    cat(7929, "Bands and entertainers"),
    cat(7933, "Bowling"),
    cat(7941, "Sports clubs and events"),
    cat(7991, "Tourist attractions"),
    cat(7992, "Public golf courses"),
    cat(7994, "Video game arcades"),
    cat(7995, "Betting and lotteries"),
    cat(7996, "Fairs, circuses and amusement parks"),
    cat(7997, "Sports and country clubs with membership"),
    cat(7998, "Aquariums and zoos"),
    cat(7999, "Other recreation"),
    cat(8011, "Doctors"),
    cat(8021, "Dentists"),
    cat(8043, "Opticians"),
    cat(8050, "Nursing and care homes"),
    cat(8062, "Hospitals"),
    cat(8071, "Medical and dental laboratories"),
    cat(8099, "Other health services"),
    cat(8111, "Lawyers"),
    cat(8211, "Primary and secondary schools"),
    cat(8220, "Universities and colleges"),
    cat(8249, "Vocational schools"),
    cat(8299, "Other education"),
    cat(8351, "Child care"),
    cat(8398, "Charities"),
    cat(8651, "Political organisations"),
    cat(8661, "Religious organisations"),
    cat(8699, "Other membership organisations"),
    cat(8911, "Architects, engineers and surveyors"),
    cat(8931, "Accountants"),
    cat(8999, "Other professional services"),
    cat(9211, "Court costs"),
    cat(9222, "Fines"),
    cat(9311, "Taxes"),
    cat(9399, "Other government services"),
    cat(9402, "Postal services"),
];

/// The currency with this numeric code.
#[must_use]
pub fn currency(numeric: u16) -> Option<&'static CurrencyRecord> {
    let at = CURRENCIES.binary_search_by_key(&numeric, |record| record.numeric).ok()?;
    CURRENCIES.get(at)
}

/// The currency with this alphabetic code, which must be upper-case.
#[must_use]
pub fn currency_by_alphabetic(code: &str) -> Option<&'static CurrencyRecord> {
    CURRENCIES.iter().find(|record| record.alphabetic == code)
}

/// The country with this alpha-2 code, in either case.
#[must_use]
pub fn country(alpha2: &str) -> Option<&'static CountryRecord> {
    let at = COUNTRIES.binary_search_by_key(&pair_key(alpha2), |record| pair_key(record.alpha2)).ok()?;
    COUNTRIES.get(at)
}

/// The language with this two-letter code, in either case.
#[must_use]
pub fn language(alpha2: &str) -> Option<&'static LanguageRecord> {
    let at = LANGUAGES.binary_search_by_key(&pair_key(alpha2), |record| pair_key(record.alpha2)).ok()?;
    LANGUAGES.get(at)
}

/// The merchant category with this code, if it is one of [`CATEGORIES`].
#[must_use]
pub fn category(code: u16) -> Option<&'static CategoryRecord> {
    let at = CATEGORIES.binary_search_by_key(&code, |record| record.code).ok()?;
    CATEGORIES.get(at)
}

/// Whether [`currency`] finds this numeric code, in constant time.
#[must_use]
#[expect(clippy::indexing_slicing, reason = "the index is masked to the length of the array")]
#[inline]
pub(crate) const fn is_currency(numeric: u16) -> bool {
    if numeric >= 1024 {
        return false;
    }
    let word = CURRENCY_BITS[((numeric >> 6) & 15) as usize];
    word.wrapping_shr((numeric & 63) as u32) & 1 == 1
}

/// Whether [`country`] finds this code, in constant time.
#[must_use]
#[inline]
pub(crate) const fn is_country(code: [u8; 2]) -> bool {
    has_pair(&COUNTRY_BITS, code)
}

/// Whether [`language`] finds this code, in constant time.
#[must_use]
#[inline]
pub(crate) const fn is_language(code: [u8; 2]) -> bool {
    has_pair(&LANGUAGE_BITS, code)
}

/// A two-letter code as a number that sorts like the code and ignores ASCII case. Zero, which no
/// code has, for text of any other length.
const fn pair_key(code: &str) -> u16 {
    match *code.as_bytes() {
        [first, second] => u16::from_be_bytes([first.to_ascii_lowercase(), second.to_ascii_lowercase()]),
        _ => 0,
    }
}

/// One bit for each pair of letters: the word is chosen by the first letter, the bit by the second,
/// each by its low five bits (1 to 26 in both cases of a letter).
type PairBits = [u32; 32];

#[expect(clippy::indexing_slicing, reason = "the index is masked to the length of the array")]
const fn has_pair(bits: &PairBits, [first, second]: [u8; 2]) -> bool {
    first.is_ascii_alphabetic()
        && second.is_ascii_alphabetic()
        && bits[(first & 31) as usize].wrapping_shr((second & 31) as u32) & 1 == 1
}

static CURRENCY_BITS: [u64; 16] = currency_bits();
static COUNTRY_BITS: PairBits = country_bits();
static LANGUAGE_BITS: PairBits = language_bits();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time: a fault is a compile error")]
const fn currency_bits() -> [u64; 16] {
    let mut bits = [0; 16];
    let mut rows = CURRENCIES;
    while let [record, rest @ ..] = rows {
        bits[(record.numeric >> 6) as usize] |= 1 << (record.numeric & 63);
        rows = rest;
    }
    bits
}

const fn country_bits() -> PairBits {
    let mut bits = [0; 32];
    let mut rows = COUNTRIES;
    while let [record, rest @ ..] = rows {
        set_pair(&mut bits, record.alpha2);
        rows = rest;
    }
    bits
}

const fn language_bits() -> PairBits {
    let mut bits = [0; 32];
    let mut rows = LANGUAGES;
    while let [record, rest @ ..] = rows {
        set_pair(&mut bits, record.alpha2);
        rows = rest;
    }
    bits
}

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time: a fault is a compile error")]
const fn set_pair(bits: &mut PairBits, code: &str) {
    let [first, second] = pair_key(code).to_be_bytes();
    bits[(first & 31) as usize] |= 1 << (second & 31);
}

// Each table is in strictly ascending order, hence without duplicates, and its codes are well formed.
const _: () = {
    let mut rows = CURRENCIES;
    let mut last = 0;
    while let [record, rest @ ..] = rows {
        assert!(last < record.numeric && record.numeric <= 999);
        assert!(matches!(record.alphabetic.as_bytes(), [b'A'..=b'Z', b'A'..=b'Z', b'A'..=b'Z']));
        last = record.numeric;
        rows = rest;
    }
};

const _: () = {
    let mut rows = COUNTRIES;
    let mut last = 0;
    while let [record, rest @ ..] = rows {
        assert!(last < pair_key(record.alpha2));
        assert!(matches!(record.alpha2.as_bytes(), [b'A'..=b'Z', b'A'..=b'Z']));
        last = pair_key(record.alpha2);
        rows = rest;
    }
};

const _: () = {
    let mut rows = LANGUAGES;
    let mut last = 0;
    while let [record, rest @ ..] = rows {
        assert!(last < pair_key(record.alpha2));
        assert!(matches!(record.alpha2.as_bytes(), [b'a'..=b'z', b'a'..=b'z']));
        last = pair_key(record.alpha2);
        rows = rest;
    }
};

const _: () = {
    let mut rows = CATEGORIES;
    let mut last = 0;
    while let [record, rest @ ..] = rows {
        assert!(last < record.code && record.code <= 9999);
        last = record.code;
        rows = rest;
    }
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currency_bits_hold_the_table() {
        for numeric in 0..=u16::MAX {
            let listed = CURRENCIES.iter().any(|record| record.numeric == numeric);
            assert_eq!(is_currency(numeric), listed, "{numeric}");
            assert_eq!(currency(numeric).is_some(), listed, "{numeric}");
        }
    }

    #[test]
    fn pair_bits_hold_the_tables() {
        for pair in 0..=u16::MAX {
            let code = pair.to_be_bytes();
            let country_listed = COUNTRIES.iter().any(|record| record.alpha2.as_bytes().eq_ignore_ascii_case(&code));
            let language_listed = LANGUAGES.iter().any(|record| record.alpha2.as_bytes().eq_ignore_ascii_case(&code));
            assert_eq!(is_country(code), country_listed, "{code:?}");
            assert_eq!(is_language(code), language_listed, "{code:?}");
            if let Ok(text) = core::str::from_utf8(&code) {
                assert_eq!(country(text).is_some(), country_listed, "{text:?}");
                assert_eq!(language(text).is_some(), language_listed, "{text:?}");
            }
        }
    }

    #[test]
    fn alphabetic_codes_are_unique() {
        for record in CURRENCIES {
            assert_eq!(currency_by_alphabetic(record.alphabetic), Some(record));
        }
    }
}
