/** Stands in for the Discovery API: demonstration, tests and benchmark talk to it over real HTTP. */
package dev.catchment.catalog.standin;
