/** Stands in for sources: what each of them is asked, what it answers, and how it goes wrong. */
package dev.catchment.flow.standin;
