package dev.waybill.kit;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.List;

/// What a destination counts when it limits lengths. A lone surrogate counts as the U+FFFD that is sent for it.
enum LengthUnit {
    CODE_POINTS("characters", 1) {
        @Override
        int of(int codePoint) {
            return 1;
        }
    },
    UTF_16("UTF-16 units", 1) {
        @Override
        int of(int codePoint) {
            return Character.charCount(codePoint);
        }
    },
    UTF_8("UTF-8 bytes", 3) {
        @Override
        int of(int codePoint) {
            if (codePoint < 0x80) {
                return 1;
            }
            return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        }
    };

    private final String plural;
    private final int mostPerChar;

    LengthUnit(String plural, int mostPerChar) {
        this.plural = plural;
        this.mostPerChar = mostPerChar;
    }

    /// The word for people, such as `characters`.
    public String plural() {
        return plural;
    }

    /// The length of one code point.
    abstract int of(int codePoint);

    public int length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            length += of(codePoint);
            i += Character.charCount(codePoint);
        }
        return length;
    }

    /// Whether the text is no longer than allowed; most texts are so short that nothing is counted.
    public boolean fits(String text, int allowed) {
        return text.length() * (long) mostPerChar <= allowed || length(text) <= allowed;
    }

    /// The longest beginning of the text that fits, no code point split.
    public String cut(String text, int allowed) {
        int length = 0;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            length += of(codePoint);
            if (length > allowed) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end);
    }

    /// The length of a value's compact JSON, without writing it.
    public int jsonLength(Json value) {
        return switch (value) {
            case Json.Str(String text) -> quotedLength(text);
            case Json.Num(String literal) -> literal.length();
            case Json.Bool bool -> bool == Json.Bool.TRUE ? 4 : 5;
            case Json.Null _ -> 4;
            case Json.Arr(List<Json> items) -> {
                int length = 2 + Math.max(0, items.size() - 1);
                for (Json item : items) {
                    length += jsonLength(item);
                }
                yield length;
            }
            case JsonObject object -> {
                int length = 2 + Math.max(0, object.size() - 1);
                for (int i = 0; i < object.size(); i++) {
                    length += quotedLength(object.name(i)) + 1 + jsonLength(object.value(i));
                }
                yield length;
            }
        };
    }

    private int quotedLength(String text) {
        int length = 2;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            length += escapedLength(codePoint);
            i += Character.charCount(codePoint);
        }
        return length;
    }

    private int escapedLength(int codePoint) {
        return switch (codePoint) {
            case '"', '\\', '\b', '\t', '\n', '\f', '\r' -> 2;
            default -> codePoint < 0x20 ? 6 : of(codePoint);
        };
    }
}
