package dev.waybill.lane;

import dev.waybill.deliver.AddressGuard;
import dev.waybill.deliver.Sender;
import dev.waybill.kit.Delivery;
import java.time.InstantSource;

/// A sender that is closed when it is no longer wanted and its last request has ended, so that a change of settings
/// breaks nothing off. Belongs to the lane's thread.
final class Outlet implements AutoCloseable {
    private final Sender sender;
    private int underWay;
    private boolean retired;

    Outlet(Delivery delivery, AddressGuard guard, InstantSource clock) {
        this.sender = new Sender(delivery, guard, clock);
    }

    /// The sender for one more request.
    Sender lend() {
        underWay++;
        return sender;
    }

    /// A request has ended.
    void returned() {
        underWay--;
        closeWhenIdle();
    }

    /// No further request will be sent through it.
    void retire() {
        retired = true;
        closeWhenIdle();
    }

    private void closeWhenIdle() {
        if (retired && underWay == 0) {
            sender.close();
        }
    }

    /// Breaks off what is under way.
    @Override
    public void close() {
        sender.close();
    }
}
