/** What every flow needs while a run of it is under way: its start, its counts, its stop, its end. */
package dev.catchment.flow;
