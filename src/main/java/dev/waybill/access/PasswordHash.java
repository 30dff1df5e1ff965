package dev.waybill.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.security.crypto.bcrypt.BCrypt;

/// A password as it is stored: bcrypt's modular form, `$2b$12$…`. Making and comparing one take about a quarter of a
/// second of a processor, on purpose.
///
/// bcrypt itself looks at 72 bytes. A longer password is put through SHA-384 first, so that each of its characters
/// counts; as text, because bcrypt ends at a zero byte. What is typed is brought into Unicode's form C, because
/// keyboards write `é` in two ways.
///
/// @param text the modular form; never shown
public record PasswordHash(String text) {
    /// The fewest and the most characters of a password.
    static final int SHORTEST = 12;

    static final int LONGEST = 200;

    /// What a stranger's guess is compared with, so that it takes as long: the hash of something that nobody knows.
    static final PasswordHash NOBODYS =
            new PasswordHash("$2b$12$C6UzMDM.H6dfI/f/IKcEeO5wZ0bX0bX0bX0bX0bX0bX0bX0bX0bX0");

    private static final int COST = 12;
    private static final int MOST_BYTES = 72;

    /// Less is guessed too fast, more holds up everybody who signs in.
    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$1[0-4]\\$[./A-Za-z0-9]{53}");

    /// What is wrong with a password that somebody chose; empty when it will do.
    public static Optional<String> problem(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            return Optional.of("the password has %d characters; %d to %d are allowed, such as four or five random words"
                    .formatted(length, SHORTEST, LONGEST));
        }
        if (password.codePoints().anyMatch(c -> Character.isISOControl(c))) {
            return Optional.of("the password holds a control character, such as a tab; leave it out");
        }
        if (password.codePoints().distinct().count() < SHORTEST / 3) {
            return Optional.of(
                    "the password repeats very few characters; choose another, such as four or five random" + " words");
        }
        return Optional.empty();
    }

    /// Hashes a password with a salt of its own.
    public static PasswordHash of(String password) {
        return new PasswordHash(BCrypt.hashpw(bytes(password), BCrypt.gensalt("$2b", COST)));
    }

    /// Whether a text is a hash of this form with a cost of 10 to 14.
    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /// Whether this is the hash of that password. How long it takes depends on the hash's cost only.
    boolean matches(String password) {
        return BCrypt.checkpw(bytes(password), text);
    }

    private static byte[] bytes(String password) {
        byte[] whole = Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
        if (whole.length <= MOST_BYTES) {
            return whole;
        }
        try {
            return Base64.getEncoder()
                    .encode(MessageDigest.getInstance("SHA-384").digest(whole));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-384.", e);
        }
    }

    @Override
    public String toString() {
        return "PasswordHash[hidden]";
    }
}
