package dev.catchment.web.console;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.impl.matchers.GroupMatcher;

/** When the timers of this process fire next: their group is the room. */
public final class Schedules {
    /** By room; a room without timers here is missing. */
    public Map<String, Object> next(CamelContext camel) throws SchedulerException {
        Map<String, Object> next = new HashMap<>();
        QuartzComponent quartz = (QuartzComponent) camel.hasComponent("quartz");
        Scheduler scheduler = quartz == null ? null : quartz.getScheduler();
        if (scheduler == null) {
            return next;
        }
        for (JobKey job : scheduler.getJobKeys(GroupMatcher.anyJobGroup())) {
            for (Trigger trigger : scheduler.getTriggersOfJob(job)) {
                if (trigger.getNextFireTime() != null) {
                    Instant at = trigger.getNextFireTime().toInstant();
                    next.merge(trigger.getKey().getGroup(), at, (a, b) -> ((Instant) a).isBefore((Instant) b) ? a : b);
                }
            }
        }
        return next;
    }
}
