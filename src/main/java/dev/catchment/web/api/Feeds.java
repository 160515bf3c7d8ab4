package dev.catchment.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.postgres.rows.RowStream;
import dev.catchment.web.gate.WebRequest;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Rows as a feed: Atom (RFC 4287), or JSON Feed 1.1. A row has id (a UUID), title, text, path (of a page here) and changed_at; the
 * latest comes first.
 */
public final class Feeds {
    private static final String ATOM = "http://www.w3.org/2005/Atom";

    /** Sends what was found. @param exchange whose body are the rows, as {@link RowStream} */
    public void answer(Exchange exchange) throws XMLStreamException {
        Asked asked = exchange.getProperty("asked", Asked.class);
        List<Map<String, Object>> rows = new ArrayList<>();
        try (RowStream found = exchange.getMessage().getBody(RowStream.class)) {
            found.forEachRemaining(rows::add);
        }
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        String home = home(asked.request());
        String self = home + asked.request().uri();
        if (asked.operation().path().endsWith(".atom")) {
            Answers.send(asked, message, atom(asked, rows, home, self), "application/atom+xml; charset=utf-8");
        } else {
            Answers.send(asked, message, json(asked, rows, home, self), "application/feed+json; charset=utf-8");
        }
    }

    /** As whoever asked calls us. */
    static String home(WebRequest request) {
        return "%s://%s".formatted(request.isTls() ? "https" : "http", request.host());
    }

    private static String title(Asked asked) {
        return "Catchment: " + (asked.operation().id().contains("policy") ? "policies" : "datasets");
    }

    private static String atom(Asked asked, List<Map<String, Object>> rows, String home, String self)
            throws XMLStreamException {
        StringWriter text = new StringWriter();
        XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.setDefaultNamespace(ATOM);
        xml.writeStartElement(ATOM, "feed");
        xml.writeDefaultNamespace(ATOM);
        element(xml, "id", self);
        element(xml, "title", title(asked));
        element(xml, "updated", (rows.isEmpty() ? Instant.EPOCH : changedAt(rows.get(0))).toString());
        link(xml, "self", self);
        link(xml, "alternate", home + "/");
        xml.writeStartElement(ATOM, "author");
        element(xml, "name", "Catchment");
        xml.writeEndElement();
        for (Map<String, Object> row : rows) {
            xml.writeStartElement(ATOM, "entry");
            element(xml, "id", "urn:uuid:" + row.get("id"));
            element(xml, "title", row.get("title"));
            element(xml, "updated", changedAt(row).toString());
            link(xml, "alternate", home + row.get("path"));
            element(xml, "content", row.get("text"));
            xml.writeEndElement();
        }
        xml.writeEndDocument();
        return text.toString();
    }

    private static void element(XMLStreamWriter xml, String name, Object text) throws XMLStreamException {
        xml.writeStartElement(ATOM, name);
        xml.writeCharacters(allowed(String.valueOf(text)));
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String relation, String address) throws XMLStreamException {
        xml.writeEmptyElement(ATOM, "link");
        xml.writeAttribute("rel", relation);
        xml.writeAttribute("href", allowed(address));
    }

    /** Without what XML 1.0 cannot say, not even escaped. */
    private static String allowed(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "");
    }

    private static String json(Asked asked, List<Map<String, Object>> rows, String home, String self) {
        ObjectNode feed = JsonRows.object()
                .put("version", "https://jsonfeed.org/version/1.1")
                .put("title", title(asked))
                .put("home_page_url", home + "/")
                .put("feed_url", self);
        ArrayNode items = feed.putArray("items");
        for (Map<String, Object> row : rows) {
            items.addObject()
                    .put("id", "urn:uuid:" + row.get("id"))
                    .put("url", home + row.get("path"))
                    .put("title", String.valueOf(row.get("title")))
                    .put("content_text", String.valueOf(row.get("text")))
                    .put("date_published", changedAt(row).toString());
        }
        return feed.toString();
    }

    private static Instant changedAt(Map<String, Object> row) {
        return ((Date) row.get("changed_at")).toInstant();
    }
}
