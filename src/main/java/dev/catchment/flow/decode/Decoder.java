package dev.catchment.flow.decode;

import java.util.Map;

/** Makes JSON of an answer, whatever form it came in. */
@FunctionalInterface
public interface Decoder {
    /** @throws dev.catchment.errors.TransientFailure if the answer is broken */
    byte[] json(byte[] answer);

    /** @param name json, json-ld or xml */
    static Decoder named(String name) {
        Decoder decoder = Map.<String, Decoder>of(
                        "json", answer -> answer, "xml", new XmlDecoder(), "json-ld", new JsonLdDecoder())
                .get(name);
        if (decoder == null) {
            throw new IllegalArgumentException("decode=%s is not known. Allowed: json, json-ld, xml.".formatted(name));
        }
        return decoder;
    }
}
