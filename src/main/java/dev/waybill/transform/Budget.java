package dev.waybill.transform;

/// What one application of a transform may use up, over all items of an array together, so that a few letters of an
/// event can't grow to gigabytes nor keep a core busy. Belongs to one thread.
final class Budget {
    /// The most characters (UTF-16 units) that a transform which makes texts longer may produce.
    static final int CHARACTERS = 1 << 20;

    /// The most items of an array that a transform looks at, or makes.
    static final int ITEMS = 10_000;

    static final String TOO_LONG = "the result has more than 1,048,576 characters";
    static final String TOO_MANY = "more than 10,000 items";

    /// Characters read times the size of the pattern's program; some 50 ms.
    private static final long PATTERN_STEPS = 8_000_000;

    private int characters = CHARACTERS;
    private long steps = PATTERN_STEPS;

    /// Takes characters of the result; false when there are not so many left.
    boolean take(int more) {
        characters = more > characters ? -1 : characters - more;
        return characters >= 0;
    }

    /// Takes steps of a search; false when there are not so many left.
    boolean search(int more) {
        steps -= more;
        return steps >= 0;
    }
}
