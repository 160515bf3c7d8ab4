package dev.catchment.web.api;

import java.util.List;

/**
 * What may be asked.
 *
 * @param path with the names of its parameters in braces
 * @param isList whether many rows answer it, a page at a time
 * @param fields of one row that are shown, in their order
 */
public record Operation(
        String id, String method, String path, List<Parameter> parameters, boolean isList, List<String> fields) {}
