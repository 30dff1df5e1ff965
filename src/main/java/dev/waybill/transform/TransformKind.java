package dev.waybill.transform;

import static dev.waybill.transform.TransformOption.optional;
import static dev.waybill.transform.TransformOption.required;
import static dev.waybill.transform.TransformOption.value;

import dev.waybill.event.LetterCase;
import dev.waybill.json.Json;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All transforms of the mapping language: the one list from which the reader, its error texts and the tests
/// of docs/transforms.md take them. Immutable and safe for threads.
public enum TransformKind {
    DIRECT("direct", "Leaves the value as it is.", Form.BARE, _ -> (value, _) -> value),
    JOIN(
            "join",
            "Joins the items of an array to one text.",
            Form.VALUE,
            options -> {
                String separator = options.text(0);
                return separator == null ? null : new Join(separator);
            },
            value("the text between the items; it may be empty")),
    LOWERCASE("lowercase", "Puts a text in lower case.", Form.BARE, _ -> text(LetterCase::lower)),
    UPPERCASE("uppercase", "Puts a text in upper case.", Form.BARE, _ -> text(LetterCase::upper)),
    TRIM("trim", "Takes white space off both ends of a text.", Form.BARE, _ -> text(WhiteSpace::trim)),
    REPLACE(
            "replace",
            "Replaces every occurrence of a text by another, letter by letter.",
            Form.MAPPING,
            OptionReading::replace,
            required("find", "the text to look for, not empty"),
            required("with", "what takes its place; it may be empty")),
    SPLIT(
            "split",
            "Splits a text at a separator into an array.",
            Form.VALUE,
            options -> {
                String separator = options.text(1);
                return separator == null ? null : EachValue.text(new Split(separator));
            },
            value("the separator, not empty")),
    SUBSTRING(
            "substring",
            "Takes a part of a text, counted in characters (Unicode code points).",
            Form.MAPPING,
            OptionReading::substring,
            optional("start", "where it starts, from 0; a negative number counts from the end; 0 when not given"),
            optional("length", "the most characters it has, from 1; without it all that follow")),
    PLUCK(
            "pluck",
            "Takes the value under a key of an object, or of each object of an array.",
            Form.VALUE,
            options -> {
                String key = options.text(1);
                return key == null ? null : new EachValue(new Pluck(key));
            },
            value("the key")),
    TO_BOOLEAN(
            "toBoolean",
            "Makes a boolean of true, 1, yes, on and of false, 0, no, off, in any letter case.",
            Form.BARE,
            _ -> new EachValue((value, _, misfit) -> ToBoolean.apply(value, misfit))),
    TO_FLOAT("toFloat", "Makes a number of a text that is one.", Form.BARE, _ -> Numbers.toFloat()),
    TO_ROUNDED_INTEGER(
            "toRoundedInteger",
            "Makes the nearest whole number of a number or of a text that is one; a half goes away from zero.",
            Form.BARE,
            _ -> Numbers.toInteger(RoundingMode.HALF_UP)),
    TO_TRUNCATED_INTEGER(
            "toTruncatedInteger",
            "Makes a whole number of a number or of a text that is one by cutting its decimals.",
            Form.BARE,
            _ -> Numbers.toInteger(RoundingMode.DOWN)),
    TO_STRING(
            "toString", "Makes a text of a number or boolean, as JSON writes it.", Form.BARE, _ -> text(text -> text)),
    HASH(
            "hash",
            "Hashes a text, and gives the hash in lower-case hex.",
            Form.VALUE,
            options -> {
                String word = options.word(Hash.WORDS);
                return word == null ? null : EachValue.text(Hash.of(word));
            },
            value("`md5`, `sha1`, `sha256` or `sha512`")),
    TRUNCATE_FLOAT(
            "truncateFloat",
            "Cuts the decimals of a number, or of a text that is one, beyond a count.",
            Form.VALUE,
            options -> {
                Integer digits = options.integer(0, 20);
                return digits == null ? null : Numbers.truncate(digits);
            },
            value("how many decimals stay, 0 to 20")),
    REGEX_REPLACE(
            "regexReplace",
            "Replaces every match of a regular expression.",
            Form.MAPPING,
            OptionReading::regexReplace,
            required("pattern", "the expression, in RE2's syntax, at most 1,000 characters"),
            required("with", "what takes a match's place: `$1` is group 1, `$0` the whole match, `\\$` a dollar")),
    REGEX_EXTRACT(
            "regexExtract",
            "Takes what a regular expression finds first; no value when it finds nothing.",
            Form.MAPPING,
            OptionReading::regexExtract,
            required("pattern", "the expression, in RE2's syntax, at most 1,000 characters"),
            optional(
                    "group",
                    "which group, 0 for the whole match; 1 when not given and the pattern has a group, else 0")),
    NORMALIZE_EMAIL(
            "normalizeEmail",
            "Trims an email address and puts it in lower case.",
            Form.BARE,
            _ -> EachValue.text(EmailAddress::normalise)),
    NORMALIZE_PHONE(
            "normalizePhone",
            "Writes a phone number in the international form E.164.",
            Form.VALUE,
            OptionReading::normalizePhone,
            value("the country of numbers written without `+`, two capital letters such as `US`")),
    TO_EPOCH(
            "toEpoch",
            "Makes a number since 1970 of an ISO 8601 date, or date and time with offset.",
            Form.VALUE,
            options -> {
                String word = options.word(Epoch.WORDS);
                return word == null ? null : new EachValue(Epoch.of(word)::ofText);
            },
            value("`seconds` or `millis`")),
    FROM_EPOCH(
            "fromEpoch",
            "Makes an ISO 8601 text in UTC of a number since 1970.",
            Form.VALUE,
            options -> {
                String word = options.word(Epoch.WORDS);
                return word == null ? null : new EachValue(Epoch.of(word)::toText);
            },
            value("`seconds` or `millis`: what the number counts")),
    URL_PART(
            "urlPart",
            "Takes one part of a URL; no value when the URL has no such part.",
            Form.VALUE_OR_MAPPING,
            OptionReading::urlPart,
            value("`scheme`, `host`, `port`, `path`, `query` or `fragment`"),
            optional("query", "instead of a word: the name of a query parameter, whose value is decoded")),
    TO_JSON("toJson", "Makes compact JSON text of any value.", Form.BARE, _ -> ToJson::apply),
    FLATTEN(
            "flatten",
            "Makes one flat object of nested objects and arrays.",
            Form.VALUE,
            options -> {
                String separator = options.text(0);
                return separator == null ? null : new Flatten(separator);
            },
            value("the text between the keys, and the indexes of arrays; it may be empty")),
    COUNT("count", "Counts the items of an array or the keys of an object.", Form.BARE, _ -> Count::apply),
    SUM(
            "sum",
            "Adds the numbers of an array, or those under a key of its objects, exactly.",
            Form.BARE_OR_VALUE,
            options -> {
                if (options.isBare()) {
                    return new Sum(null);
                }
                String key = options.text(1);
                return key == null ? null : new Sum(key);
            },
            optional("", "the key; without it the items themselves are added")),
    LOOKUP(
            "lookup",
            "Puts another value in the place of a text, by a table.",
            Form.MAPPING,
            OptionReading::lookup,
            required("table", "a mapping of texts to texts, numbers or booleans, or to `null` for no value"),
            optional("default", "the value for a text that is not in the table; without it there is none"),
            optional("ignoreCase", "`true` compares without regard to letter case; `false` when not given"));

    /// How a transform is written.
    public enum Form {
        /// `lowercase`
        BARE,
        /// `{hash: sha256}`
        VALUE,
        /// `sum` or `{sum: price}`
        BARE_OR_VALUE,
        /// `{substring: {start: 0, length: 10}}`
        MAPPING,
        /// `{urlPart: host}` or `{urlPart: {query: gclid}}`
        VALUE_OR_MAPPING
    }

    interface Reading {
        /// The transform with its options; null when they can't be used, which is reported.
        @Nullable
        Transform read(OptionReading options);
    }

    private final String word;
    private final String description;
    private final Form form;

    @SuppressWarnings("ImmutableEnumChecker") // a stateless lambda, each
    private final Reading reading;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<TransformOption> options;

    TransformKind(String word, String description, Form form, Reading reading, TransformOption... options) {
        this.word = word;
        this.description = description;
        this.form = form;
        this.reading = reading;
        this.options = List.of(options);
    }

    /// As a playbook writes it.
    public String word() {
        return word;
    }

    /// One sentence.
    public String description() {
        return description;
    }

    public Form form() {
        return form;
    }

    /// Whether its word alone is enough.
    public boolean canStandAlone() {
        return form == Form.BARE || form == Form.BARE_OR_VALUE;
    }

    public List<TransformOption> options() {
        return options;
    }

    Reading reading() {
        return reading;
    }

    /// How to write it: `{substring: {start: …, length: …}}`.
    public String example() {
        String keys = options.stream()
                .filter(option -> !option.name().isEmpty())
                .map(option -> option.name() + ": …")
                .collect(Collectors.joining(", ", "{", "}"));
        return switch (form) {
            case BARE -> word;
            case VALUE, BARE_OR_VALUE, VALUE_OR_MAPPING -> "{" + word + ": …}";
            case MAPPING -> "{" + word + ": " + keys + "}";
        };
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(TransformKind::word).toList();
    }

    static Optional<TransformKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    private interface TextChange {
        String of(String text);
    }

    private static Transform text(TextChange change) {
        return EachValue.text((text, _, _) -> new Json.Str(change.of(text)));
    }
}
