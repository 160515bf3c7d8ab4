/** A page as all parts speak of it: what was fetched, what was expected, its text and the verdict on it. */
package dev.catchment.policy.page;
