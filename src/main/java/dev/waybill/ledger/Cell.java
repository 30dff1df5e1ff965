package dev.waybill.ledger;

/// What is counted within one minute or quarter.
///
/// @param what [#ACCEPTED], [#DELIVERED] or the code of a reason
record Cell(String event, String what) {
    static final String ACCEPTED = "accepted";
    static final String DELIVERED = "delivered";
}
