/** The ledger: every run of every room. */
package dev.catchment.ops;
