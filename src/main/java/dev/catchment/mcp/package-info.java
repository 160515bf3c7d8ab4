/** What the catalogue holds, for programs that speak the Model Context Protocol: tools that read. */
package dev.catchment.mcp;
