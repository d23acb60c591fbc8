import { serializeDate } from "@web/core/l10n/dates";
import { uuid } from "@web/core/utils/strings";

/**
 * Put the text of the look-up box where it belongs: a number into phone, an address into e-mail, else
 * it is a name. Mirrors `contact.guess_kind` on the server.
 *
 * @param {string} text
 * @returns {{name?: string, phone?: string, email?: string}}
 */
export function prefill(text) {
    const plain = (text || "").normalize("NFKC").trim();
    if (plain.includes("@")) {
        return { email: plain };
    }
    const digits = plain.replace(/\D/g, "");
    if (digits.length >= 5 && /^\+?[\d\s().\-/]+$/.test(plain)) {
        return { phone: plain };
    }
    return { name: (text || "").trim() };
}

/** Choices of countries as SelectMenu takes them: by name, and by name with dialling code. */
export function makeChoices(countries) {
    return {
        countries: countries.map(({ id, name }) => ({ value: id, label: name })),
        dialCountries: countries.map(({ id, name, phone_code: code }) => ({
            value: id,
            label: code ? `${name} +${code}` : name,
        })),
    };
}

/** What a form for a new guest begins with. */
export function makeValues(text, countryId, setup) {
    const country = setup.countries.find(({ id }) => id === countryId);
    return {
        name: "",
        gender: "",
        birth_date: false,
        nationality_id: false,
        phone: "",
        phone_country_id: countryId,
        email: "",
        lang: setup.languages.some(([code]) => code === setup.lang) ? setup.lang : "",
        document_type: country?.code === "CN" ? "cn_id" : "passport",
        document_number: "",
        consent_email: false,
        consent_sms: false,
        key: uuid(),
        ...prefill(text),
    };
}

/**
 * What follows from a nationality where nothing else was said.
 *
 * @returns {Object} values to take over
 */
export function suggestByNationality(country, values, setup) {
    const vals = {};
    if (country && !values.document_number) {
        vals.document_type = country.code === "CN" ? "cn_id" : "passport";
    }
    const code = { CN: "zh_CN", PT: "pt_PT", BR: "pt_BR" }[country?.code];
    if (code && setup.languages.some(([lang]) => lang === code)) {
        vals.lang = code;
    }
    return vals;
}

/** The values as the server takes them. */
export function toServer(values) {
    const vals = { ...values };
    vals.birth_date = values.birth_date ? serializeDate(values.birth_date) : "";
    vals.consent_email = values.consent_email && Boolean(values.email.trim());
    vals.consent_sms = values.consent_sms && Boolean(values.phone.trim());
    if (!vals.document_number.trim()) {
        vals.document_type = "";
    }
    return vals;
}
