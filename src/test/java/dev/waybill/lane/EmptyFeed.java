package dev.waybill.lane;

import dev.waybill.decide.Decider.Traffic;
import dev.waybill.journal.LaneJournal;
import org.jspecify.annotations.Nullable;

/// A feed that only stands for where events come from.
final class EmptyFeed implements Feed {
    @Override
    public @Nullable Item next() {
        return null;
    }

    @Override
    public Item read(long sequence) {
        throw new IllegalArgumentException("nothing stands at " + sequence);
    }

    @Override
    public LaneJournal journal() {
        throw new IllegalStateException("it has no journal");
    }

    @Override
    public long logSequence(long sequence) {
        return sequence;
    }

    @Override
    public Traffic traffic() {
        return Traffic.LIVE;
    }
}
