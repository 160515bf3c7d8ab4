package dev.catchment.flow.decode;

/** Makes JSON of an answer, whatever form it came in. */
@FunctionalInterface
public interface Decoder {
    /** @throws dev.catchment.errors.TransientFailure if the answer is broken */
    byte[] json(byte[] answer);

    /** @param name json, json-ld or xml */
    static Decoder named(String name) {
        return answer -> answer;
    }
}
