/** One visit to a page: its turn at the host, robots.txt, redirects, and failures of the network. */
package dev.catchment.policy.visit;
