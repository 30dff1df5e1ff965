package dev.waybill.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Fakes of one capture: the same text always the same one, no two texts the same. Belongs to one thread.
final class Fakes {
    private static final int KEY_BYTES = 32;
    private static final int MOST_TRIES = 50;
    private static final String HEX_LETTERS = "abcdef";
    private static final String OTHER_LETTERS = "ghijklmnopqrstuvwxyz";

    private final Mac keyed;
    private final Map<String, String> fakes = new HashMap<>();
    private final Set<String> given = new HashSet<>();

    Fakes() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        try {
            keyed = Mac.getInstance("HmacSHA256");
            keyed.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /// Draws one fake of a text.
    @FunctionalInterface
    interface Draw {
        String of(String text, SplittableRandom random);
    }

    String of(String text, Draw draw) {
        String known = fakes.get(text);
        if (known != null) {
            return known;
        }
        String fake = text;
        for (int tries = 0; tries < MOST_TRIES && (fake.equals(text) || given.contains(fake)); tries++) {
            fake = draw.of(text, random(text, tries));
        }
        fakes.put(text, fake);
        given.add(fake);
        return fake;
    }

    private SplittableRandom random(String text, int tries) {
        keyed.update((byte) tries);
        return new SplittableRandom(
                ByteBuffer.wrap(keyed.doFinal(text.getBytes(UTF_8))).getLong());
    }

    /// Letters for letters, digits for digits, everything else as it is. A number stays one: its first digit is never
    /// 0, unless it was.
    static String shaped(String text, SplittableRandom random) {
        StringBuilder fake = new StringBuilder(text.length());
        boolean first = true;
        for (int c : text.codePoints().toArray()) {
            if (Character.isDigit(c)) {
                int least = first && c != '0' ? 1 : 0;
                fake.append((char) ('0' + random.nextInt(least, 10)));
                first = false;
            } else {
                fake.append(Character.isLetter(c) ? letter(c, random) : Character.toString(c));
            }
        }
        return fake.toString();
    }

    private static String letter(int c, SplittableRandom random) {
        boolean hex = HEX_LETTERS.indexOf(Character.toLowerCase(c)) >= 0;
        String letters = hex ? HEX_LETTERS : OTHER_LETTERS;
        char drawn = letters.charAt(random.nextInt(letters.length()));
        return String.valueOf(Character.isUpperCase(c) ? Character.toUpperCase(drawn) : drawn);
    }

    /// Hex digits for hex digits, also letters for digits: nothing of the value shows. A UUID keeps its version and
    /// variant. Digits alone become digits: the same text may stand elsewhere as a number.
    static String hex(String text, SplittableRandom random) {
        if (text.chars().allMatch(Character::isDigit)) {
            return shaped(text, random);
        }
        StringBuilder fake = new StringBuilder(text.length());
        boolean upper = text.equals(text.toUpperCase(Locale.ROOT));
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean kept = !isHex(c) || (text.length() == 36 && (i == 14 || i == 19));
            char drawn = Character.forDigit(random.nextInt(16), 16);
            fake.append(kept ? c : upper ? Character.toUpperCase(drawn) : drawn);
        }
        return fake.toString();
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0 && c < 128;
    }

    /// An address at example.com, of the same length where that leaves room for a name.
    static String email(String text, SplittableRandom random) {
        String at = text.contains("@") ? "@" : "%40";
        String domain = at + "example.com";
        int length = Math.max(6, text.length() - domain.length());
        StringBuilder fake = new StringBuilder(text.length());
        for (int i = 0; i < length; i++) {
            fake.append((char) ('a' + random.nextInt(26)));
        }
        return fake + domain;
    }

    /// An address of the ranges kept for documentation.
    static String ipv4(String text, SplittableRandom random) {
        String[] nets = {"192.0.2.", "198.51.100.", "203.0.113."};
        return nets[random.nextInt(nets.length)] + (1 + random.nextInt(254));
    }

    /// As [#ipv4].
    static String ipv6(String text, SplittableRandom random) {
        return "2001:db8:%x:%x::%x"
                .formatted(random.nextInt(1 << 16), random.nextInt(1 << 16), 1 + random.nextInt((1 << 16) - 1));
    }
}
