package dev.waybill.journal;

/// Which lane: the pipeline's file name without `.yaml`, and the integration's name.
public record LaneKey(String pipeline, String integration) implements Comparable<LaneKey> {
    @Override
    public int compareTo(LaneKey other) {
        int byPipeline = pipeline.compareTo(other.pipeline);
        return byPipeline != 0 ? byPipeline : integration.compareTo(other.integration);
    }

    /// `web/kargo-main`.
    @Override
    public String toString() {
        return pipeline + "/" + integration;
    }
}
