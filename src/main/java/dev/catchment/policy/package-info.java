/** Official pages: what was fetched is judged, made into text, compared with what was known. */
package dev.catchment.policy;
