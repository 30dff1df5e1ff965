package dev.waybill.log;

/// Where an event stands: dense per pipeline and partition, so that a gap or a backlog is a subtraction.
///
/// @param pipeline the pipeline's file name without `.yaml`
/// @param partition 0 in a [FileLog]
/// @param sequence from 0
public record Position(String pipeline, int partition, long sequence) {}
