package dev.waybill.consent;

/// What one form of category signal says of one category.
enum Stance {
    /// It says nothing of it, or isn't there.
    SILENT(""),
    GRANTED(""),
    REFUSED("is refused"),
    /// The form lists what is granted, and this category is not in it.
    NOT_GRANTED("is not granted"),
    /// Something stands where the answer should, and can't be read.
    UNREADABLE("can't be read");

    private final String words;

    Stance(String words) {
        this.words = words;
    }

    boolean denies() {
        return !words.isEmpty();
    }

    /// For people; empty when it doesn't deny.
    String words() {
        return words;
    }
}
