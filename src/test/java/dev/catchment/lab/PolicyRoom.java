package dev.catchment.lab;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.catchment.support.PageServer;
import dev.catchment.support.SeenRequest;
import dev.catchment.support.ServedPage;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Official pages on two hosts, people who subscribed to them, and the mail server of these people. */
final class PolicyRoom implements LabRoom {
    private static final int PAGES = 5;
    private static final int GAP_MILLIS = 200;
    /** Longer than a page goes wrong: what is seen twice this long apart is what it says. */
    private static final String CONFIRMED_AFTER = "5s";

    private static final Map<String, ServedPage> PAGES_GONE_WRONG = pagesGoneWrong();

    private final PageServer server = PageServer.start();
    private final TcpProxy way = TcpProxy.to(server.port());
    private final List<String> hosts;
    private final String mailHost;
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "0.0.0.0", ServerSetup.PROTOCOL_SMTP));
    private final TcpProxy mailWay;
    private final Map<Integer, List<String>> said = new TreeMap<>();
    private final AtomicInteger fees = new AtomicInteger(100);
    private int seenBefore;
    private LabDatabase database;

    private static Map<String, ServedPage> pagesGoneWrong() {
        Map<String, ServedPage> pages = new TreeMap<>();
        for (int status : new int[] {403, 404, 429, 500}) {
            pages.put(String.valueOf(status), ServedPage.status(status));
        }
        pages.put("503 with Retry-After", ServedPage.status(503).with("Retry-After", "1"));
        pages.put("an empty page", ServedPage.html(""));
        pages.put(
                "a gateway page in another language",
                ServedPage.html(
                        "<html lang=\"de\"><body><h1>Wartung</h1><p>Diese Seite ist vorübergehend nicht verfügbar."
                                + " Bitte versuchen Sie es später noch einmal.</p></body></html>"));
        pages.put(
                "a page that asks for JavaScript",
                ServedPage.html(
                        "<html lang=\"en\"><body><main><h1>Visa</h1><p>Please enable JavaScript.</p></main></body></html>"));
        return pages;
    }

    PolicyRoom(List<String> hosts, String mailHost) {
        this.hosts = hosts;
        this.mailHost = mailHost;
        mail.start();
        mailWay = TcpProxy.to(mail.getSmtp().getPort());
    }

    @Override
    public String name() {
        return "policy";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("policy.http.allow-private", "true");
        settings.put("policy.http.gap", GAP_MILLIS + "ms");
        settings.put("policy.http.timeout", "2s");
        settings.put("policy.jitter", "0ms");
        settings.put("policy.retry-delay", "500ms");
        settings.put("policy.confirm.after", CONFIRMED_AFTER);
        settings.put("policy.watch.cron", "* * * * * ?");
        settings.put("policy.alerts.cron", "* * * * * ?");
        settings.put("policy.mail.host", mailHost);
        settings.put("policy.mail.port", String.valueOf(mailWay.port()));
        settings.put("policy.mail.security", "none");
        settings.put("policy.mail.from", "Catchment <lab@catchment.example>");
        settings.put("policy.mail.timeout", "3s");
        settings.put("policy.mail.retry-delay", "500ms");
        settings.put("policy.mail.operators", "operators@catchment.example");
        settings.put("ops.alerts.mail", "night@catchment.example");
        settings.put("ops.alerts.cron", "0/2 * * * * ?");
        settings.put("ops.alerts.collect", "1s");
        settings.put("ops.alerts.pause", "2s");
        return settings;
    }

    private String url(int page) {
        return "http://" + hosts.get(page % hosts.size()) + ":" + way.port() + "/visa/" + page;
    }

    @Override
    public void begin(Random random, LabDatabase current, Path files) {
        database = current;
        calm();
        said.clear();
        fees.set(100);
        try {
            mail.purgeEmailFromAllMailboxes();
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
        seenBefore = server.seen().size();
        for (int page = 0; page < PAGES; page++) {
            say(page);
            database.execute("insert into policy.sources (name, url, country, visa_type, fetch_type, metadata)"
                    + " values ('Visa %d', '%s', 'GB', 'Student', 'html', '{}')".formatted(page, url(page)));
        }
        for (String reader : List.of("one", "other")) {
            database.execute("insert into policy.route_subscriptions (email, is_active, asked_at, confirmed_at)"
                    + " values ('" + reader + "@people.example', true, now(), now())");
        }
    }

    private void say(int page) {
        said.computeIfAbsent(page, key -> new ArrayList<>()).add("The fee is " + fees.incrementAndGet() + " pounds.");
        serve(page);
    }

    private void serve(int page) {
        List<String> texts = said.get(page);
        server.serve(
                "/visa/" + page,
                ServedPage.html(
                        "<html lang=\"en\"><head><title>Visa " + page + "</title></head><body><main><h1>Visa " + page
                                + "</h1><p>" + texts.get(texts.size() - 1)
                                + "</p><p>You must apply online before you travel.</p>"
                                + "<p>You need a passport, a place at a school, and money for the first year.</p>"
                                + "<p>A decision is made within three weeks of the application.</p></main></body></html>"));
    }

    @Override
    public String change(Random random) {
        int page = random.nextInt(PAGES);
        say(page);
        return "page " + page + " changed: " + said.get(page).get(said.get(page).size() - 1);
    }

    @Override
    public String fault(Random random, HeldUp heldUp) {
        int page = random.nextInt(PAGES);
        String path = "/visa/" + page;
        int which = random.nextInt(PAGES_GONE_WRONG.size() + 4);
        if (which < PAGES_GONE_WRONG.size()) {
            String name = new ArrayList<>(PAGES_GONE_WRONG.keySet()).get(which);
            server.serve(path, PAGES_GONE_WRONG.get(name));
            return "page " + page + ": " + name;
        }
        switch (which - PAGES_GONE_WRONG.size()) {
            case 0 -> {
                hosts.forEach(host -> heldUp.at(host, 2));
                way.reset();
            }
            case 1 -> {
                hosts.forEach(host -> heldUp.at(host, 2));
                way.cut(true);
            }
            case 2 -> {
                mailWay.reset();
                return "mail: connections reset";
            }
            default -> {
                mailWay.cut(true);
                return "mail: black-holed";
            }
        }
        return "pages: connections reset or black-holed";
    }

    @Override
    public void mend() {
        calm();
    }

    @Override
    public void calm() {
        way.cut(false);
        mailWay.cut(false);
        said.keySet().forEach(this::serve);
    }

    @Override
    public void ask(LabDatabase current) {
        database.execute("update policy.sources set next_check_at = now()"
                + " where next_check_at > now() + interval '1 second' and claimed_by is null");
    }

    @Override
    public String unrest(LabDatabase current, String since) {
        // By the clock of the database: what is said of a page is said by that of a node.
        List<String> unseen = database.texts("select name from policy.sources s where not exists (select"
                + " from policy.fetches f join ops.runs r on r.id = f.run_id where f.source_id = s.id and r.started_at > '"
                + since
                + "') or s.failures_in_a_row > 0 or exists (select from policy.candidates c where c.source_id = s.id)");
        List<String> waiting =
                database.texts("select status || ' ' || kind || ' ' || coalesce(last_error, '') from ops.messages"
                        + " where status in ('pending', 'sending')");
        long alerts = database.number("select count(*) from policy.email_alerts where status = 'pending'");
        if (unseen.isEmpty() && waiting.isEmpty() && alerts == 0) {
            return "";
        }
        ask(current);
        return "pages " + unseen + ", messages " + waiting + ", alerts " + alerts;
    }

    @Override
    public List<String> violations(LabDatabase current, HeldUp heldUp) {
        List<String> wrong = new ArrayList<>();
        said.forEach((page, texts) -> {
            List<String> versions =
                    database.texts("select coalesce(substring(v.raw_text from 'The fee is \\d+ pounds\\.'),"
                            + " v.raw_text) from policy.policy_versions v join policy.sources s on s.id = v.source_id"
                            + " where s.name = 'Visa " + page + "' and not v.is_technical order by v.sequence");
            List<String> left = new ArrayList<>(texts);
            for (String version : versions) {
                int at = left.indexOf(version);
                if (at < 0) {
                    wrong.add("policy: a version that is none, or twice: page %d said %s, held are %s"
                            .formatted(page, texts, versions));
                    break;
                }
                left.subList(0, at + 1).clear();
            }
            if (versions.isEmpty() || !versions.get(versions.size() - 1).equals(texts.get(texts.size() - 1))) {
                wrong.add("policy: lost: page %d said %s, held are %s".formatted(page, texts, versions));
            }
        });
        String sums = database.texts(
                        "select coalesce(sum(added), 0) || ' pages, ' || coalesce(sum(updated), 0) || ' changes' from ops.runs"
                                + " where room = 'policy' and flow = 'watch'")
                .get(0);
        String held = database.texts(
                        "select count(distinct source_id) || ' pages, ' || count(*) - count(distinct source_id)"
                                + " || ' changes' from policy.policy_versions where not is_technical")
                .get(0);
        if (!sums.equals(held)) {
            wrong.add("policy: the ledger says %s, held are %s".formatted(sums, held));
        }
        wrong.addAll(mails());
        for (String host : hosts) {
            List<Instant> times = server.seen().stream()
                    .skip(seenBefore)
                    .filter(request -> request.host().startsWith(host + ":"))
                    .map(SeenRequest::at)
                    .toList();
            wrong.addAll(Upstream.beyondBudget("policy " + host, times, GAP_MILLIS, heldUp.of(host)));
        }
        return wrong;
    }

    /** Each message was sent, none that is not there, and each change was told to each reader in one message. */
    private List<String> mails() {
        List<String> wrong = new ArrayList<>();
        Set<String> came = new HashSet<>();
        Map<String, Set<String>> tellers = new HashMap<>();
        try {
            for (MimeMessage each : mail.getReceivedMessages()) {
                String id = each.getMessageID().replaceAll("[<>]", "");
                came.add(id);
                String to = each.getAllRecipients()[0].toString();
                String text = new String(each.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                java.util.regex.Matcher fee = java.util.regex.Pattern.compile("\\+The fee is (\\d+) pounds")
                        .matcher(text);
                while (fee.find()) {
                    tellers.computeIfAbsent(to + " " + fee.group(1), key -> new HashSet<>())
                            .add(id);
                }
            }
        } catch (MessagingException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
        List<List<String>> messages =
                database.rows("select message_id, status, kind, recipient from ops.messages where channel = 'mail'");
        Set<String> known = new HashSet<>();
        for (List<String> message : messages) {
            known.add(message.get(0));
            if (message.get(1).equals("sent") && !came.contains(message.get(0))) {
                wrong.add("mail: lost: " + message);
            }
            if (message.get(1).equals("failed")) {
                wrong.add("mail: failed: " + message);
            }
        }
        came.stream().filter(id -> !known.contains(id)).forEach(id -> wrong.add("mail: made up: " + id));
        tellers.forEach((what, ids) -> {
            if (ids.size() > 1) {
                wrong.add("mail: twice, in different messages: " + what + " " + ids);
            }
        });
        for (String fee : database.texts("select substring(v.raw_text from 'The fee is (\\d+) pounds')"
                + " from policy.policy_changes c join policy.policy_versions v on v.id = c.new_version_id"
                + " where not c.is_technical")) {
            for (String reader : List.of("one@people.example ", "other@people.example ")) {
                if (!tellers.containsKey(reader + fee)) {
                    wrong.add("mail: " + reader + "was not told of " + fee);
                }
            }
        }
        return wrong;
    }

    @Override
    public void close() {
        way.close();
        mailWay.close();
        server.close();
        mail.stop();
    }
}
