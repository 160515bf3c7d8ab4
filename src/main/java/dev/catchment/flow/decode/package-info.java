/** What makes JSON of an answer that came in another form, so that every walk reads JSON alone. */
package dev.catchment.flow.decode;
