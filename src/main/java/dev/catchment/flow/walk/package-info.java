/**
 * A walk through the pages of a source, whatever the source is: which page comes next, its records as the bytes that came,
 * where it ends, and what is gone. {@link dev.catchment.flow.walk.WalkKind} says what differs from one kind of source to
 * another.
 */
package dev.catchment.flow.walk;
