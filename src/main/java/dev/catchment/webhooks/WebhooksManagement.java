package dev.catchment.webhooks;

import dev.catchment.flow.manage.ManagedBean;
import java.util.LinkedHashMap;
import java.util.Map;

/** The webhooks over JMX. */
public final class WebhooksManagement extends ManagedBean implements WebhooksMXBean {
    private static final String DELIVER = "webhooks-manage-deliver";

    public WebhooksManagement() {
        super("dev.catchment:type=Webhooks");
    }

    @Override
    public String run() {
        return begin(DELIVER, "", "What is due is posted.");
    }

    @Override
    public String pause(String webhook) {
        return ask("webhooks-manage-pause", Map.of("webhook", webhook), String.class);
    }

    @Override
    public String resume(String webhook) {
        return ask("webhooks-manage-resume", Map.of("webhook", webhook), String.class);
    }

    @Override
    public String nextRun() {
        return next("webhooks-manage-next", "due_at");
    }

    @Override
    public Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        ask("webhooks-manage-list", Map.of()).forEach(row -> states.put(text(row.get("name")), text(row.get("state"))));
        return states;
    }
}
