package dev.catchment.text;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** The files of {@code src/main/templates}, which the build compiles: what is put into HTML is escaped where it stands. */
public final class Templates {
    private static final TemplateEngine HTML = engine(ContentType.Html, "templates.html");
    private static final TemplateEngine TEXT = engine(ContentType.Plain, "templates.text");

    private Templates() {}

    private static TemplateEngine engine(ContentType form, String compiled) {
        return TemplateEngine.createPrecompiled(null, form, Templates.class.getClassLoader(), compiled);
    }

    /** @param name of a file in {@code src/main/templates/html}, such as {@code policy/alerts.jte} */
    public static String html(String name, Map<String, Object> parameters) {
        return render(HTML, name, parameters);
    }

    /** @param name of a file in {@code src/main/templates/text} */
    public static String text(String name, Map<String, Object> parameters) {
        return render(TEXT, name, parameters);
    }

    private static String render(TemplateEngine engine, String name, Map<String, Object> parameters) {
        StringOutput output = new StringOutput();
        engine.render(name, parameters, output);
        return output.toString();
    }
}
