package dev.catchment.http;

import java.net.URI;
import java.util.Map;

/**
 * A page to be asked for, once.
 *
 * @param headers beside those that are always sent
 * @param wanted bytes of the body; of a larger one no more than one byte more is read
 */
public record PageCall(URI url, Map<String, String> headers, long wanted) {}
