package dev.waybill.mask;

import java.util.Locale;
import java.util.Set;

/// Tells by their names the keys whose values identify a person, a device or a visit; also the keys of a URL's query.
/// Letter case and `_`, `-`, `.`, spaces between words don't matter.
final class IdentifyingKeys {
    private static final Set<String> EXACT = Set.of(
            // people
            "mail",
            "em",
            "ph",
            "fn",
            "ln",
            "mobile",
            "cell",
            "tel",
            "fax",
            "firstname",
            "lastname",
            "middlename",
            "fullname",
            "givenname",
            "familyname",
            "surname",
            "maidenname",
            "nickname",
            "displayname",
            "avatar",
            "website",
            "customername",
            "billingname",
            "shippingname",
            "recipient",
            "login",
            "birthday",
            "dob",
            "ssn",
            "passport",
            "iban",
            "creditcard",
            "cardnumber",
            // places
            "street",
            "street1",
            "street2",
            "line1",
            "line2",
            "city",
            "town",
            "zip",
            "zipcode",
            "postcode",
            "postalcode",
            "lat",
            "lng",
            "lon",
            "latitude",
            "longitude",
            // ids of people, devices and visits
            "uid",
            "puid",
            "lexid",
            "ajsuserid",
            "ajsanonymousid",
            "previousid",
            "groupid",
            "externalid",
            "clientid",
            "customerid",
            "visitorid",
            "memberid",
            "profileid",
            "personid",
            "crmid",
            "loyaltyid",
            "accountid",
            "subscriberid",
            "contactid",
            "sessionid",
            "deviceid",
            "devicetoken",
            "advertisingid",
            "adid",
            "idfa",
            "idfv",
            "gaid",
            "aaid",
            "androidid",
            "imei",
            "rampid",
            "liveramp",
            "uid2",
            "euid",
            "id5",
            "hem",
            "ip",
            "ipaddress",
            "ipv4",
            "ipv6",
            "remoteaddr",
            "mac",
            // clicks
            "gclid",
            "gbraid",
            "wbraid",
            "dclid",
            "gclsrc",
            "fbclid",
            "fbp",
            "fbc",
            "msclkid",
            "ttclid",
            "twclid",
            "liclid",
            "lifatid",
            "epik",
            "sccid",
            "rdtcid",
            "irclickid",
            "clickid",
            "ttp",
            "ga",
            "gid",
            "mcid",
            "mceid",
            "yclid",
            "vero",
            "hsctatracking",
            "mkttok",
            // secrets
            "token",
            "accesstoken",
            "refreshtoken",
            "jwt",
            "auth",
            "authorization",
            "apikey",
            "password",
            "secret",
            "cookie",
            "session",
            "writekey");

    private static final String[] INSIDE = {
        "email", "phone", "userid", "anonymousid", "username", "birthdate", "dateofbirth", "address", "clickid", "puid"
    };

    /// Objects in which a `name` is somebody's or an `id` somebody's.
    private static final Set<String> PERSONS = Set.of(
            "traits",
            "user",
            "customer",
            "person",
            "profile",
            "account",
            "member",
            "contact",
            "billing",
            "shipping",
            "recipient",
            "subscriber",
            "visitor",
            "company",
            "household",
            "lead");

    /// Objects in which an `id` is a device's, a visit's, a click's or another system's for the person.
    private static final Set<String> DEVICES = Set.of("device", "session", "amp", "referrer", "externalids");

    /// Objects in which a `name` is a thing's.
    private static final Set<String> THINGS = Set.of(
            "products",
            "product",
            "items",
            "item",
            "app",
            "library",
            "os",
            "network",
            "campaign",
            "page",
            "screen",
            "list",
            "category",
            "promotion",
            "coupon");

    private IdentifyingKeys() {}

    /// Whether a key's value identifies.
    ///
    /// @param parent the key of the object that the key is in, or of the array that holds the object; empty at
    ///     the top
    static boolean identifies(String key, String parent) {
        String word = word(key);
        if (EXACT.contains(word)) {
            return true;
        }
        for (String part : INSIDE) {
            if (word.contains(part)) {
                return true;
            }
        }
        String in = word(parent);
        return switch (word) {
            // At the top it is the page's or the screen's.
            case "name" -> !parent.isEmpty() && !THINGS.contains(in);
            case "id" -> PERSONS.contains(in) || DEVICES.contains(in);
            default -> false;
        };
    }

    private static String word(String key) {
        StringBuilder letters = new StringBuilder(key.length());
        key.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.toString().toLowerCase(Locale.ROOT);
    }
}
