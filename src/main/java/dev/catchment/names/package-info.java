/** Baby-name statistics: the files of many publishers become rows of one honest table. */
package dev.catchment.names;
