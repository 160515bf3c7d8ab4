/** People and programs that ask over HTTP: who they are, what they get, and in what form. */
package dev.catchment.web;
