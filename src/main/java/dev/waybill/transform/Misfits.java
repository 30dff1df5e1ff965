package dev.waybill.transform;

import org.jspecify.annotations.Nullable;

/// Makes one misfit of those of an array's items. Belongs to one thread.
final class Misfits implements Transform.Misfit {
    private int count;
    private @Nullable String first;

    @Override
    public void because(String words) {
        count++;
        first = first == null ? words : first;
    }

    /// Tells of them, if there are any: `2 of 5 items left out; the first: found an object; a text belongs here`.
    void tell(int items, Transform.Misfit misfit) {
        if (first != null) {
            misfit.because(
                    count + " of " + items + (items == 1 ? " item" : " items") + " left out; the first: " + first);
        }
    }
}
