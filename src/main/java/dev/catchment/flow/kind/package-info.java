/**
 * Kinds of sources, as {@code kinds/<kind>.kind.yaml} declares them: how a technology is asked, where its records stand, how
 * it pages, and what proves that a record is gone. {@code kinds/README.md} lists every key.
 */
package dev.catchment.flow.kind;
