/** The command line, run as a process would run it, in this virtual machine. */
package dev.catchment.cli;
