package dev.catchment.support;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.sparql.graph.GraphFactory;

/** Holds catalogues of DCAT to what their profiles require: a JSON Schema and shapes (SHACL). */
public final class Dcat {
    private static final Schema US =
            SchemaRegistry.withDialect(Dialects.getDraft7()).getSchema(resource("/dcat/dcat-us-1.1.schema.json"));
    private static final Shapes AP = Shapes.parse(graph(resource("/dcat/dcat-ap-3.shapes.ttl"), Lang.TURTLE));

    private Dcat() {}

    /** @param catalogue a data.json @return what is wrong with it */
    public static List<String> problemsOfUs(String catalogue) {
        return US.validate(catalogue, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    /** @param catalogue JSON-LD @return what is wrong with it */
    public static List<String> problemsOfAp(String catalogue) {
        return problemsOfAp(List.of(catalogue));
    }

    /** The same of pages, as the one graph that they are together. */
    public static List<String> problemsOfAp(List<String> pages) {
        Graph all = GraphFactory.createDefaultGraph();
        pages.forEach(page -> parse(page, Lang.JSONLD11, all));
        List<String> problems = new ArrayList<>();
        if (all.isEmpty()) {
            problems.add("no triple");
        }
        ShaclValidator.get().validate(AP, all).getEntries().forEach(entry -> problems.add(entry.toString()));
        return problems;
    }

    private static Graph graph(String text, Lang form) {
        Graph graph = GraphFactory.createDefaultGraph();
        parse(text, form, graph);
        return graph;
    }

    /** Bad IRIs and bad values of a type are errors. */
    private static void parse(String text, Lang form, Graph into) {
        RDFParser.create()
                .source(new StringReader(text))
                .lang(form)
                .errorHandler(ErrorHandlerFactory.errorHandlerStrictNoLogging)
                .parse(into);
    }

    private static String resource(String path) {
        try (InputStream in = Dcat.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
