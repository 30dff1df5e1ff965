package dev.waybill.kit;

import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.outcome.Notice;
import dev.waybill.outcome.NoticeCode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tells keys by whose name a person can be known directly. Nothing is changed, only said.
final class DirectIdentifiers {
    private static final Set<String> NAMES = Set.of(
            "email",
            "emailaddress",
            "mail",
            "phone",
            "phonenumber",
            "mobile",
            "mobilephone",
            "mobilenumber",
            "cellphone",
            "telephone",
            "tel",
            "name",
            "firstname",
            "lastname",
            "middlename",
            "fullname",
            "givenname",
            "familyname",
            "surname",
            "username",
            "address",
            "address1",
            "address2",
            "street",
            "streetaddress",
            "postaladdress",
            "birthday",
            "birthdate",
            "dateofbirth",
            "dob",
            "ssn",
            "passport");

    private static final int LONGEST =
            NAMES.stream().mapToInt(String::length).max().orElse(0);

    private DirectIdentifiers() {}

    /// Adds a notice for every top-level key of what an `identify` sends that looks like a direct identifier.
    static void look(Event event, String output, JsonObject sent, List<Notice> notices) {
        if (event.type() != EventType.IDENTIFY) {
            return;
        }
        for (int i = 0; i < sent.size(); i++) {
            if (looksDirect(sent.name(i))) {
                notices.add(new Notice(
                        NoticeCode.LOOKS_LIKE_PII,
                        output + "." + sent.name(i),
                        "looks like a direct identifier of a person; sent as it is, unless you exclude it"));
            }
        }
    }

    static boolean looksDirect(String key) {
        StringBuilder letters = new StringBuilder(LONGEST);
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c != '_' && c != '-' && c != ' ') {
                if (letters.length() == LONGEST) {
                    // Lower case of a stranger's long text can take seconds ([dev.waybill.event.LetterCase]).
                    return false;
                }
                letters.append(c);
            }
        }
        return NAMES.contains(letters.toString().toLowerCase(Locale.ROOT));
    }
}
