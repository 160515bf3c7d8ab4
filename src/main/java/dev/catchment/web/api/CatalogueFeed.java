package dev.catchment.web.api;

import dev.catchment.postgres.rows.RowStream;
import dev.catchment.web.gate.Refused;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Answers with a catalogue of DCAT: whole, as its rows are read, or a page of it. What stands around the datasets is asked for by
 * the route, as the exchange properties {@code begin} and {@code end}. Datasets that lack what is required are left out; a page is
 * filled with those that follow, for many a reader takes an empty one for the end.
 */
public final class CatalogueFeed {
    /** So many are looked at for a page, should nearly all of them be left out. */
    private static final int LOOKED_AT = 10_000;

    private final Contract contract;
    private final OpenStreams streams;

    public CatalogueFeed(Contract contract, OpenStreams streams) {
        this.contract = contract;
        this.streams = streams;
    }

    /** The parameters of the statements. @throws Refused if they are not allowed */
    public Map<String, Object> parameters(Exchange exchange) {
        Asked asked = contract.asked(exchange);
        Map<String, Object> parameters = new HashMap<>(asked.parameters());
        parameters.remove(Asked.LIMIT);
        parameters.put(Asked.AFTER, Cursor.read(asked.operation().id(), (String)
                asked.parameters().get(Asked.AFTER)));
        // A page, too, is read bit by bit, until it is full: how many it takes is not known before.
        parameters.put("most", null);
        return parameters;
    }

    /** Where the catalogue is. @param exchange with the property {@code catalogue} @throws Refused if there is no such one */
    public String address(Exchange exchange) {
        Asked asked = exchange.getProperty("asked", Asked.class);
        if (exchange.getProperty("catalogue") == null) {
            throw Refused.notFound("There is no source %s: see /api/v1/sources."
                    .formatted(asked.parameters().get("source")));
        }
        return address(asked, null, null);
    }

    /** Reads a page, if one was asked for. @return its datasets, or all as {@link RowStream}; {@code next} is a property */
    public Object read(Exchange exchange) {
        Asked asked = exchange.getProperty("asked", Asked.class);
        RowStream rows = exchange.getMessage().getBody(RowStream.class);
        exchange.setProperty(
                "page", Feeds.home(asked.request()) + asked.request().uri());
        Long limit = (Long) asked.parameters().get(Asked.LIMIT);
        if (limit == null) {
            // What fails before the first row is still answered with a status.
            rows.hasNext();
            return rows;
        }
        List<String> documents = new ArrayList<>();
        String last = null;
        try (rows) {
            for (int i = 0; i < LOOKED_AT && documents.size() < limit && rows.hasNext(); i++) {
                Map<String, Object> row = rows.next();
                last = String.valueOf(row.get("page_key"));
                if (row.get("document") != null) {
                    documents.add(row.get("document").toString());
                }
            }
            if (rows.hasNext()) {
                exchange.setProperty(
                        "next",
                        address(asked, limit, Cursor.write(asked.operation().id(), last)));
            }
        }
        return documents;
    }

    /** Sends it. @param exchange whose body is what {@link #read} gave */
    public void answer(Exchange exchange) throws IOException {
        Asked asked = exchange.getProperty("asked", Asked.class);
        Message message = exchange.getMessage();
        Object read = message.getBody();
        String begin = exchange.getProperty("begin", String.class);
        String end = exchange.getProperty("end", String.class);
        String next = exchange.getProperty("next", String.class);
        message.removeHeaders("*");
        String type = asked.operation().path().endsWith(".jsonld")
                ? "application/ld+json; charset=utf-8"
                : "application/json; charset=utf-8";
        if (read instanceof RowStream rows) {
            message.setHeader(Exchange.CONTENT_TYPE, type);
            message.setHeader("Cache-Control", "no-store");
            message.setBody(streams.watched(new CatalogueInput(rows, asked, begin, end), asked.request()));
            return;
        }
        if (next != null) {
            message.setHeader("Link", "<%s>; rel=\"next\"".formatted(next));
        }
        List<?> documents = (List<?>) read;
        StringBuilder page = new StringBuilder(begin);
        for (int i = 0; i < documents.size(); i++) {
            page.append(i == 0 ? "\n" : ",\n").append(documents.get(i));
        }
        Answers.send(asked, message, page.append(end).toString(), type);
    }

    /** Absolute, as whoever asked calls us: it is what a catalogue is known by elsewhere. */
    private static String address(Asked asked, Long limit, String after) {
        List<String> query = new ArrayList<>();
        Object source = asked.parameters().get("source");
        if (source != null) {
            query.add("source=" + URLEncoder.encode(source.toString(), StandardCharsets.UTF_8));
        }
        if (limit != null) {
            query.add("limit=" + limit);
            query.add("after=" + after);
        }
        String path = Feeds.home(asked.request()) + asked.operation().path();
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }
}
