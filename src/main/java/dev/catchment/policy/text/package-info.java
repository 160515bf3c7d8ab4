/** The text of a page or PDF, without what surrounds it. */
package dev.catchment.policy.text;
