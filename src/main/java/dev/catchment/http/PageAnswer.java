package dev.catchment.http;

import java.util.Map;

/**
 * What a server said, whatever its status is.
 *
 * @param headers by lower-case name, without those that hold secrets
 * @param body unpacked, perhaps cut off after one byte more than was wanted
 */
public record PageAnswer(int status, Map<String, String> headers, byte[] body) {}
