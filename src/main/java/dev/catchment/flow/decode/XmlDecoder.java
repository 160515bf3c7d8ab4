package dev.catchment.flow.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.catchment.errors.TransientFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XML as JSON: an element is a map by its local name, an attribute is {@code @name}, the text beside them {@code #text}, and
 * an element with nothing but text is that text. What is repeated under one element is a list. Prefixes are dropped: a
 * portal chooses its own. Document types and entities are refused, so that a few lines cannot grow to gigabytes.
 */
final class XmlDecoder implements Decoder {
    /** Records of ISO 19139 are twenty deep. */
    private static final int DEEPEST = 100;
    /** Elements and attributes; a page of 1,000 records of ISO 19139 has a tenth. */
    private static final int MOST_NODES = 5_000_000;

    private static final XMLInputFactory XML = factory();
    private static final JsonFactory JSON = new JsonFactory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** An element that is being read: its children by name, a list where there are several. */
    private static final class Element {
        private final String name;
        private final Map<String, Object> children = new LinkedHashMap<>();
        private final StringBuilder text = new StringBuilder();

        private Element(String name) {
            this.name = name;
        }

        private void add(String child, Object value) {
            Object known = children.putIfAbsent(child, value);
            if (known instanceof Several several) {
                several.values.add(value);
            } else if (known != null) {
                children.put(child, new Several(new ArrayList<>(List.of(known, value))));
            }
        }

        private Object value() {
            String said = text.toString().strip();
            if (children.isEmpty()) {
                return said;
            }
            if (!said.isEmpty()) {
                add("#text", said);
            }
            return children;
        }
    }

    private record Several(List<Object> values) {}

    @Override
    public byte[] json(byte[] answer) {
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(answer));
            Element document = new Element("");
            read(reader, document);
            return written(document.children);
        } catch (XMLStreamException e) {
            throw new TransientFailure("The answer is no well-formed XML: " + firstLine(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(XMLStreamReader reader, Element document) throws XMLStreamException {
        Deque<Element> open = new ArrayDeque<>(List.of(document));
        int nodes = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    Element element = new Element(reader.getLocalName());
                    for (int i = 0; i < reader.getAttributeCount(); i++) {
                        element.add("@" + reader.getAttributeLocalName(i), reader.getAttributeValue(i));
                    }
                    nodes += 1 + reader.getAttributeCount();
                    open.push(element);
                    if (open.size() > DEEPEST + 1) {
                        throw new TransientFailure("The answer nests elements more than %d deep.".formatted(DEEPEST));
                    }
                    if (nodes > MOST_NODES) {
                        throw new TransientFailure("The answer has more than %,d elements.".formatted(MOST_NODES));
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    Element closed = open.pop();
                    open.peek().add(closed.name, closed.value());
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    open.peek().text.append(reader.getText());
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new TransientFailure(
                            "The answer declares a document type or an entity of its own, which is not read.");
                default -> {
                    // Comments and processing instructions say nothing.
                }
            }
        }
    }

    private static byte[] written(Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            write(json, value);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName((String) entry.getKey());
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Several several) {
            json.writeStartArray();
            for (Object each : several.values()) {
                write(json, each);
            }
            json.writeEndArray();
        } else {
            json.writeString((String) value);
        }
    }

    private static String firstLine(XMLStreamException e) {
        return e.getMessage() == null ? "" : e.getMessage().lines().findFirst().orElse("");
    }
}
