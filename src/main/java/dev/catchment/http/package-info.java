/** The one door to the network: throttled, identified, timed, judged. */
package dev.catchment.http;
