package dev.catchment.lab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.cli.Cli;
import dev.catchment.support.HookRig;
import dev.catchment.support.PostedTo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A program that is told of every change of the harvest. */
final class WebhooksRoom implements LabRoom {
    private final PostedTo receiver = PostedTo.start();
    private final TcpProxy way;
    private final String address;
    private int before;

    WebhooksRoom(String address) {
        this.address = address;
        way = TcpProxy.to(URI.create(receiver.url()).getPort());
    }

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public boolean hasVerify() {
        return false;
    }

    @Override
    public boolean isFollowing() {
        return true;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(HookRig.SECRETS);
        settings.put("webhooks.cron", "* * * * * ?");
        settings.put("webhooks.http.allow-private", address);
        settings.put("webhooks.http.timeout", "2s");
        settings.put("webhooks.retry-delay", "500ms");
        settings.put("webhooks.max-retry-delay", "2s");
        return settings;
    }

    @Override
    public void begin(Random random, LabDatabase database, Path files) {
        calm();
        before = receiver.posts().size();
        try {
            Cli cli = Cli.on(database.url().connectionUrl()).with("WEBHOOKS_HTTP_ALLOW_PRIVATE", address);
            for (Map.Entry<String, String> secret : HookRig.SECRETS.entrySet()) {
                cli = cli.with(secret.getKey(), secret.getValue());
            }
            cli.run("webhooks", "add", "lab", "http://" + address + ":" + way.port() + "/posted", "--feed", "changes")
                    .endsWith(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String fault(Random random, HeldUp heldUp) {
        switch (random.nextInt(5)) {
            case 0 -> receiver.answer(500);
            case 1 -> receiver.answer(503, "1");
            case 2 -> receiver.answer(429);
            case 3 -> {
                way.cut(true);
                return "the receiver is black-holed";
            }
            default -> {
                way.reset();
                return "connections of the receiver reset";
            }
        }
        return "the receiver refuses";
    }

    @Override
    public void mend() {
        calm();
    }

    @Override
    public void calm() {
        way.cut(false);
        receiver.answer(204, null);
    }

    @Override
    public String unrest(LabDatabase database, String since) {
        long unpublished = database.unpublished();
        List<String> behind = database.texts(
                "select format('numbered up to %s, posted up to %s, %s', c.number, w.after, w.last_error)"
                        + " from webhooks.webhooks w, (select coalesce(max(number), 0) as number from harvest.changes) c"
                        + " where w.after < c.number or w.delivering is not null");
        return unpublished > 0 ? unpublished + " changes have no number" : String.join("", behind);
    }

    @Override
    public List<String> violations(LabDatabase database, HeldUp heldUp) {
        Map<Long, Set<String>> posts = new HashMap<>();
        for (PostedTo.Post post :
                receiver.posts().subList(before, receiver.posts().size())) {
            for (JsonNode change : HookRig.body(post).path("changes")) {
                posts.computeIfAbsent(change.path("number").asLong(), number -> new HashSet<>())
                        .add(post.headers().get("webhook-id"));
            }
        }
        Set<Long> published = new TreeSet<>();
        database.texts("select number from harvest.changes where number is not null")
                .forEach(number -> published.add(Long.valueOf(number)));
        List<String> wrong = new ArrayList<>(database.texts(
                "select concat_ws(' ', 'webhooks: never numbered:', d.key, c.change, c.fields, 'run', r.id, r.scope, r.status,"
                        + " r.started_at, c.changed_at) from harvest.changes c join harvest.datasets d on d.id = c.dataset_id"
                        + " left join ops.runs r on r.id = c.run_id where c.number is null"));
        Set<Long> lost = new TreeSet<>(published);
        lost.removeAll(posts.keySet());
        Set<Long> madeUp = new TreeSet<>(posts.keySet());
        madeUp.removeAll(published);
        if (!lost.isEmpty() || !madeUp.isEmpty()) {
            wrong.add("webhooks: lost: changes " + lost + "; made up: " + madeUp);
        }
        posts.forEach((number, ids) -> {
            if (ids.size() > 1) {
                wrong.add("webhooks: twice, in different posts: change " + number + " " + ids);
            }
        });
        return wrong;
    }

    @Override
    public void close() {
        way.close();
        receiver.close();
    }
}
