/** How pages get from who fetches them to who writes them where that is not the memory of one process: nobody else knows. */
package dev.catchment.flow.transport;
