/** Judges whether an answer is the page that was expected, and makes its text, in a process of its own. */
package dev.catchment.policy.judge;
