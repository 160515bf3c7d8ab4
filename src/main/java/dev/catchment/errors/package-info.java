/** The three kinds of failure: transient (try again later), permanent (record it, go on), fatal (stop). */
package dev.catchment.errors;
