package dev.waybill.http;

/// A body that was read. While it is open its bytes count against the memory that all bodies share.
public final class Body implements AutoCloseable {
    private final byte[] bytes;
    private final BodyMemory memory;
    private final long reserved;

    Body(byte[] bytes, BodyMemory memory, long reserved) {
        this.bytes = bytes;
        this.memory = memory;
        this.reserved = reserved;
    }

    /// The decoded bytes; not copied.
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public void close() {
        memory.release(reserved);
    }
}
