package dev.waybill.transform;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import dev.waybill.json.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Phone numbers in the form E.164. The only class that touches libphonenumber, which reads a country's metadata
/// when it is first asked for: a playbook without this transform never loads it.
///
/// @param region the country whose numbers may be written without `+` and country code
record PhoneNumber(String region) implements EachValue.TextStep {
    private static final int MAX = 250;
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    static Set<String> regions() {
        return NUMBERS.getSupportedRegions();
    }

    @Override
    public @Nullable Json apply(String text, Budget budget, Transform.Misfit misfit) {
        String number = text.length() > MAX ? null : international(text);
        if (number == null) {
            misfit.because("found a text that is no phone number");
            return null;
        }
        return new Json.Str(number);
    }

    private @Nullable String international(String text) {
        try {
            Phonenumber.PhoneNumber number = NUMBERS.parse(text, region);
            // Whether its length fits, not whether it is given out: new blocks are, every week.
            return NUMBERS.isPossibleNumber(number) ? NUMBERS.format(number, PhoneNumberFormat.E164) : null;
        } catch (NumberParseException e) {
            return null;
        }
    }
}
