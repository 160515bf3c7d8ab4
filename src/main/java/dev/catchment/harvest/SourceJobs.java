package dev.catchment.harvest;

import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.RunStart;

/** Begins the jobs of a process. */
public record SourceJobs(ActiveRuns running) {
    public SourceJob begin(SourceJob.Order order, RunStart start) {
        SourceJob job = new SourceJob(order, start);
        running.begun(job);
        return job;
    }
}
