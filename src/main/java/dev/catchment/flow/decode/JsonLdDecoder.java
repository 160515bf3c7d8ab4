package dev.catchment.flow.decode;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoaderOptions;
import dev.catchment.errors.TransientFailure;
import jakarta.json.JsonArray;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * JSON-LD of DCAT as records: {@code {"records": […], "total": …, "next": …}}. A record is a dcat:Dataset with all that it
 * refers to in the same answer inside it, its keys written as {@code dct:title}, whatever form it came in: flat, nested, with
 * blank nodes, or in terms of a context. A context is never fetched: those of {@link #CONTEXTS} are ours, another address is
 * refused.
 */
final class JsonLdDecoder implements Decoder {
    /** What portals name as their context; its terms, and those of Project Open Data, in a file of ours. */
    private static final Set<String> CONTEXTS = Set.of(
            "https://www.w3.org/ns/dcat.jsonld",
            "http://www.w3.org/ns/dcat.jsonld",
            "https://www.w3.org/ns/dcat",
            "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld");

    private static final Document CONTEXT = context();

    private static Document context() {
        try (InputStream file = JsonLdDecoder.class.getResourceAsStream("/flow/decode/dcat.context.json")) {
            return JsonDocument.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonLdError e) {
            throw new IllegalStateException(e);
        }
    }

    /** By prefix, those that a context of ours knows. */
    static Map<String, String> prefixes() {
        Map<String, String> prefixes = new TreeMap<>();
        CONTEXT.getJsonContent()
                .orElseThrow()
                .asJsonObject()
                .getJsonObject("@context")
                .forEach((term, means) -> {
                    String iri = means instanceof jakarta.json.JsonString text ? text.getString() : "";
                    if (iri.endsWith("#") || iri.endsWith("/")) {
                        prefixes.put(term, iri);
                    }
                });
        prefixes.remove("dcterms");
        return prefixes;
    }

    @Override
    public byte[] json(byte[] answer) {
        try {
            JsonLdOptions options = new JsonLdOptions();
            options.setDocumentLoader(JsonLdDecoder::load);
            options.setOrdered(false);
            Document document = JsonDocument.of(new ByteArrayInputStream(answer));
            return new JsonLdRecords((JsonArray)
                            JsonLd.flatten(document).options(options).get())
                    .json();
        } catch (JsonLdError e) {
            throw new TransientFailure("The answer cannot be read as JSON-LD: " + reason(e), e);
        } catch (StackOverflowError e) {
            throw new TransientFailure("The answer nests JSON-LD too deeply.");
        } catch (TransientFailure e) {
            throw e;
        } catch (RuntimeException e) {
            // The parser and the library have no common type for what they do not take.
            throw new TransientFailure("The answer cannot be read as JSON-LD: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document load(URI address, DocumentLoaderOptions options) throws JsonLdError {
        if (CONTEXTS.contains(address.toString())) {
            return CONTEXT;
        }
        throw new JsonLdError(
                JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED,
                "its context %s is not one of ours, and no context is fetched. Ours are %s."
                        .formatted(
                                address,
                                String.join(", ", CONTEXTS.stream().sorted().toList())));
    }

    /** The innermost that says something. */
    private static String reason(JsonLdError e) {
        Throwable cause = e;
        while (cause.getCause() instanceof JsonLdError inner && inner.getMessage() != null) {
            cause = inner;
        }
        String message = cause.getMessage() == null ? e.getCode().toMessage() : cause.getMessage();
        return message.lines().findFirst().orElse("");
    }
}
