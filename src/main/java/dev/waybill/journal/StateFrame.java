package dev.waybill.journal;

import java.util.Arrays;

/// A frame of the journal that holds a checkpoint, so that what stands before it may be dropped.
final class StateFrame {
    private static final byte VERSION = 2;

    private StateFrame() {}

    static byte[] encode(byte[] checkpoint) {
        byte[] frame = new byte[checkpoint.length + 1];
        frame[0] = VERSION;
        System.arraycopy(checkpoint, 0, frame, 1, checkpoint.length);
        return frame;
    }

    static boolean is(byte[] frame) {
        return frame.length > 0 && frame[0] == VERSION;
    }

    /// @throws IllegalArgumentException when the frame holds no checkpoint
    static Checkpoint decode(byte[] frame) {
        return Checkpoint.parse(Arrays.copyOfRange(frame, 1, frame.length));
    }
}
